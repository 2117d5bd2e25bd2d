"""Reads about attempts: one's own, what one may do now, and all answers without their learners."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import DateTime, Text, cast, func, select, type_coerce

from app.accounts.queries import records
from app.content.grading import grade
from app.content.models import Question, Step, TestRule
from app.extensions import db
from app.learning.queries import Progress
from app.lib import clock
from app.quizzes.models import Attempt, AttemptAnswer

# an id is a positive 32-bit number
ID_END = 2**31


class PastAttempt(NamedTuple):
    """An attempt without its paper; `nth` counts a person's attempts at this test from 1."""

    id: int
    nth: int
    started_at: datetime
    submitted_at: datetime | None
    percent: int | None
    passed: bool | None


class State(StrEnum):
    """What a learner may do with a test at this moment."""

    START = "start"
    CONTINUE = "continue"
    WAIT = "wait"
    EXHAUSTED = "exhausted"
    PASSED = "passed"


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with a test.

    `past`: newest first, the open one among them; `left`: attempts that may still be started,
    None for no limit; `until`: when the wait ends (WAIT only); `open_id`: CONTINUE only.
    """

    state: State
    past: list[PastAttempt]
    left: int | None
    until: datetime | None = None
    open_id: int | None = None


class Mark(NamedTuple):
    """A question of a submitted attempt as it was graded; `given` as posted, points 0..1."""

    number: int
    question: Question
    given: list[str]
    points: float
    right: bool
    right_html: tuple[str, ...]


class GivenAnswer(NamedTuple):
    """A graded answer without its learner: points 0..1, `chosen` as JSON, and when the question
    came up and was first answered, by the same clock, where that is known."""

    attempt_id: int
    question_id: str
    points: float
    chosen: str
    shown_at: datetime | None
    answered_at: datetime | None


def attempt_of(person_id: int, attempt_id: int) -> Attempt | None:
    """A person's own attempt; None for an unknown one and for someone else's.

    An attempt left open under a record that was merged since is theirs too.
    """
    return db.session.scalars(
        select(Attempt).where(Attempt.id == attempt_id, Attempt.person_id.in_(records(person_id)))
    ).one_or_none()


def attempts(
    person_id: int, course_slug: str, step_slug: str, limit: int = 20
) -> list[PastAttempt]:
    """A person's attempts at a test, newest first, the open one included."""
    rows = db.session.execute(
        select(
            Attempt.id,
            func.row_number().over(order_by=Attempt.id),
            Attempt.started_at,
            Attempt.submitted_at,
            Attempt.percent,
            Attempt.passed,
        )
        .where(
            Attempt.person_id == person_id,
            Attempt.course_slug == course_slug,
            Attempt.step_slug == step_slug,
        )
        .order_by(Attempt.id.desc())
        .limit(limit)
    )
    return [PastAttempt(*row) for row in rows]


def standing(person_id: int, step: Step, progress: Progress) -> Standing:
    """What a person may do now with a test step of the course whose progress is given."""
    past = attempts(person_id, progress.course.slug, step.slug)
    rule = step.test or TestRule(pass_percent=100)
    used = past[0].nth if past else 0
    left = None if rule.attempts is None else max(0, rule.attempts - used)
    if past and past[0].submitted_at is None:
        return Standing(State.CONTINUE, past, left, open_id=past[0].id)
    if step.slug in progress.done:
        return Standing(State.PASSED, past, left)
    if left == 0:
        return Standing(State.EXHAUSTED, past, left)
    until = _wait_ends(past, rule.wait_minutes)
    return Standing(State.WAIT if until else State.START, past, left, until)


def _wait_ends(past: list[PastAttempt], minutes: int) -> datetime | None:
    last = past[0].submitted_at if past else None
    until = last + timedelta(minutes=minutes) if last else None
    return until if until and clock.now() < until else None


def open_attempt_id(attempt: Attempt) -> int | None:
    """The attempt at the same test that its person has not handed in yet, or None."""
    return db.session.scalars(
        select(Attempt.id).where(
            Attempt.person_id == attempt.person_id,
            Attempt.course_slug == attempt.course_slug,
            Attempt.step_slug == attempt.step_slug,
            Attempt.submitted_at.is_(None),
        )
    ).one_or_none()


def marks(attempt: Attempt) -> list[Mark]:
    """The grades of a submitted attempt, in the order of its paper."""
    rows = db.session.scalars(
        select(AttemptAnswer)
        .where(AttemptAnswer.attempt_id == attempt.id)
        .order_by(AttemptAnswer.position)
    )
    return [_mark(row, question) for row, question in zip(rows, attempt.questions, strict=True)]


def _mark(row: AttemptAnswer, question: Question) -> Mark:
    # points and right as they were written then; grading anew only puts the answer into words
    right_html = grade(question, row.chosen).right_html
    return Mark(row.position, question, row.chosen, row.points, row.right, right_html)


def newest_answers(course_slug: str, most: int) -> Iterator[GivenAnswer]:
    """The graded answers of a course's newest submitted attempts, whole attempts one after the
    other, at most `most` answers; streamed, so that memory does not grow with them."""
    whole = AttemptAnswer.course_slug == course_slug
    before = db.session.scalar(
        select(AttemptAnswer.attempt_id)
        .where(whole)
        .order_by(AttemptAnswer.attempt_id.desc())
        .offset(most)
        .limit(1)
    )
    statement = (
        select(
            AttemptAnswer.attempt_id,
            AttemptAnswer.question_id,
            AttemptAnswer.points,
            cast(AttemptAnswer.chosen, Text),
            # only their difference is wanted: to give each its zone would be a third of the work
            type_coerce(AttemptAnswer.shown_at, DateTime),
            type_coerce(AttemptAnswer.answered_at, DateTime),
        )
        .where(whole, AttemptAnswer.attempt_id > (before or 0))
        .order_by(AttemptAnswer.attempt_id, AttemptAnswer.position)
        .execution_options(yield_per=2000)
    )
    with db.session.execute(statement) as rows:
        yield from (GivenAnswer(*row) for row in rows)


def answers_so_far(course_slug: str) -> tuple[int, int]:
    """(how many graded answers a course has, the newest attempt among them): other numbers mean
    that something was handed in since."""
    count, newest = db.session.execute(
        select(func.count(), func.max(AttemptAnswer.attempt_id)).where(
            AttemptAnswer.course_slug == course_slug
        )
    ).one()
    return count, newest or 0


def lock_attempts(person_id: int, numbers: Iterable[int]) -> None:
    """Wait for whoever changes these attempts of a person, and hold them, in a fixed order."""
    known = [number for number in numbers if 0 < number < ID_END]
    if known:
        db.session.execute(
            select(Attempt.id)
            .where(Attempt.person_id.in_(records(person_id)), Attempt.id.in_(known))
            .order_by(Attempt.id)
            .with_for_update()
        )
