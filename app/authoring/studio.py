"""The courses on disk as a trainer sees them: what is served, and what is wrong with the files."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from app.authoring.pool import tests_of
from app.content.checker import check
from app.content.library import Library
from app.content.models import Course, StepKind
from app.content.problems import Problem
from app.content.programme import FILE


class State(StrEnum):
    """What learners get of a course."""

    SERVED = "served"
    DRAFT = "draft"
    BROKEN = "broken"
    BROKEN_DRAFT = "broken_draft"
    ABSENT = "absent"


@dataclass(frozen=True)
class Entry:
    """A course folder. `course`: the newest good version, None if there never was one;
    `problems`: why the files on disk are not that version, empty when they are."""

    slug: str
    course: Course | None
    problems: tuple[Problem, ...] = ()

    @property
    def state(self) -> State:
        """What learners get."""
        if self.course is None:
            return State.ABSENT
        if self.problems:
            return State.BROKEN if self.course.published else State.BROKEN_DRAFT
        return State.SERVED if self.course.published else State.DRAFT

    @property
    def errors(self) -> int:
        """How many problems keep the files from being served."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def lessons(self) -> int:
        """How many lessons the served version has."""
        steps = self.course.steps if self.course else ()
        return sum(step.kind is StepKind.LESSON for step in steps)

    @property
    def pool(self) -> dict[str, int]:
        """How many test questions there are of each skill, by skill."""
        tests = tests_of(self.course) if self.course else ()
        skills = Counter(question.skill or "–" for test in tests for question in test.questions)
        return dict(sorted(skills.items()))


def entries(library: Library) -> list[Entry]:
    """Every course folder: by code those that have a good version, then by slug the others."""
    broken = library.problems
    served = [
        Entry(course.slug, course, tuple(broken.get(course.slug, ())))
        for course in library.courses()
    ]
    absent = sorted(broken.keys() - {entry.slug for entry in served} - {FILE})
    return served + [Entry(slug, None, tuple(broken[slug])) for slug in absent]


def entry(library: Library, slug: str) -> Entry | None:
    """The course folder with this slug, or None."""
    return next((found for found in entries(library) if found.slug == slug), None)


def programme_problems(library: Library) -> list[Problem]:
    """What is wrong with `programme.yaml` at present."""
    return library.problems.get(FILE, [])


def all_problems(entry: Entry, courses: Path, programme: str, day: object) -> tuple[Problem, ...]:
    """Errors and remarks about a course's files, remarks on a good version included.

    `programme` and `day` (any texts or values that change when these do) are what a check
    depends on beside the files; a version is checked once for each.
    """
    if entry.course is None or entry.problems:
        return entry.problems
    return _checked(courses / entry.slug, entry.course.version, programme, day)


@lru_cache(maxsize=64)
def _checked(folder: Path, _version: str, _programme: str, _day: object) -> tuple[Problem, ...]:
    return tuple(check(folder))
