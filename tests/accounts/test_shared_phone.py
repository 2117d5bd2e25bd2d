"""Several people of a family share a phone and, by chance, a PIN."""

from datetime import timedelta

import pytest

from app.lib import clock
from tests.accounts.acts import PIN, member, sign_in, signed_in_as
from tests.acts import post


@pytest.fixture
def family(app):
    return [member("Nguyễn Thị Hoa"), member("Trần Văn Đức")]


def test_other_pins_need_no_question(client, app):
    member("Nguyễn Thị Hoa")
    second = member("Trần Văn Đức", pin="381946")
    sign_in(client, pin="381946")
    assert signed_in_as(client) == second.get_id()


def test_the_same_pin_asks_who_it_is(client, family):
    assert sign_in(client).location == "/login/person"
    page = client.get("/login/person").text
    assert all(person.full_name in page for person in family)
    assert signed_in_as(client) is None


def test_the_one_chosen_is_signed_in(client, family):
    sign_in(client)
    answer = post(client, "/login/person", person=family[1].id)
    assert (answer.status_code, answer.location) == (303, "/learn")
    assert signed_in_as(client) == family[1].get_id()


def test_nobody_else_can_be_chosen(client, family, stranger):
    sign_in(client)
    assert post(client, "/login/person", person=stranger.id).status_code == 400
    assert signed_in_as(client) is None


@pytest.mark.parametrize("person", ["", "x", None])
def test_one_has_to_be_chosen(client, family, person):
    sign_in(client)
    page = post(client, "/login/person", **({"person": person} if person is not None else {}))
    assert page.status_code == 400
    assert "Hãy chọn" in page.text


def test_without_a_pin_there_is_nothing_to_choose(client, family):
    assert client.get("/login/person").location == "/login"
    assert post(client, "/login/person", person=family[0].id).location == "/login"


def test_after_the_choice_it_is_not_offered_again(client, family):
    sign_in(client)
    post(client, "/login/person", person=family[0].id)
    assert client.get("/login/person").location == "/login"


def test_there_are_ten_minutes_to_choose(client, family):
    start = clock.now()
    with clock.frozen(start):
        sign_in(client)
    with clock.frozen(start + timedelta(minutes=9)):
        assert client.get("/login/person").status_code == 200
    with clock.frozen(start + timedelta(minutes=10)):
        assert post(client, "/login/person", person=family[0].id).location == "/login"
    assert signed_in_as(client) is None
    assert "Đã quá 10 phút" in client.get("/login").text


def test_too_late_the_page_asked_for_is_not_forgotten(client, family):
    start = clock.now()
    with clock.frozen(start):
        post(client, "/login?next=/certificates", phone="0905123456", pin=PIN)
    with clock.frozen(start + timedelta(minutes=11)):
        assert client.get("/login/person").location == "/login?next=/certificates"
