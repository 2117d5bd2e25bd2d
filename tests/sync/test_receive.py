"""POST /sync: a batch is taken in act by act; the eight questions, and what is no batch."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.learning.models import Enrolment, StepCredit
from app.lib.ids import operation_id
from app.sync.batch import MOST_BYTES, MOST_OPERATIONS
from app.sync.models import SyncedOperation
from tests.acts import post, rows
from tests.sync.conftest import Send
from tests.sync.device import act, profile, send, statuses


def test_a_lesson_done_offline_is_credited(from_device: Send, learner: Person) -> None:
    assert statuses(from_device(act())) == ["applied"]
    [credit] = rows(StepCredit)
    assert (credit.person_id, credit.step_slug, credit.evidence) == (learner.id, "mot", "self")


def test_signed_out_without_a_ticket_it_is_refused(
    app: Flask, client: FlaskClient, learner: Person
) -> None:
    answer = send(client, profile(app, learner), act())
    assert (answer.status_code, answer.json["error"]) == (401, "sign_in")
    assert rows(StepCredit) == []


def test_a_session_is_enough(app: Flask, as_learner: FlaskClient, learner: Person) -> None:
    assert statuses(send(as_learner, profile(app, learner), act())) == ["applied"]


def test_what_is_anothers_is_not_taken_for_ones_own(
    app: Flask, as_stranger: FlaskClient, stranger: Person, learner: Person, ticket: str
) -> None:
    named = profile(app, learner)
    assert send(as_stranger, named, act()).status_code == 401
    assert send(as_stranger, profile(app, stranger), act(), ticket=ticket).status_code == 401
    # the ticket says who it is, whoever is signed in
    assert statuses(send(as_stranger, named, act(), ticket=ticket)) == ["applied"]
    assert [credit.person_id for credit in rows(StepCredit)] == [learner.id]


def test_twice_counts_once(from_device: Send) -> None:
    once = act()
    assert statuses(from_device(once, once)) == ["applied", "already"]
    assert statuses(from_device(once)) == ["already"]
    assert statuses(from_device(act())) == ["already"]
    assert len(rows(StepCredit)) == 1


def test_what_a_form_did_before_is_the_same_act(from_device: Send, as_learner: FlaskClient) -> None:
    op_id = operation_id()
    post(as_learner, "/courses/thu-nghiem/mot/completion", op_id=op_id)
    assert statuses(from_device(act(op=op_id))) == ["already"]
    assert len(rows(StepCredit)) == 1


def test_the_same_id_for_another_act_is_refused(from_device: Send) -> None:
    op_id = operation_id()
    answer = from_device(act(op=op_id), act(step="hai", op=op_id))
    assert statuses(answer) == ["applied", "refused:conflict"]
    assert [credit.step_slug for credit in rows(StepCredit)] == ["mot"]


def test_the_id_of_somebody_elses_act_is_refused(
    app: Flask, from_device: Send, as_stranger: FlaskClient, stranger: Person
) -> None:
    op_id = operation_id()
    from_device(act(op=op_id))
    answer = send(as_stranger, profile(app, stranger), act(op=op_id))
    assert statuses(answer) == ["refused:conflict"]
    assert len(rows(StepCredit)) == 1


BROKEN = (
    "no object",
    {"op": "x"},
    act(op="not-an-id"),
    act(kind="COMPLETE!"),
    act(course="../c4"),
    {**act(), "payload": {"text": "a" * 70_000}},
    {**act(), "payload": []},
    {**act(), "step": 7},
    {**act(), "surplus": 1},
    {**act(), "payload": {"text": "\ud800"}},
)


@pytest.mark.parametrize("broken", BROKEN)
def test_one_that_cannot_be_read_holds_up_no_other(from_device: Send, broken: object) -> None:
    assert statuses(from_device(act(), broken, act(step="hai"))) == [
        "applied",
        "refused:malformed",
        "applied",
    ]
    assert len(rows(StepCredit)) == 2


def test_a_kind_that_is_not_known_waits(from_device: Send) -> None:
    assert statuses(from_device(act("sing"))) == ["quarantined:unknown_kind"]
    assert [row.kind for row in rows(SyncedOperation)] == ["sing"]


def test_enrolling_offline(from_device: Send, learner: Person) -> None:
    assert statuses(from_device(act("enrol", ""), act("enrol", ""))) == ["applied", "already"]
    assert [row.person_id for row in rows(Enrolment)] == [learner.id]


@pytest.mark.parametrize(
    ("body", "kind", "status", "error"),
    [
        (b"{}", "application/json", 400, "batch"),
        (b"not json", "application/json", 400, "batch"),
        (b'{"protocol": true}', "application/json", 400, "batch"),
        (b'{"protocol": 1, "profile": "x"}', "application/json", 400, "batch"),
        (b"[" * 100_000, "application/json", 400, "batch"),
        (b"protocol=1", "application/x-www-form-urlencoded", 415, "json"),
        (b'{"protocol": 1}', "text/plain", 415, "json"),
        (b"x" * (MOST_BYTES + 1), "application/json", 413, "too_large"),
    ],
)
def test_what_is_no_batch(
    client: FlaskClient, body: bytes, kind: str, status: int, error: str
) -> None:
    answer = client.post("/sync", data=body, content_type=kind)
    assert (answer.status_code, answer.json["error"]) == (status, error)
    assert answer.json["words"]


def test_more_acts_than_a_batch_may_hold(from_device: Send) -> None:
    answer = from_device(*[act()] * (MOST_OPERATIONS + 1))
    assert (answer.status_code, answer.json["error"]) == (400, "batch")


def test_a_full_batch(from_device: Send) -> None:
    assert statuses(from_device(*[act() for _ in range(MOST_OPERATIONS)])).count("already") == 199


def test_an_old_client_is_told_to_reload_and_a_newer_one_to_wait(from_device: Send) -> None:
    old = from_device(act(), protocol=0)
    assert (old.status_code, old.json["error"]) == (426, "reload")
    newer = from_device(act(), protocol=2)
    assert (newer.status_code, newer.json["error"]) == (503, "later")
    assert newer.headers["Retry-After"]
    assert rows(SyncedOperation) == []


def test_another_site_cannot_send_in_ones_name(
    app: Flask, as_learner: FlaskClient, learner: Person
) -> None:
    batch = json.dumps({"protocol": 1, "profile": profile(app, learner), "operations": [act()]})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert as_learner.post("/sync", data=batch, content_type=kind).status_code == 415
    cross = {"Sec-Fetch-Site": "cross-site"}
    answer = as_learner.post("/sync", data=batch, content_type="application/json", headers=cross)
    assert answer.status_code == 415
    assert "Access-Control-Allow-Origin" not in as_learner.options("/sync").headers
    assert rows(StepCredit) == []


def test_a_wrong_method(client: FlaskClient) -> None:
    assert client.put("/sync").status_code == 405
