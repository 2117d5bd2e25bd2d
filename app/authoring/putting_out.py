"""A whole course put in the place of the one on disk, in one step or not at all."""

import ctypes
import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from app.content.source import digests_of

OLD = ".cu-"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux
_HERE = -100  # AT_FDCWD


class DiskChanged(Exception):
    """The files on disk are no longer those that were looked at; nothing was changed."""


def put_out(made: Path, target: Path, expected: Mapping[str, bytes]) -> None:
    """Make the folder `made`, on the same disk, the course `target`; the old one ends in `made`.

    `expected`: the digests of the course's files as they were looked at (none: there was no
    such course). Raises DiskChanged, and OSError; then the course is as it was.
    """
    for place, _, files in os.walk(made):
        for name in files:
            _settle(Path(place) / name)
        _settle(Path(place))
    if not expected:
        if target.exists():
            raise DiskChanged
        made.rename(target)
    else:
        if digests_of(target) != expected:
            raise DiskChanged
        _exchange(made, target)
        if digests_of(made) != expected:  # somebody saved a file in that very moment
            _exchange(made, target)
            raise DiskChanged
    _settle(target.parent)


def take_over_hidden(source: Path, made: Path) -> None:
    """Bring along what no course is made of but its authors keep there: hidden files, links."""
    for place, folders, files in os.walk(source):
        inner = Path(place).relative_to(source)
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*files, *links):
            path, target = Path(place) / name, made / inner / name
            hidden = any(part.startswith(".") for part in (*inner.parts, name))
            if (hidden or path.is_symlink()) and not os.path.lexists(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target, follow_symlinks=False)


def mend(courses: Path) -> bool:
    """Put back what an exchange left half done when the machine stopped in it; whether a course
    came back."""
    found = False
    for old in courses.glob(f"{OLD}*") if courses.is_dir() else ():
        target = courses / old.name.removeprefix(OLD)
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
            found = True
    return found


def _exchange(made: Path, target: Path) -> None:
    """Swap two folders: at once where the system can, else by way of a third name."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        paths = (_HERE, os.fsencode(made), _HERE, os.fsencode(target))
        if renameat2(*paths, ctypes.c_uint(_EXCHANGE)) == 0:
            return
        if ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    old = target.with_name(f"{OLD}{target.name}")
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    old.rename(made)


def _settle(path: Path) -> None:
    """What was acknowledged outlives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
