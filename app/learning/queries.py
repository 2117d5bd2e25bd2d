"""Reads of the ledger: what is done, what is left, where to go on."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.content.models import Course, Step, StepKind
from app.extensions import db
from app.learning.models import Enrolment, StepCredit


@dataclass(frozen=True)
class Progress:
    """How far a person is in a course; always derived from the ledger and the course's steps."""

    course: Course
    enrolled: bool
    done: frozenset[str]
    last_step: str = ""

    @property
    def total(self) -> int:
        """How many steps the course has."""
        return len(self.course.steps)

    @property
    def done_count(self) -> int:
        """How many of the course's present steps are completed."""
        return sum(step.slug in self.done for step in self.course.steps)

    @property
    def left(self) -> list[Step]:
        """The steps still to complete, in order."""
        return [step for step in self.course.steps if step.slug not in self.done]

    @property
    def tests_left(self) -> int:
        """How many of the steps still to complete are tests."""
        return sum(step.kind is StepKind.TEST for step in self.left)

    @property
    def complete(self) -> bool:
        """Whether the course's rule is met: every step completed."""
        return not self.left

    @property
    def next_step(self) -> Step:
        """Where to go on: the first step to do after the last one touched, else the first left."""
        slugs = [step.slug for step in self.course.steps]
        start = slugs.index(self.last_step) if self.last_step in slugs else 0
        after = [step for step in self.course.steps[start:] if step.slug not in self.done]
        return (after or self.left or list(self.course.steps))[0]


# put together once: they run with every lesson and every start page
_TAKEN = (
    select(Enrolment.course_slug, Enrolment.last_step, StepCredit.step_slug)
    .outerjoin(
        StepCredit,
        (StepCredit.person_id == Enrolment.person_id)
        & (StepCredit.course_slug == Enrolment.course_slug),
    )
    .where(Enrolment.person_id == bindparam("person_id"))
)
_ONE_COURSE = _TAKEN.where(Enrolment.course_slug == bindparam("course_slug"))
_ALL_COURSES = _TAKEN.order_by(Enrolment.active_at.desc(), Enrolment.course_slug)


def progress(person_id: int, course: Course) -> Progress:
    """How far a person is in one course, in one query."""
    rows = db.session.execute(
        _ONE_COURSE, {"person_id": person_id, "course_slug": course.slug}
    ).all()
    done = frozenset(step for _, _, step in rows if step is not None)
    return Progress(course, bool(rows), done, rows[0].last_step if rows else "")


def progress_of_all(person_id: int, courses: tuple[Course, ...]) -> list[Progress]:
    """How far a person is in each course taken, most recently active first, in one query."""
    by_slug = {course.slug: course for course in courses}
    done: dict[str, set[str]] = {}
    last: dict[str, str] = {}
    for slug, last_step, step in db.session.execute(_ALL_COURSES, {"person_id": person_id}):
        last.setdefault(slug, last_step)
        done.setdefault(slug, set()).update([step] if step else [])
    return [
        Progress(by_slug[slug], True, frozenset(done[slug]), last[slug])
        for slug in last
        if slug in by_slug
    ]


def scores(person_id: int, course: Course) -> list[int]:
    """The percents of the tests passed in a course, in the order of the credits."""
    return list(
        db.session.scalars(
            select(StepCredit.score)
            .where(
                StepCredit.person_id == person_id,
                StepCredit.course_slug == course.slug,
                StepCredit.score.is_not(None),
            )
            .order_by(StepCredit.credited_at, StepCredit.step_slug)
        )
    )
