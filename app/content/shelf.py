"""The courses that this process serves: one shelf, opened once when the app is made."""

from pathlib import Path

from app.content.library import Library
from app.content.models import Course
from app.content.programme import Programme


class Shelf:
    """Unbound until `open`; afterwards always the newest good version of each course."""

    def __init__(self) -> None:
        self._library: Library | None = None

    def open(self, source: Path, cache: Path | None, watch_seconds: float) -> None:
        """Load the courses of a folder; look for changes every `watch_seconds` (0: never)."""
        self._library = Library(source, cache)
        self._library.refresh()
        if watch_seconds:
            self._library.watch(watch_seconds)

    @property
    def library(self) -> Library:
        """The library behind the shelf. Raises RuntimeError before `open`."""
        if self._library is None:
            raise RuntimeError("the shelf is not open: call create_app first")
        return self._library

    @property
    def programme(self) -> Programme:
        """Groups, skills, indicators and which courses count for them."""
        return self.library.programme

    def courses(self) -> tuple[Course, ...]:
        """All courses, drafts included, by code and slug."""
        return self.library.courses()

    def published(self) -> tuple[Course, ...]:
        """The courses that learners see, by code and slug."""
        return tuple(course for course in self.library.courses() if course.published)

    def course(self, slug: str) -> Course | None:
        """The published course with this slug, or None."""
        course = self.library.course(slug)
        return course if course is not None and course.published else None


shelf = Shelf()
