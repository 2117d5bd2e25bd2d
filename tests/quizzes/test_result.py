"""The result: how it went, what was right, what to read again, where to go on."""

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from app.accounts.models import Person
from app.certificates.models import Award
from app.content.models import Course
from app.lib import clock
from tests.acts import finish_lessons, rows
from tests.quizzes.exam import begin, newest, sit

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_a_pass_with_the_whole_course_leads_to_the_certificate(
    as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    finish_lessons(learner, course)
    page = as_learner.get(f"/attempts/{sit(as_learner).id}").text
    (award,) = rows(Award)
    assert "Chúc mừng" in page
    assert "100<small>/100 điểm" in page
    assert f"/certificates/{award.code}.pdf" in page
    assert award.printed_number in page


def test_a_pass_before_the_lessons_says_what_is_left(
    as_learner: FlaskClient, course: Course
) -> None:
    page = as_learner.get(f"/attempts/{sit(as_learner).id}").text
    assert "Còn 3 bài nữa" in page
    assert "Học tiếp: Bài một" in page


def test_a_failure_explains_each_question(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner, wrong=2)
    page = as_learner.get(f"/attempts/{done.id}").text
    assert "Lần này chưa đạt" in page
    assert "60<small>/100 điểm" in page
    assert "Câu cần xem lại (2)" in page
    assert "Câu đã đúng (3)" in page
    for question in done.questions:
        assert question.explanation_html in page
    assert page.count("Câu trả lời đúng:") == 2


def test_it_names_the_lessons_to_read_again_once(as_learner: FlaskClient, course: Course) -> None:
    page = as_learner.get(f"/attempts/{sit(as_learner, wrong=5).id}").text
    listed = page.split('<ul class="rereads">')[1].split("</ul>")[0]
    assert listed.count("<li>") == 2
    assert "/courses/thu-nghiem/mot" in listed
    assert "/courses/thu-nghiem/hai" in listed


def test_it_says_by_the_clock_when_one_may_try_again(
    as_learner: FlaskClient, course: Course
) -> None:
    with clock.frozen(NINE):
        done = sit(as_learner, wrong=5)
        page = as_learner.get(f"/attempts/{done.id}").text
    assert "9 giờ 10 phút" in page
    assert "còn 2 lần" in page
    assert "Làm lại bài kiểm tra" not in page
    with clock.frozen(NINE + timedelta(minutes=10)):
        assert "Làm lại bài kiểm tra" in as_learner.get(f"/attempts/{done.id}").text


def test_right_answers_are_put_away_while_another_attempt_is_open(
    as_learner: FlaskClient, course: Course
) -> None:
    with clock.frozen(NINE):
        failed = sit(as_learner, wrong=5)
    begin(as_learner)
    page = as_learner.get(f"/attempts/{failed.id}").text
    assert "Đáp án đang được cất đi" in page
    assert "Giải thích riêng" not in page
    assert "Ý đúng" not in page


def test_an_open_attempt_has_no_result(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    assert as_learner.get(f"/attempts/{attempt.id}").location.endswith("/review")


def test_unanswered_questions_are_named_so(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    as_learner.post(f"/attempts/{attempt.id}/submission", data={"op_id": "0" * 32})
    assert as_learner.get(f"/attempts/{attempt.id}").text.count("Chưa đúng.") == 5


def test_someone_elses_and_unknown_ones_are_missing(
    as_learner: FlaskClient, as_stranger: FlaskClient, course: Course
) -> None:
    done = sit(as_learner)
    for number in (done.id, done.id + 1):
        assert as_stranger.get(f"/attempts/{number}").status_code == 404


def test_signed_out_one_signs_in_first(
    as_learner: FlaskClient, client: FlaskClient, course: Course
) -> None:
    done = sit(as_learner)
    assert "/login" in client.get(f"/attempts/{done.id}").location


def test_it_is_only_read(as_learner: FlaskClient, course: Course) -> None:
    assert as_learner.post(f"/attempts/{sit(as_learner).id}").status_code == 405


def test_it_is_read_with_few_queries(as_learner: FlaskClient, course: Course) -> None:
    as_learner.get(f"/attempts/{sit(as_learner).id}")
    assert as_learner.queries <= 7  # type: ignore[attr-defined]
    assert newest().passed
