"""One question per screen; every answer is kept, and only what the form can send."""

import pytest
from flask.testing import FlaskClient

from app.content.models import Course
from app.extensions import db
from app.lib.ids import operation_id
from app.quizzes import actions
from app.quizzes.models import Attempt
from tests.acts import post, rows
from tests.quizzes.exam import LENGTH, answer, begin, newest, sit


@pytest.fixture
def attempt(as_learner: FlaskClient, course: Course) -> Attempt:
    """An open attempt of the learner."""
    return begin(as_learner)


def option(attempt: Attempt, number: int = 1, place: int = 0) -> str:
    return attempt.questions[number - 1].options[place].id


def test_it_shows_one_question(as_learner: FlaskClient, attempt: Attempt) -> None:
    page = as_learner.get(f"/attempts/{attempt.id}/2").text
    assert "Câu 2 trên 5" in page
    assert "Lưu và sang câu tiếp" in page
    assert page.count('class="question"') == 1


def test_an_answer_is_kept_and_the_next_question_comes(
    as_learner: FlaskClient, attempt: Attempt
) -> None:
    response = answer(as_learner, attempt, 1, option(attempt))
    assert response.location == f"/attempts/{attempt.id}/2"
    page = as_learner.get(f"/attempts/{attempt.id}/1").text
    assert f'value="{option(attempt)}" checked' in page
    assert "1 trên 5 câu" in page


def test_an_answer_may_be_changed(as_learner: FlaskClient, attempt: Attempt) -> None:
    for place in (0, 1):
        answer(as_learner, attempt, 1, option(attempt, place=place))
    assert newest().answer(attempt.questions[0].id) == [option(attempt, place=1)]


def test_a_question_may_be_left_open(as_learner: FlaskClient, attempt: Attempt) -> None:
    assert answer(as_learner, attempt, 1).location == f"/attempts/{attempt.id}/2"


def test_after_the_last_question_comes_the_review(
    as_learner: FlaskClient, attempt: Attempt
) -> None:
    response = answer(as_learner, attempt, LENGTH, option(attempt, LENGTH))
    assert response.location == f"/attempts/{attempt.id}/review"


@pytest.mark.parametrize(
    ("go", "target"),
    [("4", "4"), ("2", "2"), ("review", "review"), ("99", "review"), ("x", "4"), ("²", "4")],
)
def test_every_button_saves_and_goes(
    as_learner: FlaskClient, attempt: Attempt, go: str, target: str
) -> None:
    name = f"q-{attempt.questions[2].id}"
    response = post(as_learner, f"/attempts/{attempt.id}/3", go=go, **{name: option(attempt, 3)})
    assert response.location == f"/attempts/{attempt.id}/{target}"
    assert len(newest().answers) == 1


def test_the_same_operation_late_changes_nothing(as_learner: FlaskClient, attempt: Attempt) -> None:
    op_id, name = operation_id(), f"q-{attempt.questions[0].id}"
    first = {"op_id": op_id, name: option(attempt)}
    post(as_learner, f"/attempts/{attempt.id}/1", **first)
    answer(as_learner, attempt, 1, option(attempt, place=1))
    assert post(as_learner, f"/attempts/{attempt.id}/1", **first).status_code == 303
    assert newest().answer(attempt.questions[0].id) == [option(attempt, place=1)]


def test_the_same_operation_with_another_answer_is_refused(
    as_learner: FlaskClient, attempt: Attempt
) -> None:
    op_id, name = operation_id(), f"q-{attempt.questions[0].id}"
    post(as_learner, f"/attempts/{attempt.id}/1", op_id=op_id, **{name: option(attempt)})
    other = {name: option(attempt, place=1)}
    response = post(as_learner, f"/attempts/{attempt.id}/1", op_id=op_id, **other)
    assert response.status_code == 409
    assert newest().answer(attempt.questions[0].id) == [option(attempt)]


def test_an_unknown_option_is_refused(as_learner: FlaskClient, attempt: Attempt) -> None:
    response = answer(as_learner, attempt, 1, "khong-co")
    assert response.status_code == 400
    assert "Có ý không thuộc câu hỏi này" in response.text
    assert newest().answers == {}


def test_two_ideas_where_one_is_asked_are_refused(
    as_learner: FlaskClient, attempt: Attempt
) -> None:
    response = answer(as_learner, attempt, 1, option(attempt), option(attempt, place=1))
    assert response.status_code == 400
    assert "Câu này chỉ chọn một ý" in response.text
    assert newest().answers == {}


def test_an_old_page_is_told_to_try_again(as_learner: FlaskClient, attempt: Attempt) -> None:
    response = post(as_learner, f"/attempts/{attempt.id}/1", op_id="rác")
    assert response.status_code == 400
    assert "Câu này chưa lưu được" in response.text


def test_numbers_beyond_the_paper_are_missing(as_learner: FlaskClient, attempt: Attempt) -> None:
    for number in ("0", "6", "9999", "99999999999999999999"):
        assert as_learner.get(f"/attempts/{attempt.id}/{number}").status_code == 404
        assert post(as_learner, f"/attempts/{attempt.id}/{number}").status_code == 404


def test_unknown_attempts_are_missing(as_learner: FlaskClient, attempt: Attempt) -> None:
    for number in (attempt.id + 1, 2_147_483_647, 10**30):
        assert as_learner.get(f"/attempts/{number}/1").status_code == 404


def test_someone_elses_attempt_is_missing(as_stranger: FlaskClient, attempt: Attempt) -> None:
    assert as_stranger.get(f"/attempts/{attempt.id}/1").status_code == 404
    assert answer(as_stranger, attempt, 1, option(attempt)).status_code == 404
    assert newest().answers == {}


def test_staff_see_no_attempt_of_others(as_hr: FlaskClient, attempt: Attempt) -> None:
    assert as_hr.get(f"/attempts/{attempt.id}/1").status_code == 404


def test_signed_out_one_signs_in_first(client: FlaskClient, attempt: Attempt) -> None:
    assert "/login" in client.get(f"/attempts/{attempt.id}/1").location


def test_other_methods_are_refused(as_learner: FlaskClient, attempt: Attempt) -> None:
    assert as_learner.delete(f"/attempts/{attempt.id}/1").status_code == 405


def test_a_submitted_attempt_is_not_changed(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner)
    before = dict(done.answers)
    response = answer(as_learner, done, 1)
    assert response.location == f"/attempts/{done.id}"
    assert newest().answers == before
    assert "Bài này đã nộp" in as_learner.get(response.location).text


def test_a_question_of_a_submitted_attempt_leads_to_the_result(
    as_learner: FlaskClient, course: Course
) -> None:
    done = sit(as_learner)
    assert as_learner.get(f"/attempts/{done.id}/1").location == f"/attempts/{done.id}"


def test_an_answer_that_lost_the_race_with_the_end_is_refused(
    attempt: Attempt, course: Course
) -> None:
    actions.submit(attempt, course, course.steps[-1], operation_id())
    with pytest.raises(actions.AlreadySubmitted):
        actions.save_answer(attempt, 1, [option(attempt)], operation_id())
    with pytest.raises(LookupError):
        actions.save_answer(attempt, 6, [], operation_id())
    assert rows(Attempt)[0].answers == {}


def test_a_question_is_read_with_two_queries(as_learner: FlaskClient, attempt: Attempt) -> None:
    as_learner.get(f"/attempts/{attempt.id}/1")
    assert as_learner.queries == 2  # type: ignore[attr-defined]
    db.session.rollback()
