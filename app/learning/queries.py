"""Reads of the ledger: what is done, what is left, where to go on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from app.accounts.models import Person
from app.certificates.models import Award, AwardInForce
from app.content.models import Course, Step, StepKind
from app.db import Prepared, columns
from app.extensions import db
from app.learning.assignments import Due, dues_of_person, dues_read
from app.learning.models import Enrolment, ReminderChoice, StepCredit
from app.lib import clock
from app.units.queries import lives_somewhere, today


@dataclass(frozen=True)
class Progress:
    """How far a person is in a course; always derived from the ledger and the course's steps.

    `done` holds slugs of present steps, whatever they were called when they were completed.
    """

    course: Course
    enrolled: bool
    done: frozenset[str]
    last_step: str = ""

    @property
    def total(self) -> int:
        """How many steps everybody has to complete."""
        return len(self.course.required)

    @property
    def done_count(self) -> int:
        """How many of these steps are completed."""
        return sum(step.slug in self.done for step in self.course.required)

    @property
    def left(self) -> list[Step]:
        """The steps still to complete, in order."""
        return [step for step in self.course.required if step.slug not in self.done]

    @property
    def tests_left(self) -> int:
        """How many of the steps still to complete are tests."""
        return sum(step.kind is StepKind.TEST for step in self.left)

    @property
    def complete(self) -> bool:
        """Whether the course's rule is met: every required step completed."""
        return not self.left

    @property
    def next_step(self) -> Step:
        """Where to go on: the first step to do after the last one touched, else the first left."""
        required, last = self.course.required, self.course.present(self.last_step)
        start = max(self.course.position(last.slug)[0] - 1, 0) if last else 0
        after = [step for step in required[start:] if step.slug not in self.done]
        return (after or self.left or list(required))[0]


# put together once, of columns: they run with every lesson and every start page
_enrolment, _credit = columns(Enrolment), columns(StepCredit)
# a row for each course and not for each credit: the slugs credited, with spaces
_CREDITS = (
    select(func.aggregate_strings(_credit.step_slug, " "))
    .where(_credit.person_id == _enrolment.person_id, _credit.course_slug == _enrolment.course_slug)
    .correlate(Enrolment.__table__)
    .scalar_subquery()
)
_TAKEN = select(_enrolment.course_slug, _enrolment.last_step, _CREDITS).where(
    _enrolment.person_id == bindparam("person_id")
)
_ONE_COURSE = Prepared(_TAKEN.where(_enrolment.course_slug == bindparam("course_slug")))
_ALL_COURSES = Prepared(_TAKEN.order_by(_enrolment.active_at.desc(), _enrolment.course_slug))


def progress(person_id: int, course: Course) -> Progress:
    """How far a person is in one course, in one query."""
    row = _ONE_COURSE.execute(person_id=person_id, course_slug=course.slug).one_or_none()
    if row is None:
        return Progress(course, False, frozenset())
    _, last_step, credits = row
    return Progress(course, True, course.credited(frozenset((credits or "").split())), last_step)


# who did nothing for so long rests
RESTS_AFTER = timedelta(days=7)


class Paper(NamedTuple):
    """What a page needs to point at a certificate in force."""

    code: str
    printed_number: str
    awarded_on: date


@dataclass(frozen=True)
class Standing:
    """Where a person stands: courses taken, most recently active first; certificates in force
    by course; whether it is known where they live; when they last did anything, whether they
    want no reminders; and what their office asks them to finish by when, the nearest first."""

    taken: list[Progress]
    papers: dict[str, Paper]
    has_home: bool
    active_at: datetime | None = None
    reminders_off: bool = False
    dues: Mapping[str, Due] = field(default_factory=dict)

    @property
    def rests(self) -> bool:
        """Whether they did nothing for a while and may be reminded."""
        if self.reminders_off or self.active_at is None:
            return False
        return self.active_at <= clock.now() - RESTS_AFTER


# one question instead of three: it runs with every start page
_award, _held, _choice = columns(Award), columns(AwardInForce), columns(ReminderChoice)
_STANDING = Prepared(
    select(
        _enrolment.course_slug,
        _enrolment.last_step,
        _CREDITS,
        _award.code,
        _award.printed_number,
        _award.awarded_on,
        lives_somewhere(columns(Person).id),
        _enrolment.active_at,
        _choice.off_at,
        dues_of_person(),
    )
    .select_from(
        Person.__table__.outerjoin(Enrolment.__table__, _enrolment.person_id == columns(Person).id)
        .outerjoin(
            AwardInForce.__table__,
            (_held.person_id == _enrolment.person_id)
            & (_held.course_slug == _enrolment.course_slug),
        )
        .outerjoin(Award.__table__, _award.id == _held.award_id)
        .outerjoin(ReminderChoice.__table__, _choice.person_id == columns(Person).id)
    )
    .where(columns(Person).id == bindparam("person_id"))
    .order_by(_enrolment.active_at.desc(), _enrolment.course_slug)
)


def standing(person_id: int, courses: tuple[Course, ...]) -> Standing:
    """Where a person stands in these courses, in one query."""
    rows = _STANDING.execute(person_id=person_id, today=today()).all()
    taken = [row for row in rows if row[0] is not None]
    papers = {row[0]: Paper(*row[3:6]) for row in taken if row[3] is not None}
    *_, has_home, active_at, off_at, dues = rows[0] if rows else (None,) * 10
    return Standing(
        by_course(taken, courses),
        papers,
        bool(has_home),
        active_at,
        off_at is not None,
        dues_read(dues),
    )


def progress_of_all(person_id: int, courses: tuple[Course, ...]) -> list[Progress]:
    """How far a person is in each course taken, most recently active first, in one query."""
    return by_course(_ALL_COURSES.execute(person_id=person_id), courses)


def by_course(rows: Iterable[Any], courses: tuple[Course, ...]) -> list[Progress]:
    """Progress from rows that begin with a course, the last step touched and credited slugs.

    The slugs are one or several with spaces; a course may have several rows.
    """
    by_slug = {course.slug: course for course in courses}
    done: dict[str, set[str]] = {}
    last: dict[str, str] = {}
    for slug, last_step, credits, *_ in rows:
        last.setdefault(slug, last_step)
        done.setdefault(slug, set()).update((credits or "").split())
    return [
        Progress(course, True, course.credited(frozenset(done[slug])), last[slug])
        for slug in last
        if (course := by_slug.get(slug))
    ]


def scores(person_id: int, course: Course) -> list[int]:
    """The percents of the tests passed that still count in a course, in the order of the
    credits."""
    passed = db.session.execute(
        select(StepCredit.step_slug, StepCredit.score)
        .where(
            StepCredit.person_id == person_id,
            StepCredit.course_slug == course.slug,
            StepCredit.score.is_not(None),
        )
        .order_by(StepCredit.credited_at, StepCredit.step_slug)
    )
    return [score for slug, score in passed if score is not None and course.present(slug)]


def lock_enrolments(person_id: int, slugs: Iterable[str]) -> None:
    """Wait for whoever changes these enrolments of a person, and hold them, in a fixed order."""
    db.session.execute(
        select(Enrolment.course_slug)
        .where(Enrolment.person_id == person_id, Enrolment.course_slug.in_(list(slugs)))
        .order_by(Enrolment.course_slug)
        .with_for_update()
    )
