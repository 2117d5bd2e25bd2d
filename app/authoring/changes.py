"""What a draft changes in its course, file by file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.authoring.arrangement import leaf_of
from app.authoring.differences import Line, differences
from app.authoring.models import DraftFile

Kind = Literal["new", "edited", "moved", "removed"]


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
        return differences(self.file.base_text, "" if self.kind == "removed" else self.file.text)


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
