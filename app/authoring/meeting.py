"""Where a draft and the files on disk meet: what each changed since the draft began."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname
from typing import Literal

from app.authoring.merging import Merge, merge
from app.authoring.models import DraftFile
from app.authoring.on_disk import DiskFile
from app.authoring.relinking import renamed
from app.content.outline import MODULE_FILE

Kind = Literal["new", "edited", "gone"]


@dataclass(frozen=True)
class Clash:
    """A file that was changed in the draft and on disk since; `disk` is None when it is gone
    there. What to do with it somebody has to say."""

    file: DraftFile
    disk: DiskFile | None

    @property
    def seen(self) -> str:
        """What names the state of the file on disk that somebody looks at; "" when it is gone."""
        return self.disk.digest if self.disk else ""

    @cached_property
    def merge(self) -> Merge:
        """Both texts against the one on disk that the draft began with."""
        return merge(self.file.base_text, self.file.text, self.disk.text if self.disk else "")


@dataclass(frozen=True)
class News:
    """A file that only changed on disk: the draft takes it as it is there. `file`: the draft's,
    None for one that is new on disk, and `name` the name that it gets."""

    kind: Kind
    name: str
    file: DraftFile | None
    disk: DiskFile | None


def folders_of(rows: Iterable[DraftFile]) -> dict[str, str]:
    """New names of modules' folders by their old ones, for what lies in them beside Markdown."""
    heads = [row for row in rows if row.base_name.endswith(f"/{MODULE_FILE}")]
    pairs = ((dirname(row.base_name), dirname(row.name)) for row in heads)
    return {old: new for old, new in pairs if old != new}


def clashes_of(rows: Iterable[DraftFile], disk: Mapping[str, DiskFile]) -> list[Clash]:
    """What was changed here and there."""
    return [clash for row in rows if (clash := _clash(row, disk))]


def news_of(rows: list[DraftFile], disk: Mapping[str, DiskFile]) -> list[News]:
    """What was changed on disk alone."""
    known = {row.base_name for row in rows if row.base_name}
    names = {row.name for row in rows if not row.removed}
    folders = folders_of(rows)
    fresh = [
        News("new", renamed(name, folders), None, disk[name])
        for name in sorted(disk.keys() - known - names)
    ]
    return fresh + [news for row in rows if (news := _news(row, disk))]


def _clash(row: DraftFile, disk: Mapping[str, DiskFile]) -> Clash | None:
    if not row.base_name:
        found = disk.get(row.name) if not row.removed else None
        return Clash(row, found) if found and found.text != row.text else None
    found = disk.get(row.base_name)
    if (found.digest if found else "") == row.base_digest or not row.changed:
        return None
    if found is None:
        return None if row.removed else Clash(row, None)
    if not row.removed and row.text in (row.base_text, found.text):
        return None
    return Clash(row, found)


def _news(row: DraftFile, disk: Mapping[str, DiskFile]) -> News | None:
    found = disk.get(row.base_name or row.name)
    if found is None:
        # a file that is in neither of them any more is no news
        gone = row.base_name and not row.removed and not row.changed
        return News("gone", row.name, row, None) if gone else None
    if row.removed or found.digest == row.base_digest or _clash(row, disk):
        return None
    return News("edited", row.name, row, found)
