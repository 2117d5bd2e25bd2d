"""The courses being served: always whole, always the newest good version of each.

A broken edit never reaches a reader: the version before stays, in memory and, through the
cache, across restarts.
"""

import gc
import logging
import math
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from app.content.cache import Cache
from app.content.checker import course_names
from app.content.compiler import Compiler
from app.content.links import served_file
from app.content.models import Course
from app.content.problems import Findings, Problem, has_errors
from app.content.programme import FILE, Programme, load_programme
from app.content.second_hand import MANY, helper, ring
from app.content.source import SLUG, signature_of, tag_of

log = logging.getLogger(__name__)

BREATHS = 20  # a look at the files takes at most a twentieth of the time


@dataclass(frozen=True)
class _Shelf:
    """One consistent state, replaced as a whole."""

    courses: Mapping[str, Course] = field(default_factory=dict)
    programme: Programme = field(default_factory=Programme)
    problems: Mapping[str, list[Problem]] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    ordered: tuple[Course, ...] = ()


class Library:
    """Courses of the folder `source`; compiled ones are kept in the folder `cache` (None: not).

    Reads are cheap and safe from any thread. The first read loads the courses.
    """

    def __init__(self, source: Path, cache: Path | None = None) -> None:
        self._source = source
        self._folder = cache
        self._cache = Cache(cache)
        self._compiler = Compiler(source, self._cache, lambda: self.programme)
        self._lock = threading.Lock()
        self._look_from = ""
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

    def refresh(self, within: float = math.inf) -> bool:
        """Take up changes on disk; only changed courses are read. True if anything changed.

        A look that may take only so many seconds goes on where the one before it ended.
        """
        with self._lock:
            before = self._shelf or _Shelf()
            signatures = self._signatures(before, time.monotonic() + within)
            if self._shelf is not None and signatures == before.signatures:
                return False
            self._shelf = self._reload(before, signatures)
            return True

    def watch(self, seconds: float) -> threading.Event:
        """Refresh every `seconds` in a daemon thread until the returned event is set; of a shelf
        so large that a look takes long, a part each time."""
        stop = threading.Event()

        def run() -> None:
            while not stop.wait(seconds):
                try:
                    self.refresh(seconds / BREATHS)
                except Exception:
                    log.exception("courses were not refreshed")

        threading.Thread(target=run, name="courses", daemon=True).start()
        return stop

    def _now(self) -> _Shelf:
        if self._shelf is None:
            self.refresh()
        return self._shelf or _Shelf()

    def _signatures(self, before: _Shelf, until: float) -> dict[str, str]:
        """By course, what the file system says without reading a file; of a course that was not
        reached before the moment `until`, what it said before. The next look begins there."""
        if not self._source.is_dir():
            return {}
        signed = {FILE: _signature_of_file(self._source / FILE)}
        for slug in ring(course_names(self._source), self._look_from):
            known = before.signatures.get(slug)
            if known is None or time.monotonic() < until:
                known = signature_of(self._source / slug)
                self._look_from = f"{slug}\0"  # whichever comes after it
            signed[slug] = known
        return signed

    def _reload(self, before: _Shelf, signatures: dict[str, str]) -> _Shelf:
        problems: dict[str, list[Problem]] = {}
        programme = self._programme(before, problems)
        courses, changed = dict(before.courses), []
        for slug in signatures.keys() - {FILE}:
            same = signatures[slug] == before.signatures.get(slug)
            if not same or (programme != before.programme and slug in before.problems):
                changed.append(slug)
            elif found := before.problems.get(slug):
                problems[slug] = found
        for slug, course, found in self._compiled(changed, before, signatures, programme):
            courses |= {slug: course} if course else {}
            problems |= {slug: found} if found else {}
        for slug in before.courses.keys() - signatures.keys():
            del courses[slug]
        ordered = tuple(sorted(courses.values(), key=lambda course: (course.code, course.slug)))
        told = {slug: problems[slug] for slug in sorted(problems)}
        return _Shelf(courses, programme, told, signatures, ordered)

    def _compiled(
        self, slugs: list[str], before: _Shelf, signatures: dict[str, str], programme: Programme
    ) -> Iterator[tuple[str, Course | None, list[Problem]]]:
        """(slug, newest good version, problems if that is not the one on disk)."""
        with self._help(slugs, signatures) as first:
            for count, slug in enumerate(ring(slugs, first), 1):
                course, problems = self._compiler.course(slug, signatures[slug], programme)
                if course is None:
                    log.warning("course %s is broken: the version before is served", slug)
                    course = before.courses.get(slug) or self._cache.last_good(slug)
                yield slug, course, problems
                if count % MANY == 0:
                    _set_aside()

    @contextmanager
    def _help(self, slugs: list[str], signatures: dict[str, str]) -> Iterator[str]:
        """A second process beside this one, where there is much to render; yields the course to
        begin with, another one in each server that starts."""
        new = [slug for slug in slugs if not self._compiler.is_known(slug, signatures[slug])]
        if len(new) < MANY or self._folder is None:
            yield ""
            return
        first = secrets.choice(new)
        second = helper(self._source, self._folder, first)
        yield first
        if second is not None:
            second.wait()

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


def _signature_of_file(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ino}"


def _set_aside() -> None:
    """Spare the collector what was read so far: it would look through all of it again and again."""
    gc.collect()
    gc.freeze()
