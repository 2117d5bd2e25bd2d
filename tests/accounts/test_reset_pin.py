"""A forgotten PIN, face to face: a helper gives a code, the learner sets the PIN."""

from datetime import timedelta

import pytest

from app.accounts import keys
from app.accounts.actions import grant_role
from app.accounts.consents import give_consent
from app.accounts.keys import HoldsRole, NewKey, reset_pin
from app.accounts.models import AuditLine, Person, ResetKey, Role
from app.accounts.operations import OperationConflict
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from tests.accounts.acts import PIN, member, sign_in, signed_in_as
from tests.accounts.cards import card_for, enter, scan, take_over, type_code
from tests.acts import rows

OTHER_PIN = "381946"


@pytest.fixture
def hoa(app) -> Person:
    person = member("Nguyễn Thị Hoa")
    give_consent(person, "learning", "web")
    return person


@pytest.fixture
def key(hoa: Person, hr: Person) -> NewKey:
    made = reset_pin(hoa, hr, operation_id())
    assert made is not None
    db.session.commit()
    return made


def test_the_code_is_typed_and_a_new_pin_set(client, app, hoa, key):
    assert type_code(client, key.code).location == "/login/card"
    assert "Đặt mã PIN" in client.get("/login/card").text
    assert take_over(client, OTHER_PIN).location == "/learn"
    assert signed_in_as(client) == rows(Person, id=hoa.id)[0].get_id()
    assert sign_in(app.test_client(), pin=PIN).status_code == 401
    assert sign_in(app.test_client(), pin=OTHER_PIN).status_code == 303


def test_or_scanned_from_the_helper_s_screen(client, key):
    assert "Đặt mã PIN" in scan(client, key.secret).text


def test_both_acts_leave_an_audit_line(client, hoa, hr, key):
    type_code(client, key.code)
    take_over(client, OTHER_PIN)
    told = [(line.actor_id, line.verb, line.subject) for line in rows(AuditLine)]
    assert (hr.id, "reset_pin", f"person {hoa.id}") in told
    assert (hoa.id, "set_pin", f"person {hoa.id}") in told


def test_until_then_the_old_pin_holds(client, key):
    assert sign_in(client).status_code == 303


def test_open_sessions_end(client, app, key):
    finder = app.test_client()
    sign_in(finder)
    type_code(client, key.code)
    take_over(client, OTHER_PIN)
    assert finder.get("/learn").status_code == 302


def test_the_card_goes_on_with_the_new_pin(client, app, hoa, key, admin):
    card = card_for(hoa, admin)
    type_code(client, key.code)
    take_over(client, OTHER_PIN)
    other = app.test_client()
    scan(other, card)
    assert enter(other, OTHER_PIN).status_code == 303


def test_the_code_is_used_once(client, app, key):
    type_code(client, key.code)
    take_over(client, OTHER_PIN)
    other = app.test_client()
    type_code(other, key.code)
    assert "Nhập mã PIN" in other.get("/login/card").text


def test_within_thirty_minutes(client, key):
    with clock.frozen(clock.now() + keys.LASTS):
        type_code(client, key.code)
        assert "Nhập mã PIN" in client.get("/login/card").text


def test_run_out_while_typing_it_sets_nothing(client, app, key):
    start = clock.now()
    with clock.frozen(start + timedelta(minutes=25)):
        type_code(client, key.code)
    with clock.frozen(start + timedelta(minutes=31)):
        take_over(client, OTHER_PIN)
    assert signed_in_as(client) is None
    assert sign_in(app.test_client(), pin=PIN).status_code == 303


def test_a_second_code_voids_the_first(client, hoa, hr, key):
    assert reset_pin(hoa, hr, operation_id())
    db.session.commit()
    assert len(rows(ResetKey)) == 1
    type_code(client, key.code)
    assert "Nhập mã PIN" in client.get("/login/card").text


def test_the_same_act_again_tells_no_second_code(hoa, hr):
    op_id = operation_id()
    assert reset_pin(hoa, hr, op_id)
    assert reset_pin(hoa, hr, op_id) is None
    assert len(rows(ResetKey)) == 1


def test_the_same_id_for_somebody_else_is_refused(hoa, stranger, hr):
    op_id = operation_id()
    reset_pin(hoa, hr, op_id)
    with pytest.raises(OperationConflict):
        reset_pin(stranger, hr, op_id)


def test_whoever_holds_a_role_is_not_for_a_helper(hoa, hr):
    grant_role(None, hoa, Role.OFFICER, None)
    with pytest.raises(HoldsRole):
        reset_pin(hoa, hr, operation_id())
    assert not rows(ResetKey)


def test_neither_code_nor_secret_is_kept(key):
    stored = str([vars(row) for row in rows(ResetKey)])
    assert key.code not in stored
    assert key.secret not in stored
