"""How a learner sits the small test in tests: start, answer, hand in."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.content.models import Question
from app.quizzes.models import Attempt
from tests.acts import post, rows

INTRO = "/courses/thu-nghiem/kiem-tra/test"
START = "/courses/thu-nghiem/kiem-tra/attempts"
LENGTH = 5


def begin(client: FlaskClient) -> Attempt:
    """Press the start button; returns the attempt."""
    assert post(client, START).status_code == 303
    return newest()


def newest() -> Attempt:
    """The attempt started last, read anew."""
    attempt: Attempt = rows(Attempt)[-1]
    return attempt


def wrong_option(question: Question) -> str:
    """An option that is not right."""
    return next(option.id for option in question.options if option.id not in question.right)


def answer(client: FlaskClient, attempt: Attempt, number: int, *values: str) -> TestResponse:
    """Answer one question."""
    question = attempt.question(number)
    assert question is not None
    return post(client, f"/attempts/{attempt.id}/{number}", **{f"q-{question.id}": list(values)})


def answer_all(client: FlaskClient, attempt: Attempt, wrong: int = 0) -> None:
    """Answer every question; the first `wrong` ones wrongly."""
    questions = list(enumerate(attempt.questions, start=1))
    for number, question in questions:
        value = wrong_option(question) if number <= wrong else question.right[0]
        assert answer(client, attempt, number, value).status_code == 303


def hand_in(client: FlaskClient, attempt_id: int) -> TestResponse:
    """Press the button that hands in."""
    return post(client, f"/attempts/{attempt_id}/submission")


def sit(client: FlaskClient, wrong: int = 0) -> Attempt:
    """Start, answer and hand in; returns the graded attempt."""
    attempt = begin(client)
    answer_all(client, attempt, wrong)
    assert hand_in(client, attempt.id).status_code == 303
    return newest()
