"""A second process that compiles courses into the cache while the first one does: a new version
of the program renders thousands of courses anew, and a machine has more than one core.

Both go round the same ring of courses from the same place, one forward and one backward, and
leave out what the cache holds by then; so nothing has to be told to one another, any number of
servers may start at once, and without the helper it only takes longer. Servers that start at once
help one another already: a single second process works on a cache at a time.
"""

import fcntl
import logging
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.content.cache import Cache
from app.content.checker import course_names
from app.content.compiler import Compiler
from app.content.problems import Findings
from app.content.programme import FILE, Programme, load_programme
from app.content.source import signature_of

MANY = 60  # courses that are worth the start of a process

_PROGRAM = f"import sys; from {__name__} import main; main(*sys.argv[1:])"

log = logging.getLogger(__name__)


def ring(slugs: Iterable[str], first: str) -> list[str]:
    """The slugs in order, from `first` round to the one before it."""
    ordered = sorted(slugs)
    place = next((at for at, slug in enumerate(ordered) if slug >= first), 0)
    return ordered[place:] + ordered[:place]


def helper(source: Path, cache: Path, first: str) -> subprocess.Popen[bytes] | None:
    """Start the second process, or None where there is no core or no program for it. It ends by
    itself once every course is in the cache or was tried."""
    if len(os.sched_getaffinity(0)) < 2 or not sys.executable:
        return None
    command = [sys.executable, "-c", _PROGRAM, str(source.resolve()), str(cache.resolve()), first]
    try:
        return subprocess.Popen(
            command,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    except OSError:
        log.warning("no second process to compile courses: one will do")
        return None


def main(courses: str, cache_folder: str, first: str) -> None:
    """Compile what is not in the cache, backward from the course before `first`; nothing while
    another one does so."""
    with _alone(Path(cache_folder)) as alone:
        if alone:
            _compile(Path(courses), Cache(Path(cache_folder)), first)


@contextmanager
def _alone(cache: Path) -> Iterator[bool]:
    """Whether no other helper works on this cache; while inside, none begins to."""
    cache.mkdir(parents=True, exist_ok=True)
    handle = os.open(cache, os.O_RDONLY)
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _compile(source: Path, cache: Cache, first: str) -> None:
    programme = load_programme(source, Findings(FILE)) or Programme()
    compiler = Compiler(source, cache, lambda: programme)
    for slug in reversed(ring(course_names(source), first)):
        try:
            signature = signature_of(source / slug)
            if not compiler.is_known(slug, signature):
                compiler.course(slug, signature, programme)
        except OSError:
            continue  # gone meanwhile; the first process tells what is wrong
