"""A card for somebody who has no PIN yet: its first use sets one, once."""

from datetime import timedelta

import pytest

from app.accounts.actions import add_person, grant_role
from app.accounts.cards import FIRST_USE
from app.accounts.consents import give_consent
from app.accounts.models import AuditLine, Credential, Person, Role
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from tests.accounts.acts import PIN, register, sign_in, signed_in_as
from tests.accounts.cards import card_for, enter, scan, take_over, type_code
from tests.acts import post, rows

OTHER_PIN = "381946"


@pytest.fixture
def tu(app) -> Person:
    """Bác Tư was registered by a helper, to whom he said yes, and has no telephone."""
    person = add_person("Trần Văn Tư")
    give_consent(person, "learning", "voice", witness="Vợ bác")
    db.session.commit()
    return person


@pytest.fixture
def card(tu, admin):
    return card_for(tu, admin)


def test_the_first_use_sets_the_pin_and_lets_in(client, tu, card):
    assert card.takes_over
    assert "Đặt mã PIN" in scan(client, card).text
    answer = take_over(client)
    assert (answer.status_code, answer.location) == (303, "/learn")
    assert signed_in_as(client) == rows(Person, id=tu.id)[0].get_id()
    assert [line.verb for line in rows(AuditLine, actor_id=tu.id)] == ["set_pin"]


def test_afterwards_it_is_an_ordinary_card(app, client, tu, card):
    scan(client, card)
    take_over(client)
    finder = app.test_client()
    assert "Nhập mã PIN" in scan(finder, card).text
    assert take_over(finder, OTHER_PIN).status_code == 401
    assert enter(finder).status_code == 303


def test_it_can_be_typed(client, tu, card):
    type_code(client, card.code)
    assert "Đặt mã PIN" in client.get("/login/card").text
    assert take_over(client).status_code == 303


def test_who_has_a_phone_signs_in_with_it_from_now_on(app, client, tu, admin):
    tu.phone = "0905123456"
    scan(client, card_for(tu, admin))
    take_over(client)
    other = app.test_client()
    sign_in(other)
    assert signed_in_as(other) == rows(Person, id=tu.id)[0].get_id()


def test_two_finders_at_once_one_pin(app, tu, card):
    first, second = app.test_client(), app.test_client()
    for browser in (first, second):
        scan(browser, card)
    assert take_over(first).location == "/learn"
    assert take_over(second, OTHER_PIN).location == "/login/card"
    assert "đã dùng rồi" in second.get("/login/card").text
    assert len(rows(Credential)) == 1


def test_sent_twice_it_is_set_once(client, tu, card):
    scan(client, card)
    op_id = operation_id()
    with client.session_transaction() as session:
        before = dict(session)
    assert post(client, "/login/card", op_id=op_id, pin=PIN, pin_again=PIN).status_code == 303
    with client.session_transaction() as session:
        session.update(before)
    again = post(client, "/login/card", op_id=op_id, pin=PIN, pin_again=PIN)
    assert (again.status_code, again.location) == (303, "/learn")
    assert len(rows(Credential)) == 1


def test_the_form_left_in_a_shared_phone_opens_nothing_with_another_pin(client, card):
    scan(client, card)
    op_id = operation_id()
    with client.session_transaction() as session:
        before = dict(session)
    post(client, "/login/card", op_id=op_id, pin=PIN, pin_again=PIN)
    with client.session_transaction() as session:
        session.clear()
        session.update(before)
    post(client, "/login/card", op_id=op_id, pin=OTHER_PIN, pin_again=OTHER_PIN)
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("pin", "again", "words"),
    [
        ("12345", "12345", "đúng 6 chữ số"),
        ("123456", "123456", "dãy số liền nhau"),
        ("28591７", "28591７", "đúng 6 chữ số"),
        (PIN, "285918", "không giống nhau"),
        ("050261", "050261", "ngày sinh"),
        ("512345", "512345", "số điện thoại"),
    ],
)
def test_says_what_to_mend(client, tu, card, pin, again, words):
    tu.phone, tu.birth_date = "0905123456", clock.now().date().replace(1961, 2, 5)
    db.session.commit()
    scan(client, card)
    page = take_over(client, pin, again)
    assert page.status_code == 400
    assert words in page.text
    assert not rows(Credential)
    assert take_over(client).status_code == 303


def test_there_are_ten_minutes_to_type(client, card):
    start = clock.now()
    with clock.frozen(start):
        scan(client, card)
    with clock.frozen(start + timedelta(minutes=10)):
        assert take_over(client).location == "/login/code"


def test_a_card_not_used_for_sixty_days_sets_nothing(client, card):
    with clock.frozen(clock.now() + FIRST_USE):
        assert "Nhập mã PIN" in scan(client, card).text
        assert enter(client).status_code == 401


def test_who_registered_meanwhile_keeps_the_own_pin(app, client, tu, admin):
    tu.full_name, tu.name_fold = "Nguyễn Thị Ngọc Ánh", "nguyen thi ngoc anh"
    tu.phone, tu.birth_date = "0905123456", clock.now().date().replace(1961, 2, 5)
    card = card_for(tu, admin)
    register(client)
    finder = app.test_client()
    assert "Nhập mã PIN" in scan(finder, card).text
    assert take_over(finder, OTHER_PIN).status_code == 401


def test_who_was_given_a_role_meanwhile_is_not_taken_over(client, tu, card):
    grant_role(None, tu, Role.HR, None)
    db.session.commit()
    assert "Nhập mã PIN" in scan(client, card).text
    with client.session_transaction() as session:
        session["key_sets"] = True
    take_over(client)
    assert not rows(Credential)
    assert signed_in_as(client) is None
