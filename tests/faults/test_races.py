"""Fifty submissions at once give one award with one number (rules 2 and 3)."""

import threading
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actions import add_person
from app.accounts.models import Credential, Person
from app.certificates import register
from app.certificates.models import Award
from app.content.models import Course
from app.extensions import db
from app.lib.dates import parse_vietnamese_date
from app.lib.ids import operation_id
from app.quizzes.models import Attempt
from tests.accounts.acts import FORM
from tests.acts import rows
from tests.faults.conftest import Ready, prepare
from tests.faults.invariants import check

RIVALS = 50


def race(app: Flask, submissions: list[tuple[str, int, str]]) -> Counter[int]:
    """Send (session id, attempt id, operation id) all at once, again while told to; statuses."""
    db.session.close()
    gate = threading.Barrier(len(submissions))
    statuses: list[int] = []
    threads = [
        threading.Thread(target=_send, args=(app, gate, statuses, *submission))
        for submission in submissions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(statuses)


def _send(
    app: Flask,
    gate: threading.Barrier,
    statuses: list[int],
    session_id: str,
    attempt_id: int,
    op_id: str,
) -> None:
    # a plain client: the proof-reading one listens to all threads at once
    client = FlaskClient(app)
    with client.session_transaction() as session:
        session["_user_id"] = session_id
    gate.wait()
    status = 503
    while status == 503:
        answer = client.post(f"/attempts/{attempt_id}/submission", data={"op_id": op_id})
        status = answer.status_code
    statuses.append(status)


@pytest.mark.faults
@pytest.mark.parametrize("same_operation", [True, False])
def test_fifty_racing_submissions_give_one_award(
    app: Flask, learner: Person, ready: Ready, same_operation: bool
) -> None:
    session_id = learner.get_id()
    operations = [ready.op_id if same_operation else operation_id() for _ in range(RIVALS)]
    statuses = race(app, [(session_id, ready.attempt_id, op_id) for op_id in operations])
    assert statuses == Counter({303: RIVALS})
    assert check(ready.attempt_id)
    assert [award.number for award in rows(Award)] == [1]


@pytest.mark.faults
def test_many_people_at_once_get_numbers_without_a_gap(
    app: Flask, province: object, course: Course
) -> None:
    people = [
        add_person(f"Nguyễn Văn {name}") for name in ("An", "Bình", "Chi", "Dũng", "Em", "Giang")
    ]
    ready = [prepare(person, course) for person in people]
    statuses = race(
        app,
        [
            (person.get_id(), each.attempt_id, operation_id())
            for person, each in zip(people, ready, strict=True)
            for _ in range(4)
        ],
    )
    assert statuses == Counter({303: 24})
    assert sorted(award.number for award in rows(Award)) == [1, 2, 3, 4, 5, 6]
    assert list(register.faults()) == []
    assert all(attempt.passed for attempt in rows(Attempt))


@pytest.mark.faults
def test_one_human_being_registering_twice_at_once_stays_one(app: Flask) -> None:
    birth, _ = parse_vietnamese_date(FORM["birth"])
    add_person(FORM["full_name"], birth_date=birth, phone=FORM["phone"])
    db.session.commit()
    db.session.close()
    gate = threading.Barrier(8)

    def send() -> None:
        browser = FlaskClient(app)
        gate.wait()
        while browser.post("/register", data={**FORM, "op_id": operation_id()}).status_code == 503:
            continue

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(rows(Person)), len(rows(Credential))) == (1, 1)
