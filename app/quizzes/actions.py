"""Start a test, save an answer, submit: the door through which a passed test enters the river."""

import math
import random
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts import audit, operations
from app.accounts.models import Person
from app.accounts.queries import survivor_id
from app.accounts.signed_in import Someone
from app.content.drawing import draw
from app.content.grading import Grade, grade
from app.content.models import Course, Question, Step, TestRule
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step, enrol
from app.learning.queries import progress
from app.lib import clock
from app.quizzes import queries
from app.quizzes.models import Attempt, AttemptAnswer
from app.quizzes.queries import State

SYSTEM_RANDOM = random.SystemRandom()


class CannotStart(Exception):
    """No attempt was started; the subclass says why."""


class AlreadyPassed(CannotStart):
    """The test is passed already."""


class NoAttemptsLeft(CannotStart):
    """All attempts that the test allows were used."""


class MustWait(CannotStart):
    """The last attempt failed a short while ago; `until` is when the next may start."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class AlreadySubmitted(Exception):
    """The attempt was handed in; its answers stay as they are."""


class TestWithdrawn(Exception):
    """The test is no longer in its course; the attempt stays open and keeps its answers."""

    __test__ = False  # pytest would take the name for a test class


@dataclass(frozen=True)
class Result:
    """What a submitted attempt came to."""

    percent: int
    passed: bool


def start(
    person: Someone,
    course: Course,
    step: Step,
    op_id: str,
    rng: random.Random = SYSTEM_RANDOM,
) -> Attempt:
    """A new attempt with its own paper, or the one that is still open; also enrols.

    Raises MustWait, NoAttemptsLeft or AlreadyPassed by the step's rule, and OperationConflict.
    """
    _lock(person)
    standing = queries.standing(person.id, step, progress(person.id, course))
    _refuse(standing)
    replay = operations.begin(op_id, person.id, "start_test", [course.slug, step.slug])
    attempt_id = int(replay.outcome) if replay else standing.open_id
    attempt = db.session.get(Attempt, attempt_id) if attempt_id else None
    if attempt is None:
        attempt = _new_attempt(person, course, step, op_id, draw(step, rng))
        enrol(person, course, f"test-{op_id}")
    operations.conclude(op_id, str(attempt.id))
    return attempt


def _lock(person: Someone) -> None:
    """One start at a time per person, so that the limit of attempts holds in a race."""
    db.session.execute(
        select(Person.id).where(Person.id == person.id).with_for_update(key_share=True)
    )


def _refuse(standing: queries.Standing) -> None:
    if standing.state is State.PASSED:
        raise AlreadyPassed
    if standing.state is State.EXHAUSTED:
        raise NoAttemptsLeft
    if standing.until is not None:
        raise MustWait(standing.until)


def _new_attempt(
    person: Someone, course: Course, step: Step, op_id: str, paper: tuple[Question, ...]
) -> Attempt:
    rule = step.test or TestRule(pass_percent=100)
    attempt = Attempt(
        person_id=person.id,
        course_slug=course.slug,
        step_slug=step.slug,
        course_title=course.title,
        step_title=step.title,
        version=course.version,
        paper=[question.model_dump(mode="json") for question in paper],
        pass_percent=rule.pass_percent,
        answers={},
        started_at=clock.now(),
        op_id=op_id,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def save_answer(
    attempt: Attempt, number: int, answer: list[str], op_id: str, *, at_once: bool = False
) -> None:
    """Keep the answer to question `number` of the paper; the last one saved counts.

    `answer` as `answers.read_answer` gives it; `at_once`: it comes straight from the learner, so
    that its moment tells how long the question took. Raises LookupError for a number beyond the
    paper, AlreadySubmitted and OperationConflict; then nothing was changed.
    """
    question = attempt.question(number)
    if question is None:
        raise LookupError(number)
    attempt = _locked(attempt)
    if not attempt.is_open:
        raise AlreadySubmitted
    if operations.begin(op_id, attempt.person_id, "answer", [attempt.id, number, answer]):
        return
    attempt.answers = {**attempt.answers, question.id: answer}
    if at_once:
        _note_the_time(attempt, question, answer)
    db.session.flush()


def _note_the_time(attempt: Attempt, question: Question, answer: list[str]) -> None:
    """The question came up with the act before; only its first answer is timed."""
    now, times = clock.now(), attempt.times or {}
    if any(answer) and question.id not in times:
        came_up = attempt.acted_at or attempt.started_at
        attempt.times = {**times, question.id: [came_up.isoformat(), now.isoformat()]}
    attempt.acted_at = now


def submit(attempt: Attempt, course: Course | None, step: Step | None, op_id: str) -> Result:
    """Grade an attempt by its frozen paper and, when passed, complete the step: one transaction.

    `course` and `step` as they are now. Submitting again, from whatever device, gives the same
    result. Raises TestWithdrawn when one of them is None, and OperationConflict.
    """
    attempt = _locked(attempt)
    if attempt.is_open:
        if course is None or step is None:
            raise TestWithdrawn
        if operations.begin(op_id, attempt.person_id, "submit_test", attempt.id) is None:
            _grade(attempt)
            _complete(attempt, course, step)
    return Result(attempt.percent or 0, bool(attempt.passed))


def _locked(attempt: Attempt) -> Attempt:
    """The attempt as it is now; rivals wait until this transaction ends."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.id == attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _grade(attempt: Attempt) -> None:
    graded = [(item, grade(item, attempt.answer(item.id))) for item in attempt.questions]
    attempt.percent = percent_of([mark.points for _, mark in graded])
    attempt.passed = attempt.percent >= attempt.pass_percent
    attempt.submitted_at = clock.now()
    # left open when two records of one human being were joined: now it counts among the others
    attempt.person_id = survivor_id(attempt.person_id)
    db.session.add_all(
        _graded_answer(attempt, position, question, mark)
        for position, (question, mark) in enumerate(graded, start=1)
    )
    attempt.times = None
    audit.record(
        attempt.person_id,
        "grade",
        f"attempt {attempt.id}",
        f"{attempt.course_slug}/{attempt.step_slug}@{attempt.version}"
        f" · {attempt.percent}/100 · {'đạt' if attempt.passed else 'chưa đạt'}",
    )
    db.session.flush()


def percent_of(points: list[float]) -> int:
    """The share of points reached, in percent, rounded down; each question weighs the same."""
    if not points:
        return 0
    # thirds of a point add up to a hair less than a whole
    return math.floor(100 * math.fsum(points) / len(points) + 1e-9)


def _graded_answer(
    attempt: Attempt, position: int, question: Question, mark: Grade
) -> AttemptAnswer:
    shown_at, answered_at = _times(attempt, question)
    return AttemptAnswer(
        attempt_id=attempt.id,
        position=position,
        question_id=question.id,
        course_slug=attempt.course_slug,
        skill=question.skill,
        points=mark.points,
        right=mark.right,
        chosen=attempt.answer(question.id),
        shown_at=shown_at,
        answered_at=answered_at,
    )


def _times(attempt: Attempt, question: Question) -> tuple[datetime | None, datetime | None]:
    shown, answered = (attempt.times or {}).get(question.id, (None, None))
    if shown is None or answered is None:
        return None, None
    return datetime.fromisoformat(shown), datetime.fromisoformat(answered)


def _complete(attempt: Attempt, course: Course, step: Step) -> None:
    person = db.session.get_one(Person, survivor_id(attempt.person_id))
    if attempt.passed:
        op_id = f"attempt-{attempt.id}"
        complete_step(person, course, step, Evidence.SELF, op_id, score=attempt.percent)
