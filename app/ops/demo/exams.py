"""How invented people sit a test: some questions are harder, and a try is meant to pass or fail."""

import random

from app.accounts.models import Person
from app.content.models import Course, Question, QuestionKind, Step
from app.extensions import db
from app.lib.hashing import digest
from app.lib.ids import operation_id
from app.quizzes.actions import start, submit
from app.quizzes.models import Attempt

# one question of a test trips nearly everybody up, so that the trainer has something to mend
TRICKY, HARDEST = 500, 6


def sit(
    rng: random.Random, person: Person, course: Course, step: Step, *, passing: bool
) -> Attempt:
    """Start a test and answer every question, so that handing it in passes or fails as wanted."""
    attempt = start(person, course, step, operation_id(), rng)
    questions = attempt.questions
    most = len(questions) * (100 - attempt.pass_percent) // 100
    slips = rng.randint(0, most) if passing else rng.randint(most + 1, most + 4)
    tricky = min(step.questions, key=lambda question: digest(question.id)).id
    hardness = [TRICKY if q.id == tricky else _hardness(q) for q in questions]
    wrong = _wrong(rng, [question.id for question in questions], hardness, slips)
    attempt.answers = {
        question.id: _mistaken(rng, question) if question.id in wrong else _right(question)
        for question in questions
    }
    db.session.flush()
    return attempt


def hand_in(attempt: Attempt, course: Course, step: Step) -> None:
    """Submit the attempt: graded, credited, awarded by the rooms below."""
    submit(attempt, course, step, operation_id())


def _wrong(rng: random.Random, ids: list[str], hardness: list[int], slips: int) -> set[str]:
    """The ids of the questions answered wrongly: the hard ones first, more or less."""
    # Efraimidis and Spirakis: weighted sampling without replacement
    keys = {one: rng.random() ** (1 / weight) for one, weight in zip(ids, hardness, strict=True)}
    return set(sorted(ids, key=keys.__getitem__)[len(ids) - slips :])


def _hardness(question: Question) -> int:
    return 1 + int(digest(question.id)[:8], 16) % HARDEST


def _right(question: Question) -> list[str]:
    if question.kind in (QuestionKind.SHORT, QuestionKind.NUMBER):
        return [question.right[0]]
    return list(question.right)


def _mistaken(rng: random.Random, question: Question) -> list[str]:
    """An answer that earns no point at all."""
    if question.kind in (QuestionKind.SHORT, QuestionKind.NUMBER):
        return []
    if question.kind in (QuestionKind.ORDER, QuestionKind.MATCH):
        return list(question.right[1:] + question.right[:1])
    wrong = sorted(option.id for option in question.options if option.id not in question.right)
    # most people fall for the same wrong answer
    return [wrong[0] if rng.random() < 0.6 else rng.choice(wrong)]
