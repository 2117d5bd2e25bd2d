"""What is left of a course, and why."""

import pytest

from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.asks import answer, ask
from app.learning.models import Ask
from app.learning.queries import progress
from app.lessons.actions import read_on
from app.lessons.left import sections
from app.lib.ids import operation_id
from tests.acts import pass_course, rows

URL = "/learn/thu-nghiem"


def notes(person, course, begun=None, asks=()):
    found = sections(progress(person.id, course), begun or {}, asks, lambda step: step.slug)
    return {line.href: line.note for section in found for line in section.lines}


def test_reasons_of_every_kind(as_learner, learner, stranger, course):
    complete_step(learner, course, course.step("mot"), Evidence.SELF, operation_id())
    read_on(learner, course, course.step("hai"), 4)
    ask(learner, course, course.step("ba"), "", operation_id())
    db.session.commit()
    page = as_learner.get(URL).text
    assert "Đã học" in page
    assert "Đọc dở, chưa bấm “Đã hiểu”" in page
    assert "Đã báo chưa rõ, đang chờ trả lời" in page
    assert "Chưa đạt: cần từ 80 trên 100 điểm" in page
    answer(stranger, rows(Ask)[0].id, "Thế này.", operation_id())
    db.session.commit()
    assert "Đã có trả lời cho chỗ chưa rõ" in as_learner.get(URL).text


def test_each_module_says_how_far_it_is(as_learner, learner, course):
    complete_step(learner, course, course.step("mot"), Evidence.SELF, operation_id())
    db.session.commit()
    page = as_learner.get(URL).text
    assert "1 trên 4 bài" in page
    assert "1 trên 2 bài" in page
    assert "Còn 2 bài và bài kiểm tra" in page


def test_the_next_step_is_one_tap_away(as_learner, learner, course):
    assert 'href="/courses/thu-nghiem/mot"><span>Học tiếp: Bài một' in as_learner.get(URL).text
    for step in course.steps[:3]:
        complete_step(learner, course, step, Evidence.SELF, operation_id())
    db.session.commit()
    assert 'href="/courses/thu-nghiem/kiem-tra/test"' in as_learner.get(URL).text


def test_never_opened_and_opened_without_reading(learner, course):
    assert notes(learner, course)["mot"] == "Chưa đọc"
    assert notes(learner, course, {"mot": 0})["mot"] == "Chưa bấm “Đã hiểu”"


def test_when_nothing_is_left_the_certificate_is_near(as_learner, learner, course):
    pass_course(learner, course)
    page = as_learner.get(URL).text
    assert "Đã học hết" in page
    assert f'href="{URL}/certificate"' in page


def test_somebody_else_s_state_is_not_shown(as_stranger, learner, course):
    pass_course(learner, course)
    assert "0 trên 4 bài" in as_stranger.get(URL).text


@pytest.mark.parametrize("url", ["/learn/khong-co", "/learn/khong-co/certificate"])
def test_what_is_not_there_is_not_found(as_learner, url):
    assert as_learner.get(url).status_code == 404


def test_signed_out_and_wrong_method(client, as_learner):
    assert client.get(URL).location.startswith("/login")
    assert as_learner.post(URL).status_code == 405
