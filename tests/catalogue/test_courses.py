"""The catalogue, tailored to a group."""

from app.learning.actions import enrol
from app.lib.ids import operation_id
from tests.acts import finish_lessons


def test_shows_the_courses_of_the_group_first(client):
    page = client.get("/courses?nhom=nguoi-dan")
    assert "Dành cho người dân" in page.text
    assert "Khóa học thử nghiệm" in page.text
    assert client.queries == 0


def test_hides_nothing_from_another_group(client):
    page = client.get("/courses?nhom=nguoi-cao-tuoi")
    assert "Khóa ai cũng học được" in page.text
    assert "Khóa học thử nghiệm" in page.text


def test_tells_how_long_a_course_is(client):
    page = client.get("/courses")
    assert "1,5 giờ học" in page.text
    assert "4 bài" in page.text


def test_shows_progress_only_of_courses_taken(as_learner, learner, course):
    assert "trên 4 bài" not in as_learner.get("/courses").text
    finish_lessons(learner, course)
    assert "3 trên 4 bài" in as_learner.get("/courses").text


def test_takes_one_query_beside_the_session(as_learner, learner, course):
    enrol(learner, course, operation_id())
    as_learner.get("/courses")
    assert as_learner.queries == 2


def test_somebody_else_s_progress_is_not_shown(as_stranger, learner, course):
    finish_lessons(learner, course)
    assert "trên 4 bài" not in as_stranger.get("/courses").text


def test_a_page_past_the_end_is_empty_and_says_so(client):
    page = client.get("/courses?trang=99")
    assert page.status_code == 200
    assert "Chưa có khóa học nào ở đây" in page.text


def test_a_page_that_is_no_number_is_the_first(client):
    assert "Khóa học thử nghiệm" in client.get("/courses?trang=xyz").text


def test_is_only_read(client):
    assert client.post("/courses").status_code == 405
