"""What a draft changes, file by file and line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from app.authoring.arrangement import leaf_of
from app.authoring.models import DraftFile

Kind = Literal["new", "edited", "moved", "removed"]
# kind (same, added, removed, skipped), number in the old text, in the new one, text; of a run
# that was skipped the text says how many lines it has
Line = tuple[str, int | None, int | None, str]
AROUND = 3
LONGEST = 3_000  # lines; comparing takes quadratic time


@dataclass(frozen=True)
class Change:
    """A file that is not what lies on disk. `was`: its name there when it has another now."""

    file: DraftFile
    kind: Kind
    title: str
    was: str = ""

    @property
    def lines(self) -> list[Line]:
        """The file on disk against the one in the draft."""
        return line_diff(self.file.base_text, "" if self.kind == "removed" else self.file.text)


def changes_of(rows: Iterable[DraftFile]) -> list[Change]:
    """What the draft changes; a file that came and went in it is none."""
    return [_change(row) for row in rows if row.changed and (row.base_name or not row.removed)]


def _change(row: DraftFile) -> Change:
    title = leaf_of(row).title
    if row.removed:
        return Change(row, "removed", title, row.base_name)
    if not row.base_name:
        return Change(row, "new", title)
    was = row.base_name if row.base_name != row.name else ""
    return Change(row, "moved" if row.text == row.base_text else "edited", title, was)


def line_diff(before: str, after: str, around: int = AROUND) -> list[Line]:
    """Lines that went, came and stayed; of long runs that stayed only the ends."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for verb, start, end, first, last in _stretches(old, new):
        if verb == "equal":
            lines += _stayed(old, start, first, end - start, around, end == len(old))
            continue
        lines += [("removed", n + 1, None, old[n]) for n in range(start, end)]
        lines += [("added", None, n + 1, new[n]) for n in range(first, last)]
    return lines


def _stretches(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    if old and new and len(old) + len(new) > LONGEST:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _stayed(
    old: list[str], start: int, first: int, count: int, around: int, at_end: bool
) -> list[Line]:
    head = 0 if start == 0 else around
    tail = 0 if at_end else around
    lines: list[Line] = [
        ("same", start + n + 1, first + n + 1, old[start + n]) for n in range(count)
    ]
    left = count - head - tail
    if left <= 1:
        return lines
    skipped: Line = ("skipped", None, None, str(left))
    return [*lines[:head], skipped, *lines[count - tail :]]
