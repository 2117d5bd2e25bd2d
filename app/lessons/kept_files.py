"""Files made from lessons, such as speech and papers: made once, kept per course version.

They lie in `<folder>/<course>/<version>-<maker>/<name>`; what is long gone is thrown away. One is
made at a time on this machine, whichever process or thread asks.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.content.models import Course

KEPT_VERSIONS = 2
# seconds
LOOK_AGAIN = 0.02


class KeptFiles:
    """The files under one folder. `maker` changes with whatever makes all of them come out
    otherwise; who waits longer than `patience` seconds for others gets a TimeoutError."""

    def __init__(self, folder: Path, patience: float, maker: str = "1") -> None:
        self._folder, self._patience, self._maker = folder, patience, maker

    def path(self, course: Course, name: str) -> Path:
        """Where this file of a course is kept, or will be."""
        return self._folder / course.slug / f"{course.version}-{self._maker}" / name

    def made(self, course: Course, name: str, make: Callable[[Path], None]) -> Path:
        """The file, made now if nobody asked for it before; `make` puts it there, whole.

        Raises OSError when it cannot be kept.
        """
        path = self.path(course, name)
        if path.is_file():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._turn():
            if not path.is_file():
                make(path)
                self._forget(course)
        return path

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with open(self._folder / "turn.lock", "w") as lock:
            deadline = time.monotonic() + self._patience
            while not _taken(lock):
                if time.monotonic() > deadline:
                    raise TimeoutError("too many wait for files to be made")
                time.sleep(LOOK_AGAIN)
            yield

    def _forget(self, course: Course) -> None:
        """Let go of all but the newest versions of a course."""
        folders = [entry for entry in (self._folder / course.slug).iterdir() if entry.is_dir()]
        folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in folders[KEPT_VERSIONS:]:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside `path` to write into, which takes its place at once when all went well."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
