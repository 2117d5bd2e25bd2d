"""From a course folder to a course that is served: out of the cache where it is there, else
rendered and kept."""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from app.content.cache import Cache
from app.content.links import is_served
from app.content.loader import load_course
from app.content.models import Course
from app.content.problems import Problem
from app.content.programme import Programme
from app.content.shelved import OpenCourses, shelved
from app.content.source import digests_of, tag, version_of
from app.lib import clock
from app.lib.dates import local_date


class Compiler:
    """Makes the courses of the folder `source`; `programme` tells the one in force."""

    def __init__(self, source: Path, cache: Cache, programme: Callable[[], Programme]) -> None:
        self._source = source
        self._cache = cache
        self._programme = programme
        self._opened = OpenCourses(self._whole)

    def is_known(self, slug: str, signature: str) -> bool:
        """Whether the files of this signature were compiled before, by this process or another."""
        return bool(self._cache.seen(slug, signature))

    def course(
        self, slug: str, signature: str, programme: Programme
    ) -> tuple[Course | None, list[Problem]]:
        """The course as its files are now, or None and what is wrong with them."""
        course = self._shelved(slug, self._cache.seen(slug, signature))
        if course is not None:
            return course, []
        digests = _digests(self._source / slug)
        course = self._shelved(slug, version_of(digests)) if digests else None
        problems: list[Problem] = []
        if course is None:
            course, problems = self._loaded(slug, programme, digests)
        if course is not None:
            self._cache.remember(course, signature)
            return course, []
        return None, problems

    def _shelved(self, slug: str, version: str) -> Course | None:
        """The version as it stands in the cache, its text left there."""
        course = self._cache.shelved(slug, version) if version else None
        return shelved(course, self._opened) if course is not None else None

    def _loaded(
        self, slug: str, programme: Programme, digests: dict[str, bytes] | None
    ) -> tuple[Course | None, list[Problem]]:
        """The course as its files are, kept in the cache; or what is wrong with it."""
        folder = self._source / slug
        loaded = load_course(folder, programme, local_date(clock.now()), digests)
        if loaded.course is None:
            return None, list(loaded.problems)
        self._cache.put(loaded.course, _files(folder, digests or {}))
        return self._shelved(slug, loaded.course.version) or loaded.course, []

    def _whole(self, slug: str, version: str) -> Course:
        """The whole of a version that is on the shelf. LookupError if it is nowhere any more."""
        course = self._cache.version(slug, version)
        if course is None:  # the cache was emptied meanwhile
            folder = self._source / slug
            course = load_course(folder, self._programme(), local_date(clock.now())).course
            if course is None or course.version != version:
                raise LookupError(f"{slug} {version} is not in the cache any more")
            self._cache.put(course, _files(folder, digests_of(folder)))
        return course


def _digests(folder: Path) -> dict[str, bytes] | None:
    try:
        return digests_of(folder)
    except OSError:
        return None  # loading says why


def _files(folder: Path, digests: Mapping[str, bytes]) -> dict[str, Path]:
    """The files that are served with a course, by tag and ending."""
    served = ((name, digest) for name, digest in digests.items() if is_served(name))
    return {tag(digest) + PurePath(name).suffix.lower(): folder / name for name, digest in served}
