"""A quiet line for who did nothing for a while, off with one tap and on again."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.learning.actions import enrol
from app.learning.models import ReminderChoice
from app.lib import clock
from app.lib.ids import operation_id
from tests.acts import finish_lessons, pass_course, post, rows

LINE, OFF, ON = "Lâu rồi chưa học", "/learn/reminders/off", "/learn/reminders/on"


@pytest.fixture
def week_ago():
    """What is done inside was done eight days ago."""
    return clock.frozen(clock.now() - timedelta(days=8))


def test_who_rests_reads_one_quiet_line(as_learner, learner, course, week_ago):
    with week_ago:
        enrol(learner, course, operation_id())
        db.session.commit()
    page = as_learner.get("/learn").text
    assert page.count(LINE) == 1
    minutes = course.steps[0].minutes
    assert (f"chừng {minutes} phút" in page) == bool(minutes)


def test_who_learns_reads_none(as_learner, learner, course):
    enrol(learner, course, operation_id())
    db.session.commit()
    page = as_learner.get("/learn").text
    assert LINE not in page and ON not in page


def test_who_is_through_reads_none(as_learner, learner, course, week_ago):
    with week_ago:
        pass_course(learner, course)
    assert LINE not in as_learner.get("/learn").text


def test_one_tap_off_and_one_on(as_learner, learner, course, week_ago):
    with week_ago:
        enrol(learner, course, operation_id())
        db.session.commit()
    as_learner.get("/learn")
    op_id = operation_id()
    for _ in range(2):
        assert post(as_learner, OFF, op_id=op_id).location == "/learn"
    assert "Từ nay không nhắc nữa" in as_learner.get("/learn").text
    page = as_learner.get("/learn").text
    assert LINE not in page and ON in page
    assert post(as_learner, ON).location == "/learn"
    as_learner.get("/learn")
    assert LINE in as_learner.get("/learn").text


def test_costs_no_further_query(as_learner, learner, course, week_ago):
    with week_ago:
        finish_lessons(learner, course)
    assert LINE in as_learner.get("/learn").text
    assert as_learner.queries <= 4


def test_concerns_only_oneself(as_stranger, as_learner, learner, course, week_ago):
    with week_ago:
        enrol(learner, course, operation_id())
        db.session.commit()
    post(as_stranger, OFF)
    assert LINE in as_learner.get("/learn").text


@pytest.mark.parametrize("address", [OFF, ON])
def test_signed_out_wrong_method_bad_input(client, as_learner, address):
    assert post(client, address).location.startswith("/login")
    assert as_learner.get(address).status_code == 405
    assert post(as_learner, address, op_id="x").status_code == 400
    assert rows(ReminderChoice) == []
