"""A practical: what to do before an onlooker, in place of the test."""

import pytest

from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.models import StepCredit
from app.learning.queries import progress
from app.lib.ids import operation_id
from tests.acts import finish_lessons, post, rows

PRACTICAL = """---
title: Thực hành có người xem
kind: practical
minutes: 20
instead_of: kiem-tra
---
Làm trên máy của mình, không vội.

""" + "\n".join(f"- [ ] Việc thứ {n} làm được. {{#viec-{n}}}" for n in range(1, 9))
URL = "/courses/thu-nghiem/thuc-hanh"


@pytest.fixture(autouse=True)
def practised(folder_of_course, reopened):
    """The course with a practical."""
    (folder_of_course / "02-thuc-hanh.md").write_text(PRACTICAL, encoding="utf-8")
    return reopened()


def test_the_learner_sees_the_list_and_who_can_observe(as_learner):
    page = as_learner.get(URL).text
    assert page.count('type="checkbox"') == 8
    assert 'data-tick="viec-3"' in page
    assert "Tổ công nghệ số cộng đồng" in page
    assert "khỏi làm bài kiểm tra" in page


def test_ticks_are_for_oneself_and_nothing_here_credits_it(as_learner, learner):
    page = as_learner.get(URL).text
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert post(as_learner, f"{URL}/completion").status_code == 404
    assert not rows(StepCredit)


def test_ticks_of_several_people_on_one_device_are_kept_apart(as_learner, as_stranger, learner):
    assert f'data-ticks="{learner.id}:thu-nghiem/thuc-hanh"' in as_learner.get(URL).text
    assert "data-ticks" in as_stranger.get(URL).text
    assert f'data-ticks="{learner.id}:' not in as_stranger.get(URL).text


def test_a_visitor_may_look(client):
    page = client.get(URL)
    assert page.status_code == 200
    assert "data-ticks" not in page.text


def test_what_a_helper_observed_is_said(as_learner, learner, practised):
    step = practised.step("thuc-hanh")
    complete_step(learner, practised, step, Evidence.ASSISTED, operation_id())
    db.session.commit()
    assert "Đã có người xem và ghi nhận" in as_learner.get(URL).text
    assert "Đã có người xem và ghi nhận" in as_learner.get("/learn/thu-nghiem").text


def test_before_the_test_the_other_way_is_named(as_learner, client):
    for browser in (as_learner, client):
        assert f'href="{URL}"' in browser.get("/courses/thu-nghiem/ba").text
    assert f'href="{URL}"' not in as_learner.get("/courses/thu-nghiem/mot").text


def test_nobody_is_sent_there_and_nobody_needs_it(as_learner, learner, practised):
    answer = post(as_learner, "/courses/thu-nghiem/ba/completion")
    assert answer.location == "/courses/thu-nghiem/kiem-tra/test"
    finish_lessons(learner, practised)
    assert [step.slug for step in progress(learner.id, practised).left] == ["kiem-tra"]
    assert "Không bắt buộc" in as_learner.get("/learn/thu-nghiem").text


def test_is_only_read(client):
    assert client.post(URL).status_code == 405


def test_a_practical_is_not_heard(client):
    assert client.get(f"{URL}/speech.mp3").status_code == 404
