"""`python -m tests.benchmarks.foreign FOLDER…`: Markdown written by others, as the import takes it.

For each folder or ZIP: pages taken, links and pictures that lead somewhere, the checker's remarks
and seconds; nothing is kept. `--why` also names each page that was left aside, each link that
became bare words and each remark. The exit code is 1 when a folder is refused or breaks, or a
page of it was left.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.content.adoption import Adopted, adopt
from app.content.course_plan import PAGES
from app.content.import_report import FileReport, ImportRefused, Verdict


@dataclass
class Figures:
    """What one folder brought, or all of them."""

    pages: int = 0
    left: int = 0
    links: int = 0
    bare: int = 0
    pictures: int = 0
    unseen: int = 0
    remarks: int = 0
    seconds: float = 0.0

    def add(self, other: "Figures") -> None:
        """Take up the figures of another folder."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def __str__(self) -> str:
        return (
            f"{self.pages:6} {self.left:5} {self.links:8} {self.bare:6} {self.pictures:8}"
            f" {self.unseen:6} {self.remarks:8} {self.seconds:8.1f}"
        )


def main(arguments: list[str]) -> int:
    """Import every folder; print a line for each, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--why", action="store_true", help="name what was left, and every remark")
    asked = parser.parse_args(arguments)
    print(" pages  left    links   bare pictures unseen  remarks  seconds  folder")
    whole, sound = Figures(), True
    for folder in asked.folders:
        figures = measure(folder, asked.why)
        sound = sound and figures is not None and not figures.left
        whole.add(figures or Figures())
    print(f"{whole}  together")
    return 0 if sound else 1


def measure(folder: Path, why: bool) -> Figures | None:
    """Import one folder into a place that goes away; None when nothing came of it."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as courses:
        try:
            adopted = adopt(folder, Path(courses), date(2026, 11, 30))
        except ImportRefused as refusal:
            print(f"{folder}: {refusal}")
            return None
    seconds = time.perf_counter() - began
    lines = [line for line in adopted.report.lines if Path(line.file).suffix.lower() in PAGES]
    left = [line for line in lines if line.verdict is Verdict.LEFT]
    tally = adopted.report.tally
    figures = Figures(
        len(lines) - len(left), len(left), tally.links, tally.broken_links, tally.images,
        tally.broken_images, len(adopted.problems), seconds,
    )  # fmt: skip
    print(f"{figures}  {folder}")
    if why:
        _explain(left, lines, adopted)
    return figures


def _explain(left: Iterable[FileReport], lines: Iterable[FileReport], adopted: Adopted) -> None:
    for line in left:
        print(f"    {line}")
    notes = Counter(note for line in lines for note in line.notes)
    for note, count in notes.most_common(40):
        print(f"    {count:5} × {note}")
    for problem in adopted.problems:
        print(f"    {problem}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
