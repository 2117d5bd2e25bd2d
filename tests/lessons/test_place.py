"""The place a reader reads at is kept as they go."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from app.extensions import db
from app.lessons.actions import read_on
from app.lessons.models import ReadingPlace
from app.lessons.queries import mine, readings
from app.lib import clock
from tests.acts import post, rows

URL = "/courses/thu-nghiem/mot/place"


def test_is_kept_and_found_on_any_device(as_learner, learner, course):
    answer = post(as_learner, URL, paragraph=7)
    assert (answer.status_code, answer.data) == (204, b"")
    assert as_learner.get("/courses/thu-nghiem/mot/mine.json").json["paragraph"] == 7
    assert readings(learner.id, course) == {"mot": 7}


def test_of_many_places_the_last_one_stands(as_learner):
    for paragraph in (3, 9, 4, 4):
        post(as_learner, URL, paragraph=paragraph)
    assert [place.paragraph for place in rows(ReadingPlace)] == [4]


def test_places_that_come_late_end_alike_in_any_order(learner, course):
    noon = datetime(2026, 11, 2, 5, tzinfo=UTC)
    told = [(5, noon), (8, noon + timedelta(minutes=3)), (2, noon + timedelta(minutes=3))]
    for order in permutations(told):
        for paragraph, moment in order:
            read_on(learner, course, course.step("mot"), paragraph, moment)
        assert mine(learner.id, course, course.step("mot")).paragraph == 8
        db.session.rollback()


def test_a_clock_that_runs_ahead_does_not_rule_for_ever(learner, course):
    ahead = clock.now() + timedelta(days=3)
    read_on(learner, course, course.step("mot"), 5, ahead)
    read_on(learner, course, course.step("mot"), 6)
    assert mine(learner.id, course, course.step("mot")).paragraph == 6


@pytest.mark.parametrize("paragraph", ["", "-1", "x", "1000000"])
def test_bad_input_is_refused(as_learner, paragraph):
    assert post(as_learner, URL, paragraph=paragraph).status_code == 400
    assert not rows(ReadingPlace)


def test_signed_out_missing_test_and_wrong_method(client, as_learner):
    assert post(client, URL, paragraph=1).location.startswith("/login")
    for slug in ("khong-co", "kiem-tra"):
        url = f"/courses/thu-nghiem/{slug}/place"
        assert post(as_learner, url, paragraph=1).status_code == 404
    assert as_learner.get(URL).status_code == 405


def test_everybody_has_their_own(as_stranger, learner, course):
    post(as_stranger, URL, paragraph=5)
    assert readings(learner.id, course) == {}
