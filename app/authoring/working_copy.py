"""A draft laid over the course on disk: read, checked and rendered as learners would get it."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from app.authoring.relinking import renamed
from app.content.loader import Loaded, load_course
from app.content.outline import COURSE_FILE
from app.content.programme import Programme
from app.content.source import files_of

# so that a lesson shows while course.md cannot be read
_STAND_IN = """---
title: "…"
summary: "…"
code: "…"
audience: [nguoi-dan]
hours: 1
---
"""


@dataclass(frozen=True)
class Contents:
    """What a draft changes in its course: new texts and pictures by name, files left out, and new
    names of modules' folders by their old ones, for the pictures in them."""

    slug: str
    texts: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)

    def with_text(self, name: str, text: str) -> "Contents":
        """The same with another text in one file."""
        return replace(self, texts={**self.texts, name: text})

    def name_of(self, name: str) -> str:
        """What a picture or other file on disk is called in the draft."""
        return name if name.endswith(".md") else renamed(name, self.folders)


def loaded(contents: Contents, courses: Path, programme: Programme, today: date) -> Loaded:
    """The course that the draft makes, with all its problems; nothing of it stays anywhere."""
    with tempfile.TemporaryDirectory(prefix="nhap-") as room:
        folder = lay_out(contents, courses, Path(room))
        found = load_course(folder, programme, today)
        if found.attempt is not None or COURSE_FILE not in files_of(folder):
            return found
        # a file of its own, for the one that lies there may be the very file on disk
        (folder / COURSE_FILE).unlink()
        (folder / COURSE_FILE).write_text(_STAND_IN, encoding="utf-8")
        return Loaded(None, found.problems, load_course(folder, programme, today).attempt)


def lay_out(contents: Contents, courses: Path, room: Path) -> Path:
    """Put the course together in an empty folder; returns the course's folder in it."""
    made = room / contents.slug
    made.mkdir()
    below = courses / contents.slug
    written = contents.texts.keys() | contents.pictures.keys()
    for name, path in (files_of(below) if below.is_dir() else {}).items():
        wanted = contents.name_of(name)
        if name not in contents.left_out and wanted not in written:
            _take(path, _place(made, wanted))
    for name, text in contents.texts.items():
        _place(made, name).write_text(text, encoding="utf-8", newline="\n")
    for name, data in contents.pictures.items():
        _place(made, name).write_bytes(data)
    return made


def _place(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _take(path: Path, target: Path) -> None:
    try:
        os.link(path.resolve(), target)
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(path, target)
