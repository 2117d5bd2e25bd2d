"""Before handing in: which questions are answered, and what is left."""

import pytest
from flask.testing import FlaskClient

from app.content.models import Course
from app.quizzes.models import Attempt
from tests.quizzes.exam import answer, answer_all, begin, sit


@pytest.fixture
def attempt(as_learner: FlaskClient, course: Course) -> Attempt:
    """An open attempt of the learner."""
    return begin(as_learner)


def test_it_counts_what_is_left_and_leads_there(as_learner: FlaskClient, attempt: Attempt) -> None:
    answer(as_learner, attempt, 1, attempt.questions[0].options[0].id)
    page = as_learner.get(f"/attempts/{attempt.id}/review").text
    assert "Còn 4 câu chưa trả lời xong" in page
    assert "Làm tiếp câu 2" in page
    assert page.count("Chưa trả lời<") == 4
    assert "Nộp bài luôn" in page


def test_when_all_is_answered_one_hands_in(as_learner: FlaskClient, attempt: Attempt) -> None:
    answer_all(as_learner, attempt)
    page = as_learner.get(f"/attempts/{attempt.id}/review").text
    assert "Đã trả lời hết các câu" in page
    assert "Nộp bài" in page
    assert "Làm tiếp câu" not in page


def test_a_submitted_attempt_has_no_review(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner)
    assert as_learner.get(f"/attempts/{done.id}/review").location == f"/attempts/{done.id}"


def test_someone_elses_and_unknown_ones_are_missing(
    as_stranger: FlaskClient, attempt: Attempt
) -> None:
    for number in (attempt.id, attempt.id + 1):
        assert as_stranger.get(f"/attempts/{number}/review").status_code == 404


def test_signed_out_one_signs_in_first(client: FlaskClient, attempt: Attempt) -> None:
    assert "/login" in client.get(f"/attempts/{attempt.id}/review").location


def test_it_is_only_read(as_learner: FlaskClient, attempt: Attempt) -> None:
    assert as_learner.post(f"/attempts/{attempt.id}/review").status_code == 405
