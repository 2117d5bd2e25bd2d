"""What it costs to render the project's courses with nothing kept, and to check them all.

A process of its own for each course, so that none profits from another's lessons. Prints per
course: steps, seconds in all and for a step; then the whole, its slowest page, and the checker.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.config import ROOT
from app.content import steps
from app.content.checker import check, course_folders
from app.content.loader import load_course
from app.content.problems import Findings
from app.content.programme import Programme, load_programme

COURSES = ROOT / "courses"
MOST_CHECKING = 10.0  # seconds for all courses
TODAY = date(2026, 11, 30)

_RENDER = "import sys; from tests.benchmarks.rendering import render; render(sys.argv[1])"


def main() -> int:
    """Render every course, check them all; 0 when the checker holds its bound."""
    everything = [row for folder in course_folders(COURSES) for row in _measured(folder)]
    pages = sorted(seconds for _, seconds in everything)
    name, slowest = max(everything, key=lambda row: row[1])
    print(
        f"Rendering cold, together: {len(pages)} steps in {sum(pages):.1f} s of processor time;"
        f" a step takes {statistics.median(pages) * 1000:.0f} ms,"
        f" the slowest {slowest * 1000:.0f} ms ({name})"
    )
    began = time.perf_counter()
    problems = check(COURSES, TODAY)
    taken = time.perf_counter() - began
    held = taken <= MOST_CHECKING
    print(
        f"Checker: all courses in {taken:.1f} s (at most {MOST_CHECKING:.0f}),"
        f" {len(problems)} remarks {'đạt' if held else 'KHÔNG ĐẠT'}"
    )
    return 0 if held else 1


def _measured(folder: Path) -> Iterator[tuple[str, float]]:
    """(step file, seconds of processor time) for each step of a course."""
    command = [sys.executable, "-c", _RENDER, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    whole = float(rows.pop()[1])
    print(
        f"  {folder.name:<24} {len(rows):3} steps in {whole:5.2f} s,"
        f" {whole / len(rows) * 1000:4.0f} ms a step"
    )
    yield from ((f"{folder.name}/{name}", float(seconds)) for name, seconds in rows)


def render(folder: str) -> None:
    """Load one course; a line for each step, then one for the whole."""
    really = steps._render
    rows: list[tuple[str, float]] = []

    def timed(file, *rest):  # type: ignore[no-untyped-def]
        began = time.process_time()
        made = really(file, *rest)
        rows.append((file.name, time.process_time() - began))
        return made

    steps._render = timed
    programme = load_programme(Path(folder).parent, Findings("")) or Programme()
    began = time.process_time()
    load_course(Path(folder), programme, TODAY)
    rows.append(("whole", time.process_time() - began))
    for name, seconds in rows:
        print(f"{name}\t{seconds:.4f}")


if __name__ == "__main__":
    sys.exit(main())
