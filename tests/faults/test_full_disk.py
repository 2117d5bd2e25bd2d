"""A full disk: nothing is promised, reads go on, and it heals by itself (rule 8)."""

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.accounts.models import Person
from app.extensions import db
from app.lib.ids import operation_id
from tests import databases
from tests.accounts.acts import FORM
from tests.acts import post, rows
from tests.faults.conftest import Ready
from tests.faults.invariants import check

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(databases.POSTGRESQL, reason="how a server's disk fills is its own matter"),
]


ORDINARY = ("PRAGMA foreign_keys=ON", "PRAGMA busy_timeout=5000")
MOST_TRIES = 400


def let_grow(monkeypatch: pytest.MonkeyPatch, *pragmas: str) -> None:
    """Connections with these pragmas from now on."""
    db.session.close()
    monkeypatch.setattr("app.db.SQLITE_PRAGMAS", (*ORDINARY, *pragmas))
    db.engine.dispose()


def test_a_full_disk_refuses_and_heals(
    app: Flask, as_learner: FlaskClient, ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = db.session.execute(text("PRAGMA page_count")).scalar_one()
    before = len(rows(Person))
    let_grow(monkeypatch, f"PRAGMA max_page_count={pages}")
    told = Counter[int]()
    last = {}
    while not told[503]:
        last = {**FORM, "phone": f"0905{told[303]:06d}", "op_id": operation_id()}
        refused = app.test_client().post("/register", data=last)
        told[refused.status_code] += 1
        assert told.total() < MOST_TRIES
    assert refused.headers["Retry-After"] == "5"
    assert len(rows(Person)) == before + told[303]

    address = f"/attempts/{ready.attempt_id}/submission"
    answer = post(as_learner, address, op_id=ready.op_id)
    assert check(ready.attempt_id) is (answer.status_code == 303)
    assert as_learner.get("/learn").status_code == as_learner.get("/courses").status_code == 200

    let_grow(monkeypatch)
    assert app.test_client().post("/register", data=last).status_code == 303
    assert post(as_learner, address, op_id=ready.op_id).status_code == 303
    assert check(ready.attempt_id)
    assert len(rows(Person)) == before + told[303] + 1
