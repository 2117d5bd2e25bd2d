"""Enrol, and the one verb of the river: complete a step."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from app.accounts import operations
from app.accounts.signed_in import Someone, helped_in
from app.certificates.actions import award
from app.certificates.models import Award
from app.certificates.queries import in_force, lines_of_course
from app.content.models import Course, Step
from app.counts.models import Evidence
from app.db import Prepared, columns, inserting_once, typed
from app.extensions import db
from app.learning.models import Enrolment, StepCredit
from app.learning.queries import Progress, progress, scores
from app.lib import clock


@dataclass(frozen=True)
class Completion:
    """What completing a step led to; `award` is set once the whole course is complete."""

    credited: bool
    award: Award | None


def enrol(person: Someone, course: Course, op_id: str) -> Award | None:
    """Take a course; taking it again changes nothing.

    Where nothing of it is left, because a newer version asks for less, its award is entered.
    """
    if operations.begin(op_id, person.id, "enrol", course.slug) is None:
        _touch(person, course, "")
    return award_if_complete(person, course)


def complete_step(
    person: Someone,
    course: Course,
    step: Step,
    evidence: Evidence,
    op_id: str,
    *,
    score: int | None = None,
) -> Completion:
    """Credit a step once and, when that meets the course's rule, enter the award.

    One transaction, the caller's. `score` is the percent of a test passed. The same `op_id`
    again changes nothing; with other content it raises OperationConflict. What is done beside a
    helper is `assisted`, whatever the door says, and keeps the number of that session.
    """
    content = [course.slug, step.slug, str(evidence), score]
    if operations.begin(op_id, person.id, "complete_step", content):
        return Completion(False, None)
    _touch(person, course, step.slug)
    known = _credit(person, course, step, evidence, op_id, score)
    if known is None:
        done = progress(person.id, course).complete
        return Completion(False, in_force(person.id, course.slug) if done else None)
    if not Progress(course, True, course.credited(known | {step.slug})).complete:
        return Completion(True, None)
    line = award(person, course, _result(person, course), _weakest(person, course))
    return Completion(True, line)


def award_if_complete(person: Someone, course: Course) -> Award | None:
    """Enter the award of a course of which nothing is left: credits came together from two
    records, or a newer version asks for less. None where something is left, or a line of the
    register stands already."""
    if not progress(person.id, course).complete or lines_of_course(person.id, course.slug):
        return None
    return award(person, course, _result(person, course), _weakest(person, course))


def _credit(
    person: Someone, course: Course, step: Step, evidence: Evidence, op_id: str, score: int | None
) -> frozenset[str] | None:
    """Credit a step; which were credited before, or None where this one was."""
    session_id = helped_in(person)
    row = _CREDIT.execute(
        person_id=person.id,
        course_slug=course.slug,
        step_slug=step.slug,
        version=course.version,
        evidence=Evidence.ASSISTED if session_id else evidence,
        helped_in=session_id,
        score=score,
        op_id=op_id,
        credited_at=clock.now(),
        whose=person.id,
        of_course=course.slug,
    ).one_or_none()
    return None if row is None else frozenset((row[0] or "").split())


def _crediting(dialect: str) -> Any:
    """Insert a credit that is not there yet, and tell which steps were credited before."""
    credit = columns(StepCredit)
    earlier = select(func.aggregate_strings(credit.step_slug, " ")).where(
        credit.person_id == bindparam("whose"), credit.course_slug == bindparam("of_course")
    )
    names = [column.name for column in credit]
    return inserting_once(dialect, StepCredit, names).returning(earlier.scalar_subquery())


_CREDIT = Prepared(_crediting)
_TOUCH = Prepared(
    typed(
        "INSERT INTO enrolment"
        " (person_id, course_slug, version, last_step, enrolled_at, active_at)"
        " VALUES (:person_id, :course_slug, :version, :last_step, :enrolled_at, :active_at)"
        " ON CONFLICT (person_id, course_slug) DO UPDATE SET active_at = excluded.active_at,"
        " last_step = CASE excluded.last_step"
        " WHEN '' THEN enrolment.last_step ELSE excluded.last_step END",
        Enrolment,
        ("person_id", "course_slug", "version", "last_step", "enrolled_at", "active_at"),
    )
)


def _touch(person: Someone, course: Course, step_slug: str) -> None:
    """Enrol or note where the learner is; the row stays locked, so rivals wait their turn."""
    now = clock.now()
    _TOUCH.execute(
        person_id=person.id,
        course_slug=course.slug,
        version=course.version,
        last_step=step_slug,
        enrolled_at=now,
        active_at=now,
    )


def _result(person: Someone, course: Course) -> str:
    passed = scores(person.id, course)
    return f"Đạt, {round(sum(passed) / len(passed))}/100 điểm" if passed else "Hoàn thành"


def _weakest(person: Someone, course: Course) -> Evidence:
    """A course is known only as well as its weakest step."""
    known = set(
        db.session.scalars(
            select(StepCredit.evidence).where(
                StepCredit.person_id == person.id, StepCredit.course_slug == course.slug
            )
        )
    )
    return next(evidence for evidence in Evidence if evidence in known)
