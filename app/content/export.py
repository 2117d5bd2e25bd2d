"""A course folder as a ZIP: the same files give the same bytes, wherever and whenever."""

import os
import zipfile
from pathlib import Path

from app.content.source import files_of

_ALWAYS = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


def write_archive(folder: Path, out: Path) -> int:
    """Write the course into `out`, below a folder named by its slug; returns how many files.

    Hidden files and links that lead out are left aside, as they are when a course is served.
    OSError when something cannot be read or written; then `out` is as it was before.
    """
    files = files_of(folder)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(beside, "w") as archive:
            for name, path in files.items():
                archive.writestr(_entry(f"{folder.name}/{name}"), path.read_bytes())
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return len(files)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, on Windows too
    entry.external_attr = _PLAIN_FILE
    return entry
