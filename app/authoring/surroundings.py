"""What the editor offers to put into a file: groups, machines, skills, lessons, pictures."""

from pathlib import Path
from posixpath import dirname, relpath
from typing import TypedDict

from app.authoring import draft_queries as queries
from app.authoring.arrangement import Leaf
from app.authoring.opened import OpenDraft
from app.authoring.relinking import renamed
from app.content.blocks import DEVICES
from app.content.links import IMAGES
from app.content.programme import Programme
from app.content.source import files_of

Pairs = list[tuple[str, str]]


class Surroundings(TypedDict):
    """Pairs of an id and what it is called; `pictures`: paths as this file writes them."""

    groups: Pairs
    devices: Pairs
    skills: Pairs
    lessons: Pairs
    pictures: list[str]


def surroundings(draft: OpenDraft, leaf: Leaf, courses: Path, programme: Programme) -> Surroundings:
    """What there is around a file of a draft."""
    return {
        "groups": list(programme.group_titles.items()),
        "devices": [(name, words[0]) for name, words in DEVICES.items()],
        "skills": list(programme.skills.items()),
        "lessons": [(one.slug, one.title) for one in draft.parts.lessons if one.kind == "lesson"],
        "pictures": _pictures(draft, leaf, courses / draft.slug),
    }


def _pictures(draft: OpenDraft, leaf: Leaf, course: Path) -> list[str]:
    on_disk = files_of(course) if course.is_dir() else {}
    drawn = {
        renamed(name, draft.folders)
        for name in on_disk
        if name[name.rfind(".") :].lower() in IMAGES
    }
    names = sorted(drawn | set(queries.picture_names(draft.row)))
    return [relpath(name, dirname(leaf.name) or ".") for name in names]
