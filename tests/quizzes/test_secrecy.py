"""While an attempt is open no right answer is in any response (rule 11)."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.content.models import Course
from app.quizzes.models import Attempt
from tests.quizzes.exam import INTRO, START, answer, begin, hand_in

OPTION = re.compile(r"<label class=\"choice\">.*?</label>", re.DOTALL)


def gives_nothing_away(response: TestResponse, attempt: Attempt) -> None:
    body = response.get_data(as_text=True) + str(response.headers)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "Giải thích riêng" not in body
    for question in attempt.questions:
        assert question.explanation_html not in body
        assert not re.search(r'"?right"?\s*[:=]', body)


def test_no_page_of_an_open_attempt_holds_an_answer(
    as_learner: FlaskClient, course: Course
) -> None:
    attempt = begin(as_learner)
    numbers = range(1, len(attempt.paper) + 1)
    for number in numbers:
        gives_nothing_away(as_learner.get(f"/attempts/{attempt.id}/{number}"), attempt)
        asked = attempt.questions[number - 1]
        saved = answer(as_learner, attempt, number, asked.options[0].id)
        gives_nothing_away(saved, attempt)
        refused = answer(as_learner, attempt, number, "khong-co")
        gives_nothing_away(refused, attempt)
    for address in (INTRO, f"/attempts/{attempt.id}/review", f"/attempts/{attempt.id}"):
        gives_nothing_away(as_learner.get(address), attempt)
    gives_nothing_away(as_learner.post(START, data={"op_id": "1" * 32}), attempt)


def test_right_and_wrong_options_look_the_same(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    page = as_learner.get(f"/attempts/{attempt.id}/1").text
    options = attempt.questions[0].options
    shown = OPTION.findall(page)
    bare = {
        text.replace(option.id, "").replace(option.html, "")
        for text, option in zip(shown, options, strict=True)
    }
    assert len(shown) == 3
    assert len(bare) == 1


def test_the_session_cookie_holds_no_answer(as_learner: FlaskClient, course: Course) -> None:
    begin(as_learner)
    with as_learner.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "_permanent", "csrf_token"}


def test_afterwards_the_result_is_not_kept_either(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    result = as_learner.get(hand_in(as_learner, attempt.id).location)
    assert result.headers["Cache-Control"] == "no-store"
    assert "Giải thích riêng" in result.text
