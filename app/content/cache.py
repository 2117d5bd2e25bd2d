"""Compiled courses on disk, so that each version is rendered once and outlives a restart.

`<folder>/<slug>/<version>-r<renderer>.json`, and `last-good` beside them with the newest good
name. A cache that cannot be read or written is as good as none.
"""

import os
import tempfile
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from app.content.models import Course

RENDERER = "1"  # raise it with every change that renders the same files to other HTML
KEPT = 3

_LAST = "last-good"

Kept = TypeVar("Kept", bound=BaseModel)


class Cache:
    """Compiled courses under one folder; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, slug: str, version: str) -> Course | None:
        """The course of exactly this version, rendered by this renderer."""
        return self._read(slug, _name(version))

    def last_good(self, slug: str) -> Course | None:
        """The newest version that was good, by whichever renderer."""
        if self._folder is None:
            return None
        try:
            name = (self._folder / slug / _LAST).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return self._read(slug, name) if name == Path(name).name else None

    def put(self, course: Course) -> None:
        """Keep a good course; older versions beyond the last few go."""
        if self._folder is None:
            return
        folder = self._folder / course.slug
        name = _name(course.version)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / name).is_file():
                _write(folder / name, course.model_dump_json())
            self._remember(folder, name)
        except OSError:
            return  # full or read-only: the course is served from memory all the same

    def get_value(self, name: str, shape: type[Kept]) -> Kept | None:
        """A value kept under a name of its own, or None."""
        if self._folder is None:
            return None
        return _load(self._folder / f"{name}.json", shape)

    def put_value(self, name: str, value: BaseModel) -> None:
        """Keep a value under a name of its own."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder / f"{name}.json", value.model_dump_json())
        except OSError:
            return

    def _read(self, slug: str, name: str) -> Course | None:
        if self._folder is None:
            return None
        course = _load(self._folder / slug / name, Course)
        return course if course is not None and course.slug == slug else None

    def _remember(self, folder: Path, name: str) -> None:
        last = folder / _LAST
        if last.is_file() and last.read_text(encoding="utf-8") == name:
            return
        _write(last, name)
        by_age = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[KEPT:]:
            if path.name != name:
                path.unlink(missing_ok=True)


def _name(version: str) -> str:
    return f"{version}-r{RENDERER}.json"


def _load(path: Path, shape: type[Kept]) -> Kept | None:
    try:
        return shape.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _write(path: Path, text: str) -> None:
    """Write whole or not at all: another process may read at any moment."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
