"""The courses being served: always whole, always the newest good version of each.

A broken edit never reaches a reader: the version before stays, in memory and, through the
cache, across restarts.
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from app.content.cache import Cache
from app.content.checker import course_folders
from app.content.links import is_served, served_file
from app.content.loader import load_course
from app.content.models import Course
from app.content.problems import Findings, Problem, has_errors
from app.content.programme import FILE, Programme, load_programme
from app.content.shelved import OpenCourses, shelved
from app.content.source import (
    SLUG,
    Signature,
    digests_of,
    mark_of,
    signature_of,
    tag,
    tag_of,
    version_of,
)
from app.lib import clock
from app.lib.dates import local_date

log = logging.getLogger(__name__)

BREATHS = 20  # a look at the files takes at most a twentieth of the time


@dataclass(frozen=True)
class _Shelf:
    """One consistent state, replaced as a whole."""

    courses: Mapping[str, Course] = field(default_factory=dict)
    programme: Programme = field(default_factory=Programme)
    problems: Mapping[str, list[Problem]] = field(default_factory=dict)
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    ordered: tuple[Course, ...] = ()


class Library:
    """Courses of the folder `source`; compiled ones are kept in the folder `cache` (None: not).

    Reads are cheap and safe from any thread. The first read loads the courses.
    """

    def __init__(self, source: Path, cache: Path | None = None) -> None:
        self._source = source
        self._cache = Cache(cache)
        self._opened = OpenCourses(self._fetch)
        self._lock = threading.Lock()
        self._shelf: _Shelf | None = None

    def courses(self) -> tuple[Course, ...]:
        """All courses, drafts included, by code, then slug."""
        return self._now().ordered

    def course(self, slug: str) -> Course | None:
        """The course with this slug, draft or not, or None."""
        return self._now().courses.get(slug)

    def version(self, slug: str, version: str) -> Course | None:
        """A course as it was published in this version, now or at any time before; None if it
        never was. A version of old is read from its file each time."""
        now = self.course(slug)
        course = now if now and now.version == version else self._cache.version(slug, version)
        return course if course is not None and course.published else None

    @property
    def programme(self) -> Programme:
        """Groups, skills and indicators; the last good state of `programme.yaml`."""
        return self._now().programme

    @property
    def problems(self) -> dict[str, list[Problem]]:
        """By slug, what is wrong with the courses that are broken at present; a broken
        programme stands under "programme.yaml"."""
        return dict(self._now().problems)

    def media(self, slug: str, relative_path: str, wanted: str = "") -> Path | None:
        """The file of a course that may be sent to a browser, or None. Never a Markdown file,
        a hidden file or one outside the course.

        `wanted` is the tag of a content (`source.tag_of`): if the file has another by now, the
        one that was published with this tag, else the file as it is.
        """
        if not SLUG.match(slug) or self.course(slug) is None:
            return None
        now = served_file(self._source / slug, relative_path)
        if not wanted or (now is not None and tag_of(now) == wanted):
            return now
        return self._cache.file(wanted, PurePath(relative_path).suffix.lower()) or now

    def refresh(self) -> bool:
        """Take up changes on disk; only changed courses are read. True if anything changed."""
        with self._lock:
            before = self._shelf or _Shelf()
            signatures = self._signatures()
            if self._shelf is not None and signatures == before.signatures:
                return False
            self._shelf = self._reload(before, signatures)
            return True

    def watch(self, seconds: float) -> threading.Event:
        """Refresh every `seconds` in a daemon thread until the returned event is set; of a shelf
        so large that a look takes long, more rarely."""
        stop = threading.Event()

        def run() -> None:
            took = 0.0
            while not stop.wait(max(seconds, BREATHS * took)):
                began = time.monotonic()
                try:
                    self.refresh()
                except Exception:
                    log.exception("courses were not refreshed")
                took = time.monotonic() - began

        threading.Thread(target=run, name="courses", daemon=True).start()
        return stop

    def _now(self) -> _Shelf:
        if self._shelf is None:
            self.refresh()
        return self._shelf or _Shelf()

    def _signatures(self) -> dict[str, Signature]:
        """By course, what the file system says without reading a file."""
        if not self._source.is_dir():
            return {}
        signed = {folder.name: signature_of(folder) for folder in course_folders(self._source)}
        return signed | {FILE: _signature_of_file(self._source / FILE)}

    def _reload(self, before: _Shelf, signatures: dict[str, Signature]) -> _Shelf:
        problems: dict[str, list[Problem]] = {}
        programme = self._programme(before, problems)
        renewed = programme != before.programme
        courses: dict[str, Course] = {}
        for slug in sorted(signatures.keys() - {FILE}):
            same = signatures[slug] == before.signatures.get(slug)
            if same and not (renewed and slug in before.problems):
                course, found = before.courses.get(slug), before.problems.get(slug, [])
            else:
                course, found = self._course(slug, signatures[slug], before, programme)
            courses |= {slug: course} if course else {}
            problems |= {slug: found} if found else {}
        ordered = tuple(sorted(courses.values(), key=lambda course: (course.code, course.slug)))
        return _Shelf(courses, programme, problems, signatures, ordered)

    def _programme(self, before: _Shelf, problems: dict[str, list[Problem]]) -> Programme:
        findings = Findings(FILE)
        programme = load_programme(self._source, findings)
        if programme is not None and not has_errors(findings.found):
            if programme != before.programme:
                self._cache.put_value("programme", programme)
            return programme
        problems[FILE] = findings.found
        if self._shelf is not None:
            return before.programme
        return self._cache.get_value("programme", Programme) or Programme()

    def _course(
        self, slug: str, signature: Signature, before: _Shelf, programme: Programme
    ) -> tuple[Course | None, list[Problem]]:
        """The newest good version, and the problems if that is not the one on disk."""
        mark = mark_of(signature)
        course = self._shelved(slug, self._cache.seen(slug, mark))
        if course is not None:
            return course, []
        digests = _digests(self._source / slug)
        course = self._shelved(slug, version_of(digests)) if digests else None
        problems: list[Problem] = []
        if course is None:
            course, problems = self._loaded(slug, programme, digests)
        if course is not None:
            self._cache.remember(course, mark)
            return course, []
        log.warning("course %s is broken: the version before is served", slug)
        return before.courses.get(slug) or self._cache.last_good(slug), problems

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

    def _fetch(self, slug: str, version: str) -> Course:
        """The whole of a version that is on the shelf. LookupError if it is nowhere any more."""
        course = self._cache.version(slug, version)
        if course is None:  # the cache was emptied meanwhile
            programme = self._shelf.programme if self._shelf else Programme()
            loaded = load_course(self._source / slug, programme, local_date(clock.now()))
            course = loaded.course
            if course is None or course.version != version:
                raise LookupError(f"{slug} {version} is not in the cache any more")
            self._cache.put(course, _files(self._source / slug, digests_of(self._source / slug)))
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


def _signature_of_file(path: Path) -> Signature:
    try:
        status = path.stat()
    except OSError:
        return frozenset()
    return frozenset({(path.name, status.st_mtime_ns, status.st_size, status.st_ino)})
