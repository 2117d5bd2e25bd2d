"""Compiled courses on disk, so that each version is rendered once and outlives a restart.

`<folder>/<slug>/<version>/<engine>.json`, and `….shelved` with all but the text of its steps;
beside the versions `last-good` with the newest good one and a mark of its files. In
`<folder>/_files` every picture and recording that was published, named by its content. A version
that was ever published stays for good: attempts and certificates name it. So the models of a
course may gain fields with a default, and must go on reading what was kept before.
A cache that cannot be read or written is as good as none.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from importlib.metadata import version as installed
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from app.content.models import Course
from app.content.shelved import shelved_json, whole_json
from app.content.source import SLUG

KEPTDRAFTS = 3

DRAFT = "draft"
FILES = "_files"  # no slug begins so
_LAST = "last-good"
VERSION = re.compile(r"[0-9a-f]{12}\Z")
_TAG = re.compile(r"[0-9a-f]{16}\.[a-z0-9]{1,5}\Z")
_PARTS = ("markdown", "pymdown-extensions", "nh3", "latex2mathml", "pydantic")


def _engine() -> str:
    """8 hex digits that differ whenever the same course files may render to something else."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    digest.update(" ".join(installed(part) for part in _PARTS).encode())
    return digest.hexdigest()[:8]


_ENGINE = _engine()
_NAME = f"{_ENGINE}.json"
_SHELVED = f"{_ENGINE}.shelved"

Kept = TypeVar("Kept", bound=BaseModel)


class Cache:
    """Compiled courses under one folder; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def shelved(self, slug: str, version: str) -> Course | None:
        """The course of exactly this version without the text of its steps, if the whole of it
        is kept beside, rendered by this engine."""
        if self._folder is None or not (self._folder / slug / version / _NAME).is_file():
            return None
        return self._read(slug, version, _SHELVED)

    def version(self, slug: str, version: str) -> Course | None:
        """The course of exactly this version, by whichever engine it was rendered last."""
        if self._folder is None or not (SLUG.match(slug) and VERSION.match(version)):
            return None
        names = [path.name for path in newest_first(self._folder / slug / version, "*.json")]
        found = (self._read(slug, version, name) for name in names)
        return next((course for course in found if course is not None), None)

    def last_good(self, slug: str) -> Course | None:
        """The newest version that was good, by whichever engine."""
        version, _ = self._last(slug)
        return self.version(slug, version)

    def seen(self, slug: str, signature: str) -> str:
        """The version that the files of this signature were found to be; "" if unknown."""
        version, last_signature = self._last(slug)
        return version if signature and signature == last_signature else ""

    def put(self, course: Course, files: Mapping[str, Path]) -> None:
        """Keep a good course and the files served with it, by tag and ending."""
        if self._folder is None:
            return
        kept = self._folder / course.slug / course.version
        try:
            kept.mkdir(parents=True, exist_ok=True)
            if course.published:
                self._keep_files(self._folder / FILES, files)
            else:
                (kept / DRAFT).touch()
            _write(kept / _SHELVED, shelved_json(course))
            _write(kept / _NAME, whole_json(course))
            for path in kept.iterdir():
                if path.name not in (_NAME, _SHELVED, DRAFT):
                    path.unlink(missing_ok=True)
        except OSError:
            return  # full or read-only: the course is served from memory all the same

    def remember(self, course: Course, signature: str) -> None:
        """Note the newest good version, and of which files it was made; drafts before the last
        few go, published versions never."""
        noted = (course.version, signature)
        if self._folder is None or self._last(course.slug) == noted:
            return
        folder = self._folder / course.slug
        try:
            _write(folder / _LAST, " ".join(noted))
            for mark in newest_first(folder, f"*/{DRAFT}")[KEPTDRAFTS:]:
                if mark.parent.name != course.version:
                    shutil.rmtree(mark.parent, ignore_errors=True)
        except OSError:
            return

    def file(self, wanted: str, suffix: str) -> Path | None:
        """A file that was once served with this tag and ending, or None."""
        if self._folder is None or not _TAG.match(wanted + suffix):
            return None
        path = self._folder / FILES / (wanted + suffix)
        return path if path.is_file() else None

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

    def _read(self, slug: str, version: str, name: str) -> Course | None:
        if self._folder is None:
            return None
        course = _load(self._folder / slug / version / name, Course)
        if course is None or (course.slug, course.version) != (slug, version):
            return None
        return course

    def _keep_files(self, folder: Path, files: Mapping[str, Path]) -> None:
        for name, path in files.items():
            target = folder / name
            if not target.is_file():
                folder.mkdir(exist_ok=True)
                _write(target, path.read_bytes())

    def _last(self, slug: str) -> tuple[str, str]:
        """The newest good version, and the signature of its files."""
        try:
            noted = (self._folder / slug / _LAST).read_text("utf-8") if self._folder else ""
        except (OSError, UnicodeDecodeError):
            noted = ""
        version, _, signature = noted.strip().partition(" ")
        return version, signature


def newest_first(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder by age."""
    return sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)


def _load(path: Path, shape: type[Kept]) -> Kept | None:
    try:
        return shape.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _write(path: Path, content: str | bytes) -> None:
    """Write whole or not at all: another process may read at any moment."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
