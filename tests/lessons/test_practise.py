"""Answer a practice question."""

import pytest

from app.accounts.models import Operation
from app.content.shelf import shelf
from app.learning.models import Enrolment, StepCredit
from tests.acts import post, rows

URL = "/courses/thu-nghiem/mot/practice?question=tap-1"
NUMBER = "/courses/thu-nghiem/hai/practice?question=tap-2"
FRAGMENT = {"X-Fragment": "verdict"}


@pytest.fixture
def right(course):
    return shelf.course("thu-nghiem").step("mot").question("tap-1").right[0]


def test_a_right_answer_is_praised_at_its_place(client, right):
    page = post(client, URL, **{"q-tap-1": right})
    assert page.status_code == 200
    assert "Đúng rồi." in page.text
    assert "Mã OTP là chìa khóa tài khoản" in page.text
    assert "Nhớ hai điều" in page.text
    assert client.queries == 0


def test_a_wrong_answer_is_explained(client, course):
    wrong = next(o.id for o in course.step("mot").questions[0].options if "Đọc" in o.html)
    page = post(client, URL, **{"q-tap-1": wrong})
    assert "Chưa đúng." in page.text
    assert "Tắt máy" in page.text


def test_a_script_gets_the_verdict_alone(client, right):
    answer = client.post(URL, data={"q-tap-1": right}, headers=FRAGMENT)
    assert "Đúng rồi." in answer.text
    assert "<html" not in answer.text


def test_nothing_chosen_reveals_nothing(client):
    for headers in ({}, FRAGMENT):
        answer = client.post(URL, data={}, headers=headers)
        assert "Chưa có câu trả lời" in answer.text
        assert "Mã OTP là chìa khóa" not in answer.text


def test_what_was_typed_stays_and_is_escaped(client):
    page = post(client, NUMBER, **{"q-tap-2": '"><script>114'})
    assert "&#34;&gt;&lt;script&gt;114" in page.text
    assert "Công an là 113." in page.text


def test_an_unknown_option_is_only_wrong(client):
    assert "Chưa đúng." in post(client, URL, **{"q-tap-1": "khong-co"}).text


def test_nothing_is_stored(as_learner, right):
    post(as_learner, URL, **{"q-tap-1": right})
    assert not rows(StepCredit) + rows(Enrolment) + rows(Operation)


def test_twice_is_as_good_as_once(client, right):
    first = post(client, URL, **{"q-tap-1": right})
    assert post(client, URL, **{"q-tap-1": right}).data == first.data


@pytest.mark.parametrize(
    "url",
    [
        "/courses/thu-nghiem/mot/practice",
        "/courses/thu-nghiem/mot/practice?question=tap-2",
        "/courses/thu-nghiem/khong-co/practice?question=tap-1",
        "/courses/thu-nghiem/kiem-tra/practice?question=thu-1",
    ],
)
def test_what_is_not_a_practice_question_here_is_not_found(client, url):
    assert post(client, url, **{"q-thu-1": "x"}).status_code == 404


def test_is_not_opened_by_its_address(client):
    assert client.get(URL).status_code == 405


def test_works_on_a_page_that_stood_open_for_days(app, client, right):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert "Đúng rồi." in client.post(URL, data={"q-tap-1": right}).text
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
