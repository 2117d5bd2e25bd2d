"""The first page of a test says what it is like and what one may do now."""

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from app.accounts.models import Person
from app.content.models import Course
from app.lib import clock
from tests.acts import finish_lessons, pass_course
from tests.quizzes.exam import INTRO, begin, sit

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_it_says_what_the_test_is_like(as_learner: FlaskClient, course: Course) -> None:
    page = as_learner.get(INTRO).text
    assert "Bài kiểm tra thử" in page
    assert "Làm thong thả." in page
    assert "5 câu" in page
    assert "từ 80/100 điểm" in page
    assert "còn 3 trên 3 lần" in page
    assert "nghỉ 10 phút rồi làm lại" in page
    assert "không giới hạn" in page
    assert "Bắt đầu làm bài" in page


def test_it_names_the_lessons_not_yet_read(as_learner: FlaskClient, course: Course) -> None:
    page = as_learner.get(INTRO).text
    assert "Còn 3 bài chưa học" in page
    assert "/courses/thu-nghiem/mot" in page


def test_nothing_is_left_to_read(as_learner: FlaskClient, learner: Person, course: Course) -> None:
    finish_lessons(learner, course)
    assert "bài chưa học" not in as_learner.get(INTRO).text


def test_an_open_attempt_is_gone_on_with(as_learner: FlaskClient, course: Course) -> None:
    begin(as_learner)
    page = as_learner.get(INTRO).text
    assert "Làm tiếp" in page
    assert "Bắt đầu làm bài" not in page


def test_after_a_failure_it_says_when_to_come_back(as_learner: FlaskClient, course: Course) -> None:
    with clock.frozen(NINE):
        sit(as_learner, wrong=5)
    with clock.frozen(NINE + timedelta(minutes=4)):
        page = as_learner.get(INTRO).text
    assert "9 giờ 10 phút" in page
    assert "Bắt đầu làm bài" not in page
    assert "Lần 1: 0/100 điểm" in page


def test_a_passed_test_is_not_offered_again(
    as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    pass_course(learner, course)
    page = as_learner.get(INTRO).text
    assert "Bài này đã đạt" in page
    assert "Bắt đầu làm bài" not in page


def test_it_is_read_with_few_queries(as_learner: FlaskClient, course: Course) -> None:
    as_learner.get(INTRO)
    assert as_learner.queries <= 4  # type: ignore[attr-defined]


def test_signed_out_one_signs_in_first(client: FlaskClient, course: Course) -> None:
    response = client.get(INTRO)
    assert response.status_code == 302
    assert "/login" in response.location


def test_staff_may_take_a_test_too(as_hr: FlaskClient, course: Course) -> None:
    assert as_hr.get(INTRO).status_code == 200


def test_unknown_courses_steps_and_lessons_are_missing(
    as_learner: FlaskClient, course: Course
) -> None:
    for path in ("khong-co/kiem-tra", "thu-nghiem/khong-co", "thu-nghiem/mot"):
        assert as_learner.get(f"/courses/{path}/test").status_code == 404


def test_it_is_only_read(as_learner: FlaskClient, course: Course) -> None:
    assert as_learner.post(INTRO).status_code == 405
