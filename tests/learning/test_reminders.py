"""Reminders without pressure: who rests, who gets a letter and how often, one tap off."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr, ValidationError

from app.accounts import consents
from app.accounts.actions import add_credential
from app.accounts.consents import give_consent
from app.accounts.models import Person
from app.config import Settings
from app.content.models import Course
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.assignments import assign
from app.learning.models import ReminderChoice
from app.learning.reminders import claim, resting, turn_off, turn_on
from app.lib import clock
from app.lib.dates import LOCAL
from app.lib.ids import operation_id
from app.lib.quiet_hours import is_quiet
from app.units.queries import memberships, today
from tests.accounts import post_office
from tests.accounts.post_office import PostBox
from tests.acts import pass_course, rows

EMAIL = "hoa@banthach.vn"
START = datetime(2026, 3, 2, 9, tzinfo=LOCAL)


class Calendar:
    """Says what day it is: days after START, at an hour of Vietnamese clocks."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def day(self, number: int, hour: int = 9) -> None:
        self._stack.enter_context(clock.frozen(START.replace(hour=hour) + timedelta(days=number)))


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    with ExitStack() as stack:
        calendar = Calendar(stack)
        calendar.day(0)
        yield calendar


@pytest.fixture
def box(app: Flask, settings: Settings) -> Iterator[PostBox]:
    """The site sends letters, to a server of this test."""
    with post_office.opened() as box:
        app.extensions["settings"] = settings.model_copy(
            update={
                "smtp_url": SecretStr(f"smtp://127.0.0.1:{box.port}"),
                "mail_from": "Bình dân học vụ số <khong-tra-loi@hoc.vn>",
                "base_url": "https://binhdanhocvuso.danang.gov.vn",
            }
        )
        yield box
        app.extensions["settings"] = settings


@pytest.fixture
def hoa(calendar: Calendar, learner: Person, course: Course) -> Person:
    """She has an e-mail address and did the first lesson on day 0."""
    add_credential(learner, "password", EMAIL, "mật khẩu dài của Hoa")
    give_consent(learner, "letters", "web")
    learn(learner, course, 0)
    return learner


def learn(person: Person, course: Course, place: int) -> None:
    complete_step(person, course, course.steps[place], Evidence.SELF, operation_id())
    db.session.commit()


def who_rests(*people: Person) -> list[int]:
    ids = [person.id for person in people]
    return [one.person_id for one in resting(ids, shelf.published())]


def send(app: Flask) -> str:
    db.session.commit()
    return app.test_cli_runner().invoke(args=["reminders", "send"]).output


def test_who_did_nothing_for_seven_days_rests(calendar, hoa, course):
    calendar.day(6)
    assert who_rests(hoa) == []
    calendar.day(9)
    [one] = resting([hoa.id], shelf.published())
    assert (one.days, one.going_on.next_step.slug) == (9, course.steps[1].slug)


def test_who_is_through_or_took_nothing_does_not_rest(calendar, learner, stranger, course):
    pass_course(learner, course)
    calendar.day(30)
    assert who_rests(learner, stranger) == []


def test_who_turned_them_off_is_left_alone_until_turned_on(calendar, hoa):
    calendar.day(9)
    op_id = operation_id()
    for _ in range(2):
        turn_off(hoa.id, op_id)
    assert who_rests(hoa) == []
    turn_on(hoa.id, operation_id())
    assert who_rests(hoa) == [hoa.id]
    assert len(rows(ReminderChoice)) == 1


def test_the_longest_come_first(calendar, hoa, stranger, course):
    calendar.day(1)
    learn(stranger, course, 0)
    calendar.day(20)
    assert who_rests(stranger, hoa) == [hoa.id, stranger.id]


def test_a_letter_says_where_to_go_on_and_how_to_end_them(app, calendar, box, hoa, course):
    calendar.day(8)
    assert "Đã gửi 1 thư" in send(app)
    letter = box.next()
    text = letter.get_content()
    assert letter["To"] == EMAIL and course.title in text
    links = re.findall(r"https://\S+", text)
    assert len(links) == 2 and links[0].endswith("/learn")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"] == f"<{links[1]}>"
    # encoded word by word, no mail program finds the address
    assert f"<{links[1]}>" in letter.as_string(policy=letter.policy.clone(max_line_length=0))


def test_a_letter_says_by_when_their_office_asks_for_it(app, calendar, box, hoa, hr, course):
    office = next(place.unit for place in memberships(hoa.id) if place.kind == "work")
    assign(hr, office, course, today() + timedelta(days=40), "", operation_id())
    db.session.commit()
    calendar.day(8)
    send(app)
    text = box.next().get_content()
    assert "đơn vị hẹn học xong chậm nhất ngày" in text
    assert "không có hạn nào cả" not in text


def test_at_most_one_in_fourteen_days_and_three_in_a_row(app, calendar, box, hoa, course):
    sent = []
    for day in range(7, 120):
        calendar.day(day)
        if "Đã gửi 1 thư" in send(app):
            sent.append(day)
    assert sent == [7, 21, 35]
    learn(hoa, course, 1)
    calendar.day(127)
    assert "Đã gửi 1 thư" in send(app)
    assert rows(ReminderChoice)[0].sent_in_a_row == 1


def test_nobody_without_an_address_gets_one(app, calendar, box, stranger, course):
    learn(stranger, course, 0)
    calendar.day(30)
    assert "Đã gửi 0 thư" in send(app)


@pytest.mark.parametrize(
    ("hour", "quiet"), [(19, False), (20, True), (23, True), (0, True), (6, True), (7, False)]
)
def test_nothing_is_sent_in_quiet_hours(app, calendar, box, hoa, hour, quiet):
    calendar.day(8, hour)
    said = send(app)
    assert ("Đang giờ yên tĩnh" in said) == quiet
    assert ("Đã gửi 0 thư" in said) == quiet


def test_quiet_hours_are_read_or_refused():
    noon = START.replace(hour=12)
    assert is_quiet("11-13", noon) and not is_quiet("", noon) and not is_quiet("13-11", noon)
    assert Settings(quiet_hours="").quiet_hours == ""
    with pytest.raises(ValidationError, match="BDHVS_QUIET_HOURS"):
        Settings(quiet_hours="đêm")


def test_a_course_that_tells_of_health_or_origin_is_not_named(
    app, calendar, box, hoa, course, monkeypatch
):
    groups = tuple(
        group.model_copy(update={"sensitive": group.id == "nguoi-dan"})
        for group in shelf.programme.groups
    )
    programme = shelf.programme.model_copy(update={"groups": groups})
    monkeypatch.setattr(type(shelf), "programme", programme)
    calendar.day(8)
    send(app)
    text = box.next().get_content()
    assert course.title not in text and "Khóa đang học còn 3 bài" in text


def test_a_letter_is_noted_before_it_is_sent(app, calendar, box, hoa, stranger, course):
    add_credential(stranger, "password", "liec@laee.vn", "mật khẩu dài của Liếc")
    give_consent(stranger, "letters", "web")
    learn(stranger, course, 0)
    calendar.day(8)
    box.refusing = True
    assert "Máy chủ thư không nhận" in send(app)
    # a server that is down costs one turn, and nobody gets two letters
    assert [one.person_id for one in rows(ReminderChoice)] == [hoa.id]
    box.refusing = False
    assert "Đã gửi 1 thư" in send(app)
    assert box.next()["To"] == "liec@laee.vn"


def test_who_is_claimed_is_not_claimed_again(calendar, hoa):
    calendar.day(8)
    assert claim(hoa.id)
    assert not claim(hoa.id)
    calendar.day(22)
    turn_off(hoa.id, operation_id())
    assert not claim(hoa.id)


def test_without_a_post_office_it_says_so(app, hoa):
    assert "BDHVS_SMTP_URL" in send(app)


def link(app: Flask, calendar: Calendar, box: PostBox) -> str:
    """The path of the link in the letter that ends them."""
    calendar.day(8)
    send(app)
    found = re.search(r"https://[^/]+(/learn/reminders/\S+)", box.next().get_content())
    assert found
    return found[1]


def test_the_link_of_a_letter_ends_them_signed_out(
    app: Flask, calendar: Calendar, box: PostBox, hoa: Person, client: FlaskClient
) -> None:
    address = link(app, calendar, box)
    page = client.get(address).text
    assert page.count('class="button button-main"') == 1 and "Hoa" not in page
    assert who_rests(hoa) == [hoa.id]
    db.session.rollback()
    for data in ({}, {"List-Unsubscribe": "One-Click"}):
        answer = client.post(address, data=data)
        assert (answer.status_code, "Đã thôi nhắc" in answer.text) == (200, True)
    assert who_rests(hoa) == []


def test_a_link_that_is_none_of_ours_is_not_found(app, calendar, box, hoa, client):
    address = link(app, calendar, box)
    for wrong in (address + "x", "/learn/reminders/letter/1", "/learn/reminders/letter/MQ.x"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404
    assert client.delete(address).status_code == 405
    assert who_rests(hoa) == [hoa.id]


def test_without_a_yes_no_letter_goes(app, calendar, box, hoa, course):
    consents.withdraw(hoa, "letters", operation_id())
    calendar.day(8)
    assert "Đã gửi 0 thư" in send(app)
    consents.answer(hoa, ["letters"], operation_id())
    assert "Đã gửi 1 thư" in send(app)
    assert box.next()["To"] == EMAIL
