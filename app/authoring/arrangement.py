"""The files of a draft as a course: modules and lessons in their order, and how they are named."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.authoring.front_lines import title, value
from app.authoring.models import DraftFile
from app.authoring.relinking import step_slug
from app.content.outline import COURSE_FILE, MODULE_FILE
from app.content.source import numbered

KINDS = ("lesson", "test", "practical")


@dataclass(frozen=True)
class Leaf:
    """A file: its row, what it is ("course", "module", "lesson", "test", "practical", "other"),
    its title and the slug of its step ("" when it is none)."""

    row: DraftFile
    kind: str
    title: str
    slug: str

    @property
    def id(self) -> int:
        """The number of the file."""
        return self.row.id

    @property
    def name(self) -> str:
        """Its name in the course."""
        return self.row.name

    @property
    def revision(self) -> int:
        """The number of its present text."""
        return self.row.revision


@dataclass(frozen=True)
class Part:
    """A module with its lessons, or one lesson at the top of the course (`folder` "")."""

    folder: str
    head: Leaf | None
    lessons: tuple[Leaf, ...]

    @property
    def name(self) -> str:
        """The name that gives it its place in the course."""
        return self.folder or self.lessons[0].name

    @property
    def title(self) -> str:
        """What the module is called; "" at the top."""
        return self.head.title if self.head else self.folder


@dataclass(frozen=True)
class Arrangement:
    """A draft as a course. `rows`: every file of it, those that were removed among them."""

    course: Leaf | None
    parts: tuple[Part, ...]
    others: tuple[Leaf, ...] = field(default=())
    rows: tuple[DraftFile, ...] = field(default=())

    @property
    def removed(self) -> list[DraftFile]:
        """The files that were taken out."""
        return [row for row in self.rows if row.removed]

    @property
    def modules(self) -> list[Part]:
        """The parts that are modules."""
        return [part for part in self.parts if part.folder]

    @property
    def lessons(self) -> list[Leaf]:
        """All lessons and tests in the order in which they are learnt."""
        return [leaf for part in self.parts for leaf in part.lessons]

    @property
    def leaves(self) -> list[Leaf]:
        """Every file that is part of the course, in the order of reading."""
        found = [self.course] if self.course else []
        for part in self.parts:
            found += [part.head] if part.head else []
            found += part.lessons
        return found

    def leaf(self, file_id: int) -> Leaf | None:
        """The file with this number, or None."""
        return next((leaf for leaf in (*self.leaves, *self.others) if leaf.id == file_id), None)

    def part(self, folder: str) -> Part | None:
        """The module with this folder, or None."""
        return next((part for part in self.modules if part.folder == folder), None)


def arranged(rows: Iterable[DraftFile]) -> Arrangement:
    """The files that a draft has now, as the loader will order them."""
    rows = tuple(rows)
    leaves = [leaf_of(row) for row in rows if not row.removed]
    course = next((leaf for leaf in leaves if leaf.kind == "course"), None)
    folders: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        if leaf.kind not in ("course", "other"):
            place = posixpath.dirname(leaf.name)
            folders.setdefault(place or leaf.name, []).append(leaf)
    parts = [_part(place, found) for place, found in folders.items()]
    others = tuple(leaf for leaf in leaves if leaf.kind == "other")
    return Arrangement(course, tuple(sorted(parts, key=_by_place)), others, rows)


def leaf_of(row: DraftFile) -> Leaf:
    """What a file of a draft is."""
    kind, slug = _kind(row), step_slug(row.name)
    return Leaf(row, kind, title(row.text, slug or row.name), slug)


def in_order(names: Iterable[str], moved: Iterable[str] = ()) -> dict[str, str]:
    """New names by old ones, so that they stand in this order: numbers from 01 on."""
    wanted = {}
    for place, name in enumerate([*names, *moved], 1):
        slug = (numbered(posixpath.basename(name)) or (0, posixpath.basename(name)))[1]
        suffix = ".md" if name.endswith(".md") else ""
        slug = slug.removesuffix(".md")
        base = f"{place:02d}-{slug}{suffix}"
        wanted[name] = posixpath.join(posixpath.dirname(name), base)
    return {old: new for old, new in wanted.items() if old != new}


def _kind(row: DraftFile) -> str:
    base, depth = posixpath.basename(row.name), row.name.count("/")
    if row.name == COURSE_FILE:
        return "course"
    if depth == 1 and base == MODULE_FILE and numbered(posixpath.dirname(row.name)):
        return "module"
    parts = row.name.split("/")
    if depth > 1 or not all(numbered(part) for part in parts):
        return "other"
    found = value(row.text, "kind")
    return found if isinstance(found, str) and found in KINDS else "lesson"


def _part(place: str, leaves: list[Leaf]) -> Part:
    head = next((leaf for leaf in leaves if leaf.kind == "module"), None)
    lessons = sorted((leaf for leaf in leaves if leaf is not head), key=_by_name)
    return Part("" if place.endswith(".md") else place, head, tuple(lessons))


def _by_place(part: Part) -> tuple[int, str]:
    place = numbered(posixpath.basename(part.name))
    return (place[0] if place else 0, part.name)


def _by_name(leaf: Leaf) -> tuple[int, str]:
    place = numbered(posixpath.basename(leaf.name))
    return (place[0] if place else 0, leaf.name)
