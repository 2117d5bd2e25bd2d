"""What lies ahead of a learner beside a helper: courses under way, tests, practicals instead."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.content.models import Course, Step, StepKind
from app.learning.queries import Progress


@dataclass(frozen=True)
class Ahead:
    """One course under way: its tests left, and the practicals that may stand for them."""

    progress: Progress
    tests: tuple[Step, ...]
    practicals: tuple[Step, ...]

    @property
    def course(self) -> Course:
        """The course."""
        return self.progress.course

    @property
    def lessons_left(self) -> int:
        """How many lessons are left."""
        return len(self.progress.left) - len(self.tests)


def ahead(taken: Iterable[Progress]) -> list[Ahead]:
    """The courses that are not complete, in the order given."""
    return [
        Ahead(one, tests, practicals(one.course, tests))
        for one in taken
        if one.left
        for tests in [tuple(step for step in one.left if step.kind is StepKind.TEST)]
    ]


def practicals(course: Course, tests: Iterable[Step]) -> tuple[Step, ...]:
    """The practicals of a course that stand instead of one of these tests."""
    slugs = {test.slug for test in tests}
    return tuple(
        step
        for step in course.steps
        if step.kind is StepKind.PRACTICAL and step.instead_of in slugs
    )
