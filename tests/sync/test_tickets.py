"""A device's ticket: for one person, for /sync alone, for 120 days, and taken back."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import AuditLine, Person
from app.extensions import db
from app.learning.models import StepCredit
from app.lib import clock
from app.lib.hashing import digest
from app.lib.ids import operation_id
from app.persons.actions.merging import merge
from app.sync.models import DeviceTicket
from tests.acts import rows
from tests.sync.conftest import Send
from tests.sync.device import SECRET, act, profile, send, statuses


def ask(client: FlaskClient, secret: str = SECRET, op: str = "") -> TestResponse:
    """Ask for a ticket."""
    return client.post("/sync/tickets", json={"op": op or operation_id(), "secret": secret})


def test_a_ticket_is_given(app: Flask, as_learner: FlaskClient, learner: Person) -> None:
    answer = ask(as_learner)
    assert answer.json["profile"] == profile(app, learner)
    assert answer.json["name"] == "Hoa"
    assert [(row.person_id, row.in_force) for row in rows(DeviceTicket)] == [(learner.id, True)]


def test_only_a_hash_of_it_is_stored(as_learner: FlaskClient) -> None:
    assert SECRET not in ask(as_learner).text
    assert [row.secret_hash for row in rows(DeviceTicket)] == [digest(SECRET)]


def test_signed_out_nobody_gets_one(client: FlaskClient) -> None:
    assert ask(client).status_code == 302
    assert rows(DeviceTicket) == []


def test_another_site_cannot_ask_for_one(app: Flask, as_learner: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert ask(as_learner).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert rows(DeviceTicket) == []


def test_asked_twice_it_is_one(as_learner: FlaskClient) -> None:
    op = operation_id()
    assert ask(as_learner, op=op).json == ask(as_learner, op=op).json
    assert ask(as_learner).status_code == 200
    assert len(rows(DeviceTicket)) == 1


def test_the_same_request_for_another_secret_is_refused(as_learner: FlaskClient) -> None:
    op = operation_id()
    ask(as_learner, op=op)
    assert ask(as_learner, "ab" * 32, op).status_code == 409
    assert len(rows(DeviceTicket)) == 1


def test_a_secret_of_somebody_else_is_refused(
    as_stranger: FlaskClient, as_learner: FlaskClient, learner: Person
) -> None:
    ask(as_learner)
    assert ask(as_stranger).status_code == 409
    assert [row.person_id for row in rows(DeviceTicket)] == [learner.id]


@pytest.mark.parametrize("secret", ["", "short", "G" * 64, 7, None])
def test_bad_input(as_learner: FlaskClient, secret: str) -> None:
    assert ask(as_learner, secret).status_code == 400


def test_a_wrong_method(as_learner: FlaskClient) -> None:
    assert as_learner.get("/sync/tickets").status_code == 405


def test_work_of_89_days_ago_arrives_though_the_session_ended(from_device: Send) -> None:
    with clock.frozen(clock.now() + timedelta(days=89)):
        assert statuses(from_device(act())) == ["applied"]


def test_each_use_makes_it_last(from_device: Send) -> None:
    begin = clock.now()
    for days in (100, 200, 300):
        with clock.frozen(begin + timedelta(days=days)):
            assert from_device().status_code == 200


def test_it_ends_after_120_days(from_device: Send) -> None:
    with clock.frozen(clock.now() + timedelta(days=121)):
        answer = from_device(act())
    assert (answer.status_code, answer.json["error"]) == (401, "sign_in")
    assert rows(StepCredit) == []


def test_leaving_hands_in_first_and_then_ends_it(from_device: Send) -> None:
    assert statuses(from_device(act(), leave=True)) == ["applied"]
    assert from_device(act()).status_code == 401
    assert len(rows(StepCredit)) == 1
    assert len(rows(AuditLine, verb="withdraw_ticket")) == 1


def test_leaving_all_devices_or_a_new_pin_ends_it(from_device: Send, learner: Person) -> None:
    assert from_device().status_code == 200
    db.session.get_one(Person, learner.id).session_stamp = "another"
    db.session.commit()
    answer = from_device(act())
    assert (answer.status_code, answer.json["error"]) == (401, "sign_in")
    assert rows(StepCredit) == []


def test_it_opens_no_page(client: FlaskClient, ticket: str) -> None:
    headers = {"Authorization": f"Ticket {ticket}"}
    assert client.get("/learn", headers=headers).status_code == 302
    assert client.post("/sync/tickets", json={}, headers=headers).status_code == 302


@pytest.mark.parametrize("secret", ["", "00" * 32, "x", "' OR 1=1"])
def test_a_secret_that_is_none(
    app: Flask, client: FlaskClient, learner: Person, ticket: str, secret: str
) -> None:
    headers = {"Authorization": f"Ticket {secret}"}
    batch = {"protocol": 1, "profile": profile(app, learner), "operations": [act()]}
    assert client.post("/sync", json=batch, headers=headers).status_code == 401


def test_the_browser_is_told_whose_work_it_keeps(
    app: Flask, as_learner: FlaskClient, learner: Person
) -> None:
    answer = as_learner.get("/learn")
    cookie = as_learner.get_cookie("learner")
    assert cookie and cookie.value == profile(app, learner)
    assert "learner=" in answer.headers["Set-Cookie"]
    assert str(learner.id) != cookie.value
    # told once, not with every page
    assert "learner=" not in as_learner.get("/learn").headers.get("Set-Cookie", "")


@pytest.mark.parametrize("goodbye", ["/logout", "/switch"])
def test_leaving_takes_the_name_away(as_learner: FlaskClient, goodbye: str) -> None:
    as_learner.get("/learn")
    as_learner.post(goodbye, data={"op_id": operation_id()})
    assert as_learner.get_cookie("learner") is None


def test_what_a_merged_record_did_goes_to_the_one_that_remains(
    app: Flask,
    client: FlaskClient,
    learner: Person,
    stranger: Person,
    ticket: str,
) -> None:
    named = profile(app, learner)
    before = act()
    send(client, named, before, ticket=ticket)
    merge(stranger, learner.id, stranger.id, operation_id())
    db.session.commit()
    assert statuses(send(client, named, before, act(step="hai"), ticket=ticket)) == [
        "already",
        "applied",
    ]
    assert {(row.person_id, row.step_slug) for row in rows(StepCredit)} == {
        (stranger.id, "mot"),
        (stranger.id, "hai"),
    }
