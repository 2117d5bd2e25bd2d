"""The Markdown files of a course as they lie on disk."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.content.problems import Findings
from app.content.source import LARGEST_FILE, decode, files_of


@dataclass(frozen=True)
class DiskFile:
    """A file: its name in the course, the SHA-256 of its bytes, its text in our line ends."""

    name: str
    digest: str
    text: str


def read_disk(folder: Path) -> dict[str, DiskFile]:
    """The Markdown files of a course by name; those that cannot be read as text are left to
    whoever put them there."""
    if not folder.is_dir():
        return {}
    found = (_read(name, path) for name, path in files_of(folder).items() if name.endswith(".md"))
    return {file.name: file for file in found if file}


def _read(name: str, path: Path) -> DiskFile | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    text = decode(data, Findings(name)) if len(data) <= LARGEST_FILE else None
    if text is None:
        return None
    return DiskFile(name, hashlib.sha256(data).hexdigest(), text)
