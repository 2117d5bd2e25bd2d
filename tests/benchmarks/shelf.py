"""Three thousand courses on the shelf, as a large platform would hold them.

They are made from those of the project: each has a title, a code, a summary and an address of its
own, and its own files to read and hash. Lessons of one text are rendered once, as everywhere.
Measured are one server and two at once, as two web workers would start, with nothing kept and
from what is kept; counted are the time of the slower one and the memory of both, with all that
they start. The bounds of time are those of one server: two share the cores of the machine.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from app.config import ROOT
from app.content.checker import course_folders
from app.content.library import Library
from app.content.links import is_served
from app.content.outline import COURSE_FILE
from app.content.programme import FILE
from tests.benchmarks.memory import held_mib

COURSES = 3_000
COLD, WARM = 60.0, 5.0  # seconds
MOST_MIB = 1_500

_OWN = re.compile(r'^(title|code|summary): *"?([^"\n]+?)"? *$', re.MULTILINE)
_LOAD = "import sys; from tests.benchmarks.shelf import load; load(*sys.argv[1:])"


def main() -> int:
    """Write the courses, load them, print a line each time; 0 when all bounds hold."""
    with tempfile.TemporaryDirectory() as folder:
        source, caches = Path(folder) / "courses", [Path(folder) / "one", Path(folder) / "two"]
        write(source)
        held = [
            measure("cold, one server", source, caches[0], 1, COLD),
            measure("warm, one server", source, caches[0], 1, WARM),
            measure("cold, two servers at once", source, caches[1], 2, None),
            measure("warm, two servers at once", source, caches[1], 2, None),
        ]
    return 0 if all(held) else 1


def measure(title: str, source: Path, cache: Path, servers: int, most: float | None) -> bool:
    """Load the courses in so many processes; print what it cost, and say whether it held.
    `most`: seconds it may take, None for any."""
    with tempfile.TemporaryDirectory() as folder:
        told = [Path(folder) / str(number) for number in range(servers)]
        started = [
            subprocess.Popen(
                [sys.executable, "-c", _LOAD, str(source), str(cache), str(file)],
                stdin=subprocess.PIPE,
                cwd=ROOT,
            )
            for file in told
        ]
        peak = _peak(started, told)
        for process in started:
            process.communicate(b"\n")
        rows = [file.read_text().split() for file in told]
    seconds, counts = max(float(row[0]) for row in rows), {int(row[1]) for row in rows}
    worked = sum(float(row[2]) for row in rows)
    held = (most is None or seconds <= most) and peak <= MOST_MIB and counts == {COURSES}
    bound = f"at most {most:.0f}; " if most else ""
    print(
        f"Shelf, {title}: {min(counts)} courses in {seconds:.1f} s"
        f" ({bound}{worked:.0f} s of processor time),"
        f" {peak:.0f} MiB in all processes (at most {MOST_MIB}) {'đạt' if held else 'KHÔNG ĐẠT'}",
        flush=True,
    )
    return held


def _peak(started: list[subprocess.Popen[bytes]], told: list[Path]) -> float:
    """The most MiB that the processes held together until all had loaded."""
    peak = 0.0
    while True:
        over = all(file.is_file() for file in told)
        peak = max(peak, sum(held_mib(process.pid) for process in started))
        if over:
            return peak
        if any(process.poll() is not None for process in started):
            raise RuntimeError("a server ended before its courses were loaded")
        time.sleep(0.1)


def load(source: str, cache: str, told: str) -> None:
    """Load the courses as a server does, tell in a file what it cost, wait to be let go."""
    began = time.perf_counter()
    library = Library(Path(source), Path(cache))
    courses = len(library.courses())
    taken = time.perf_counter() - began
    whole = Path(f"{told}.part")
    worked = sum(os.times()[:4])  # the second process was waited for
    whole.write_text(f"{taken} {courses} {worked}")
    whole.rename(told)
    sys.stdin.read()


def write(folder: Path, courses: int = COURSES, source: Path = ROOT / "courses") -> None:
    """Write so many course folders: copies under other names, each with a title, a code and a
    summary of its own. Pictures and recordings are linked, not copied."""
    folder.mkdir(parents=True)
    shutil.copyfile(source / FILE, folder / FILE)
    for number, made_from in enumerate(islice(cycle(course_folders(source)), courses)):
        made = folder / f"{made_from.name}-{number:04}"
        shutil.copytree(made_from, made, copy_function=_copy)
        _make_its_own(made / COURSE_FILE, number)


def _make_its_own(path: Path, number: int) -> None:
    path.write_text(_OWN.sub(rf'\1: "\2 {number}"', path.read_text("utf-8")), "utf-8")


def _copy(source: str, target: str) -> None:
    if is_served(source):
        _link(source, target)
    else:
        shutil.copyfile(source, target)


def _link(source: str, target: str) -> None:
    """Another name of the same file; a copy where the folders lie on two disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main())
