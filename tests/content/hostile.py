"""Checks course files that mean harm, the engine alone in its process, and prints what it cost.

Run by test_hostile.py: one line for each case, then the peak of memory.
"""

import json
import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
# the engine is plain Python: without the web around it, its memory is what is measured
alone = types.ModuleType("app")
alone.__path__ = [str(ROOT / "app")]
sys.modules["app"] = alone

from app.content.checker import check  # noqa: E402
from tests.content.hostile_texts import BODIES, YAMLS  # noqa: E402
from tests.content.samples import COURSE, MODULE, PROGRAMME  # noqa: E402

FRONT = "---\ntitle: Bài\nminutes: 5\n---\n"
TERMS = "".join(f"từ {n}{chr(97 + n % 26)}: nghĩa\n" for n in range(300))
WORDS = ("từ này từ kia " * 600 + "\n\n") * 8


def cases(course: Path) -> Iterator[str]:
    """Puts one case after the other into a course and says its name."""
    module = course / "01-phan"
    for name, body in BODIES.items():
        (module / "01-bai.md").write_text(FRONT + "Chào.\n\n" + body, encoding="utf-8")
        yield name
    (module / "01-bai.md").write_text(FRONT + "Chào.\n", encoding="utf-8")
    for name, text in YAMLS.items():
        (module / "02-bai.md").write_text(f"---\n{text}---\nChào.\n", encoding="utf-8")
        yield f"front matter: {name}"
        (module / "02-bai.md").unlink()
        (course / "glossary.yaml").write_text(text, encoding="utf-8")
        yield f"glossary: {name}"
    (course / "glossary.yaml").write_text(TERMS, encoding="utf-8")
    (module / "01-bai.md").write_text(FRONT + WORDS, encoding="utf-8")
    yield "glossary: many words"


def main(folder: Path) -> None:
    """Check every case in this folder."""
    module = folder / "courses" / "c4" / "01-phan"
    module.mkdir(parents=True)
    (folder / "courses" / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (module.parent / "course.md").write_text(COURSE, encoding="utf-8")
    (module / "module.md").write_text(MODULE, encoding="utf-8")
    for name in cases(module.parent):
        start = time.process_time()
        found = check(folder / "courses")
        cost = time.process_time() - start
        refused = any(problem.severity == "error" for problem in found)
        print(json.dumps([name, round(cost, 3), refused]))  # noqa: T201
    # not ru_maxrss, which a process takes over from the one that started it
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps(["peak", round(peak), True]))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
