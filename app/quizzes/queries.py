"""Reads about attempts: one's own, what one may do now, and how each question is answered."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Text, case, cast, func, select

from app.accounts.queries import records
from app.content.grading import grade
from app.content.models import Question, Step, TestRule
from app.extensions import db
from app.learning.queries import Progress
from app.lib import clock
from app.quizzes.models import Attempt, AttemptAnswer

WRONG_ANSWERS_SHOWN = 3
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


class WrongAnswer(NamedTuple):
    """A wrong answer (option ids or a text, as chosen) and how often it was given."""

    chosen: list[str]
    times: int


class QuestionStatistics(NamedTuple):
    """How a question of a test is answered: times asked, shares 0..1, commonest wrong answers."""

    question_id: str
    times: int
    right_share: float
    mean_points: float
    wrong_answers: list[WrongAnswer]


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


def question_statistics(
    course_slug: str, limit: int = 100, offset: int = 0
) -> list[QuestionStatistics]:
    """How the questions of a course's tests are answered, hardest first, then by id.

    Only submitted attempts count. `wrong_answers`: at most three, commonest first; an answer
    to a multiple choice, ordering or matching counts as a whole.
    """
    share = func.avg(case((AttemptAnswer.right, 1.0), else_=0.0))
    rows = db.session.execute(
        select(AttemptAnswer.question_id, func.count(), share, func.avg(AttemptAnswer.points))
        .where(AttemptAnswer.course_slug == course_slug)
        .group_by(AttemptAnswer.question_id)
        .order_by(share, AttemptAnswer.question_id)
        .limit(limit)
        .offset(offset)
    ).all()
    wrong = _wrong_answers(course_slug, [row[0] for row in rows])
    return [
        QuestionStatistics(name, times, float(right), float(mean), wrong.get(name, []))
        for name, times, right, mean in rows
    ]


def _wrong_answers(course_slug: str, question_ids: list[str]) -> dict[str, list[WrongAnswer]]:
    rows = db.session.execute(_commonest_wrong(course_slug, question_ids))
    found: dict[str, list[WrongAnswer]] = {}
    for question_id, chosen, times in rows:
        found.setdefault(question_id, []).append(WrongAnswer(json.loads(chosen), times))
    return found


def _commonest_wrong(course_slug: str, question_ids: list[str]) -> Any:
    asked, chosen = AttemptAnswer.question_id, cast(AttemptAnswer.chosen, Text)
    place = func.row_number().over(partition_by=asked, order_by=(func.count().desc(), chosen))
    counted = (
        select(asked, chosen.label("chosen"), func.count().label("times"), place.label("place"))
        .where(
            AttemptAnswer.course_slug == course_slug,
            asked.in_(question_ids),
            AttemptAnswer.right.is_(False),
            chosen != "[]",
        )
        .group_by(asked, chosen)
        .subquery()
    )
    return (
        select(counted.c.question_id, counted.c.chosen, counted.c.times)
        .where(counted.c.place <= WRONG_ANSWERS_SHOWN)
        .order_by(counted.c.question_id, counted.c.place)
    )


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
