"""Signing in with a printed card and the PIN."""

import pytest
from flask.testing import FlaskClient

from app.accounts import throttle
from app.accounts.cards import NewCard, withdraw_card
from app.accounts.models import Card, Person, SignInFailure
from app.accounts.secrets import draw_secret, fingerprint
from app.extensions import db
from app.lib.ids import operation_id, verification_code
from tests.accounts.acts import PIN, member, signed_in_as
from tests.accounts.cards import card_for, enter, scan, type_code
from tests.acts import post, rows


@pytest.fixture
def hoa(app) -> Person:
    return member("Nguyễn Thị Hoa")


@pytest.fixture
def card(hoa: Person, admin: Person) -> NewCard:
    return card_for(hoa, admin)


def test_scanned_it_asks_for_the_pin_and_lets_in(client, hoa, card):
    assert "Nhập mã PIN" in scan(client, card).text
    answer = enter(client)
    assert (answer.status_code, answer.location) == (303, "/learn")
    assert signed_in_as(client) == hoa.get_id()
    assert rows(Card)[0].used_at


@pytest.mark.parametrize("spelling", ["{0}", "{1}", " {1} ", "{2}"])
def test_its_code_may_be_typed(client, hoa, card, spelling):
    code = card.code
    typed = spelling.format(code, f"{code[:5]}-{code[5:]}", code.lower())
    assert type_code(client, typed).location == "/login/card"
    enter(client)
    assert signed_in_as(client) == hoa.get_id()


def test_the_page_names_nobody(client, hoa, card):
    page = scan(client, card)
    assert "Hoa" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert card.secret not in page.text


def test_somebody_without_a_phone_signs_in_too(client, admin):
    person = member("Bh'riu Liếc", phone="person 1")
    person.phone = None
    scan(client, card_for(person, admin))
    enter(client)
    assert signed_in_as(client) == person.get_id()


def test_it_goes_on_to_the_page_asked_for(client, card):
    client.get(f"/c/{card.secret}?next=/certificates")
    assert post(client, "/login/card?next=/certificates", pin=PIN).location == "/certificates"


def test_a_wrong_pin_is_refused_in_kind_words(client, card):
    scan(client, card)
    page = enter(client, "999888")
    assert page.status_code == 401
    assert "Thẻ hoặc mã PIN chưa đúng" in page.text
    assert signed_in_as(client) is None


def test_whether_a_card_exists_is_not_said(app, client, card, hoa, admin):
    withdraw_card(hoa, admin, operation_id())
    db.session.commit()
    answers = []
    for secret in (card.secret, draw_secret()):
        browser = app.test_client()
        pages = [scan(browser, secret), *(enter(browser, PIN) for _ in range(6))]
        answers.append([(page.status_code, _without_ids(page.text)) for page in pages])
    assert answers[0] == answers[1]


def test_whether_a_code_exists_is_not_said(app, card):
    told = []
    for code in (card.code, verification_code()):
        browser = app.test_client()
        assert type_code(browser, code).status_code == 303
        page = enter(browser, "999888")
        told.append((page.status_code, _without_ids(page.text)))
    assert told[0] == told[1]


def test_an_unknown_card_costs_the_same_time(client, card, monkeypatch):
    compared = []
    monkeypatch.setattr(
        "app.accounts.entry.matches", lambda pin, known: compared.append(known) or False
    )
    for secret in (card.secret, draw_secret()):
        scan(client, secret)
        enter(client, "999888")
    assert [known is None for known in compared] == [False, True]


def test_a_slip_in_the_code_is_told_at_once(client):
    page = type_code(client, "23456-789AB")
    assert page.status_code == 400
    assert "Dãy chữ chưa đúng" in page.text
    assert not rows(SignInFailure)


def test_guessing_codes_is_slowed(client):
    answers = [type_code(client, verification_code()).status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (303, 429)


def test_five_wrong_pins_ask_to_wait(client, card):
    scan(client, card)
    pages = [enter(client, "999888") for _ in range(5)]
    assert pages[-1].status_code == 429
    assert "Xin nghỉ tay 15 phút" in pages[-1].text
    assert enter(client).status_code == 429


def test_who_holds_the_card_is_not_kept_out_by_others_at_the_same_address(client, app, hoa, card):
    for number in range(60):
        throttle.note_failure(f"somebody {number}", fingerprint("address", "127.0.0.1"))
    assert post(client, "/login", phone="0905123456", pin=PIN).status_code == 429
    scan(client, card)
    assert enter(client).status_code == 303


def test_without_a_card_there_is_no_pin_to_ask_for(client):
    assert client.get("/login/card").location == "/login/code"
    assert enter(client).location == "/login/code"


@pytest.mark.parametrize("secret", ["x", "a" * 23, "../../etc"])
def test_what_cannot_be_a_card_is_not_there(client, secret):
    assert client.get(f"/c/{secret}").status_code == 404


def test_a_pin_must_be_typed(client, card):
    scan(client, card)
    page = enter(client, "")
    assert page.status_code == 400
    assert "Chưa có mã PIN." in page.text


def test_the_pin_may_be_pasted_and_filled_in_by_a_password_manager(client, card):
    page = scan(client, card).text
    field = page[page.index('name="pin"') - 300 : page.index('name="pin"') + 100]
    assert 'autocomplete="current-password"' in field
    assert 'inputmode="numeric"' in field
    assert "onpaste" not in page


def test_only_fingerprints_are_kept(card):
    (kept,) = rows(Card)
    stored = str(vars(kept))
    assert card.secret not in stored
    assert card.code not in stored


def test_another_method_is_refused(client):
    assert client.post(f"/c/{draw_secret()}").status_code == 405


def _without_ids(page: str) -> list[str]:
    return [line for line in page.splitlines() if "op_id" not in line and "csrf" not in line]


def test_scanning_over_somebody_s_open_session_changes_over(as_learner: FlaskClient, hoa, card):
    scan(as_learner, card)
    enter(as_learner)
    assert signed_in_as(as_learner) == hoa.get_id()
