"""What a device may hand in, kind by kind: each calls the one verb of the door it stands for."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from app.accounts.operations import OperationConflict
from app.accounts.signed_in import Someone, helped_in
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.actions import enrol as take_course
from app.learning.asks import LONGEST_ASK, TooManyOpen
from app.learning.asks import ask as ask_helpers
from app.learning.queries import progress
from app.lessons import actions as lessons
from app.lessons.models import LONGEST_NOTE
from app.lib import clock
from app.lib.ids import read_operation_id
from app.quizzes import actions as tests
from app.quizzes.answers import BadAnswer, read_answer
from app.quizzes.models import Attempt
from app.quizzes.queries import attempt_of
from app.sync.batch import Sent
from app.sync.models import CarriedPaper
from app.sync.reasons import NotTaken

LAST_PARAGRAPH = 9999
MOST_REPLACED = 50
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Taken(NamedTuple):
    """An act that stands: `again` when it stood already; `outcome` is told to the device."""

    again: bool = False
    outcome: dict[str, Any] | None = None


def enrol(person: Someone, sent: Sent) -> Taken:
    """Take a course."""
    course = _course(sent)
    again = progress(person.id, course).enrolled
    take_course(person, course, sent.op)
    return Taken(again)


def complete(person: Someone, sent: Sent) -> Taken:
    """Complete a lesson; one that was renamed since counts under its old name."""
    course = _course(sent)
    step = _lesson(course, sent.step)
    evidence = Evidence.ASSISTED if sent.helper else Evidence.SELF
    try:
        done = complete_step(person, course, step, evidence, sent.op)
    except OperationConflict:
        # the same act may have come in for a person whose record was merged since
        if step.slug in progress(person.id, course).done:
            return Taken(again=True)
        raise
    return Taken(again=not done.credited)


def hand_in(person: Someone, sent: Sent) -> Taken:
    """Hand in a paper that was carried along: graded by what was drawn, whatever came since.

    The rules of tests were asked when the attempt was opened. An attempt that was handed in
    meanwhile keeps its grade.
    """
    if sent.helper or helped_in(person):
        raise NotTaken("helped")
    attempt, answers = _paper(person, sent)
    if not {question.id for question in attempt.questions}.issuperset(answers):
        raise NotTaken("answers_unfit")
    for number, question in enumerate(attempt.questions, start=1):
        if question.id in answers:
            answer = _read(attempt, number, answers[question.id])
            tests.save_answer(attempt, number, answer, f"{sent.op}-{number}")
    course = shelf.library.course(attempt.course_slug)
    try:
        result = tests.submit(attempt, course, _test(course, attempt.step_slug), sent.op)
    except tests.TestWithdrawn:
        raise NotTaken("test_gone") from None
    return Taken(
        outcome={"attempt": attempt.id, "percent": result.percent, "passed": result.passed}
    )


def write_note(person: Someone, sent: Sent) -> Taken:
    """A note beside a lesson; `replaces` names the acts whose notes it takes the place of."""
    step, text = _lesson(_course(sent), sent.step), _text(sent, LONGEST_NOTE)
    lessons.save_note(person, _course(sent), step, text, sent.op, _replaced(sent))
    return Taken()


def bookmark(person: Someone, sent: Sent) -> Taken:
    """Mark a lesson, to find it again."""
    lessons.put_bookmark(person, _course(sent), _lesson(_course(sent), sent.step), sent.op)
    return Taken()


def take_bookmark(person: Someone, sent: Sent) -> Taken:
    """Take off the bookmarks that the acts `replaces` put."""
    step = _lesson(_course(sent), sent.step)
    lessons.take_bookmark(person, _course(sent), step, sent.op, _replaced(sent))
    return Taken()


def read_on(person: Someone, sent: Sent) -> Taken:
    """The paragraph read at. The place read last stands, by the device's clock as it told it;
    a clock that runs ahead of ours cannot say what was last, so its places give way."""
    step, paragraph = _lesson(_course(sent), sent.step), sent.payload.get("paragraph")
    if type(paragraph) is not int or not 0 <= paragraph <= LAST_PARAGRAPH:
        raise NotTaken("malformed")
    told = sent.told_at
    read_at = told if told and LONG_AGO < told <= clock.now() else LONG_AGO
    lessons.read_on(person, _course(sent), step, paragraph, read_at)
    return Taken()


def ask(person: Someone, sent: Sent) -> Taken:
    """Tell the helpers that a lesson is not clear."""
    step, text = _lesson(_course(sent), sent.step), _text(sent, LONGEST_ASK)
    try:
        ask_helpers(person, _course(sent), step, text, sent.op)
    except TooManyOpen:
        raise NotTaken("asked_enough") from None
    return Taken()


KINDS: dict[str, Callable[[Someone, Sent], Taken]] = {
    "enrol": enrol,
    "complete": complete,
    "test": hand_in,
    "note": write_note,
    "bookmark": bookmark,
    "unbookmark": take_bookmark,
    "place": read_on,
    "ask": ask,
}


def _text(sent: Sent, longest: int) -> str:
    text = sent.payload.get("text", "")
    if not isinstance(text, str):
        raise NotTaken("malformed")
    if len(text) > longest:
        raise NotTaken("too_long")
    return text


def _replaced(sent: Sent) -> list[str]:
    replaces = sent.payload.get("replaces", [])
    if not isinstance(replaces, list) or len(replaces) > MOST_REPLACED:
        raise NotTaken("malformed")
    try:
        return [read_operation_id(op_id) for op_id in replaces]
    except (TypeError, ValueError):
        raise NotTaken("malformed") from None


def _course(sent: Sent) -> Course:
    course = shelf.course(sent.course)
    if course is None:
        raise NotTaken("course_gone")
    return course


def _lesson(course: Course, slug: str) -> Step:
    """The lesson that has this slug or had it, under the slug it was studied by."""
    step = course.present(slug)
    if step is None or step.kind is not StepKind.LESSON:
        raise NotTaken("step_gone")
    return step if step.slug == slug else step.model_copy(update={"slug": slug})


def _test(course: Course | None, slug: str) -> Step | None:
    step = course.step(slug) if course else None
    return step if step and step.kind is StepKind.TEST else None


def _paper(person: Someone, sent: Sent) -> tuple[Attempt, dict[str, list[str]]]:
    attempt_id, device = sent.payload.get("attempt"), sent.payload.get("device")
    answers = sent.payload.get("answers")
    if type(attempt_id) is not int or not isinstance(device, str) or not _are_answers(answers):
        raise NotTaken("malformed")
    attempt = attempt_of(person.id, attempt_id) if 0 < attempt_id < 2**31 else None
    if attempt is None:
        raise NotTaken("not_yours")
    if not attempt.is_open:
        raise NotTaken("submitted")
    carried = db.session.get(CarriedPaper, attempt.id)
    if carried is None or carried.device != device:
        raise NotTaken("paper_elsewhere")
    return attempt, answers or {}


def _are_answers(answers: Any) -> bool:
    return isinstance(answers, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values)
        for values in answers.values()
    )


def _read(attempt: Attempt, number: int, values: list[str]) -> list[str]:
    question = attempt.question(number)
    if question is None:
        raise NotTaken("malformed")
    try:
        return read_answer(question, values)
    except BadAnswer:
        raise NotTaken("answers_unfit") from None
