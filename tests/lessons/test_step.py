"""Read a lesson."""

import pytest

from tests.acts import finish_lessons

URL = "/courses/thu-nghiem/mot"


def test_a_visitor_reads_it_without_the_database(client):
    page = client.get(URL)
    assert "Đọc <strong>chậm</strong> thôi." in page.text
    assert "Bài 1 trong 4" in page.text
    assert client.queries == 0


def test_a_visitor_goes_on_and_is_invited_to_register_and_come_back(client):
    page = client.get(URL)
    assert 'href="/courses/thu-nghiem/hai"' in page.text
    assert "/register?group=nguoi-dan&amp;next=/courses/thu-nghiem/mot" in page.text
    assert "completion" not in page.text


def test_before_the_test_a_visitor_is_asked_to_register(client):
    assert "Đăng ký để làm bài kiểm tra" in client.get("/courses/thu-nghiem/ba").text


def test_a_learner_may_say_that_it_is_done(as_learner):
    page = as_learner.get(URL)
    assert "Đã hiểu, sang bài tiếp" in page.text
    assert 'action="/courses/thu-nghiem/mot/completion"' in page.text
    assert as_learner.queries <= 2


def test_a_lesson_done_is_read_again(as_learner, learner, course):
    finish_lessons(learner, course)
    page = as_learner.get(URL)
    assert "đang đọc lại" in page.text
    assert "completion" not in page.text
    assert "3 trên 4 bài đã xong" in page.text


def test_the_last_lesson_leads_to_the_test(as_learner):
    page = as_learner.get("/courses/thu-nghiem/ba")
    assert "Đã hiểu, sang bài kiểm tra" in page.text
    assert 'href="/courses/thu-nghiem/hai"' in page.text


def test_somebody_else_s_progress_is_not_shown(as_stranger, learner, course):
    finish_lessons(learner, course)
    assert "0 trên 4 bài đã xong" in as_stranger.get(URL).text


def test_a_test_has_its_own_page(as_learner):
    answer = as_learner.get("/courses/thu-nghiem/kiem-tra")
    assert answer.status_code == 302
    assert answer.location == "/courses/thu-nghiem/kiem-tra/test"


@pytest.mark.parametrize("url", ["/courses/thu-nghiem/khong-co", "/courses/khong-co/mot"])
def test_what_is_not_there_is_not_found(client, url):
    assert client.get(url).status_code == 404


def test_is_only_read(client):
    assert client.post(URL).status_code == 405


def test_the_answers_are_not_in_the_page(client):
    assert "Mã OTP là chìa khóa tài khoản" not in client.get(URL).text
    assert "113" not in client.get("/courses/thu-nghiem/hai").text
