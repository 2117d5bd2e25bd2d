"""Courses whose text stays on disk until somebody opens it, so that a large shelf fits in memory.

A shelved course is a Course like any other: what lists, progress and certificates ask of it is
there; the text of a step is fetched, the whole course at once, when it is asked for.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from app.content.models import Course, Step

TEXT = ("html", "blocks", "questions")
MOST_OPEN = 100  # courses; about 1.5 MB each

_COURSE = TypeAdapter(Course)
_TEXT_OF_ALL: Any = {"modules": {"__all__": {"steps": {"__all__": set(TEXT)}}}}

Fetch = Callable[[str, str], Course]


class OpenCourses:
    """The courses opened last, whole, for all threads. `fetch` gives one by slug and version."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._open: OrderedDict[tuple[str, str], Course] = OrderedDict()
        self._lock = threading.Lock()

    def course(self, slug: str, version: str) -> Course:
        """The whole course; the one not asked for the longest is closed in its stead."""
        key = slug, version
        with self._lock:
            found = self._open.get(key)
            if found is not None:
                self._open.move_to_end(key)
                return found
        found = self._fetch(slug, version)
        with self._lock:
            self._open[key] = found
            if len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return found

    def step(self, slug: str, version: str, place: int) -> Step:
        """The whole step at this place of a course."""
        return self.course(slug, version).steps[place]


class ShelvedStep(Step):
    """A step without its text, which it fetches when asked."""

    def __getattr__(self, name: str) -> Any:
        if name in TEXT and "fetch" in self.__dict__:
            return getattr(self.__dict__["fetch"](), name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Step) and _whole(self) == _whole(other)

    __hash__ = Step.__hash__


def whole_json(course: Course) -> bytes:
    """A course as JSON."""
    return _COURSE.dump_json(course)


def shelved_json(course: Course) -> bytes:
    """A course as JSON without the text of its steps."""
    return _COURSE.dump_json(course, exclude=_TEXT_OF_ALL)


def shelved(course: Course, opened: OpenCourses) -> Course:
    """The course read from `shelved_json`, made to fetch its text from `opened`."""
    slug, version = course.slug, course.version
    for place, step in enumerate(course.steps):
        # the same memory as a Step's: only what is asked of it and not there is answered otherwise
        object.__setattr__(step, "__class__", ShelvedStep)
        for name in TEXT:
            del step.__dict__[name]
        step.__dict__["fetch"] = partial(opened.step, slug, version, place)
    return course


def _whole(step: Step) -> Step:
    whole = step.__dict__.get("fetch")
    return whole() if whole else step
