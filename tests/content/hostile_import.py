"""Imports what means harm, the engine alone in its process, and prints what each cost.

Run by test_hostile_import.py with folders or archives: one line for each, then the peak of memory.
"""

import json
import re
import sys
import time
import types
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
# the engine is plain Python: without the web around it, its memory is what is measured
alone = types.ModuleType("app")
alone.__path__ = [str(ROOT / "app")]
sys.modules["app"] = alone

from app.content.adoption import adopt  # noqa: E402
from app.content.import_report import ImportRefused, Verdict  # noqa: E402
from app.content.loader import load_course  # noqa: E402
from app.content.programme import Programme  # noqa: E402

TODAY = date(2026, 11, 24)
RUNS = re.compile(r"<(?:script|style|iframe|object|embed|form|link|meta|base)\b|\son\w+\s*=", re.I)
LEADS = re.compile(r"(?:href|src)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):", re.I)


def main(courses: Path, sources: list[Path]) -> None:
    """Import each source, tell what became of it, and clear it away."""
    for source in sources:
        start = time.process_time()
        try:
            adopted = adopt(source, courses, TODAY, "khoa")
            left = [line.file for line in adopted.report.lines if line.verdict is Verdict.LEFT]
            told = "left" if left else "served"
        except ImportRefused:
            told = "refused"
        cost = time.process_time() - start
        harm = _harm(courses / "khoa") if told != "refused" else _remains(courses)
        print(json.dumps([source.name, round(cost, 3), told, harm]), flush=True)  # noqa: T201
    # not ru_maxrss, which a process takes over from the one that started it
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps(["peak", round(peak), "", ""]))  # noqa: T201


def _harm(made: Path) -> str:
    """What in the pages of a draft could run or lead astray; the draft goes away."""
    course = load_course(made, Programme(), TODAY).course
    html = " ".join(step.html for step in course.steps) + course.overview_html if course else "?"
    for path in sorted(made.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    made.rmdir()
    found = RUNS.search(html) or LEADS.search(html)
    return found[0] if found else "no course" if course is None else ""


def _remains(courses: Path) -> str:
    return " ".join(path.name for path in courses.iterdir())


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
