"""One commit per request, durable; GET cannot write; a locked database refuses at once (rule 8)."""

import sqlite3

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.accounts.models import Person
from app.config import Settings
from app.db import set_read_only
from app.extensions import db
from app.units.models import Membership, Unit
from tests import databases
from tests.acts import post, rows

only_sqlite = pytest.mark.skipif(databases.POSTGRESQL, reason="SQLite's own settings")


@only_sqlite
def test_sqlite_is_opened_durable(app: Flask) -> None:
    pragma = {
        name: db.session.execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_reading_transaction_cannot_write(app: Flask) -> None:
    set_read_only(True)
    try:
        with pytest.raises(DBAPIError):
            db.session.execute(text("DELETE FROM person"))
    finally:
        db.session.rollback()
        set_read_only(False)
    db.session.execute(text("DELETE FROM person"))


def test_a_view_that_returns_is_committed(
    as_learner: FlaskClient, learner: Person, other_commune: Unit
) -> None:
    assert post(as_learner, "/residence", commune=other_commune.id).status_code == 303
    places = rows(Membership, person_id=learner.id, unit_id=other_commune.id)
    assert len(places) == 1


@only_sqlite
def test_a_locked_database_says_try_again_and_reads_go_on(
    as_learner: FlaskClient,
    other_commune: Unit,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.db.SQLITE_PRAGMAS", ("PRAGMA busy_timeout=50",))
    commune = other_commune.id
    db.session.close()
    db.engine.dispose()
    holder = sqlite3.connect(settings.instance / "bdhvs.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    refused = post(as_learner, "/residence", commune=commune)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert as_learner.get("/residence").status_code == 200
    holder.close()
    assert post(as_learner, "/residence", commune=commune).status_code == 303


@only_sqlite
def test_a_connection_lost_in_a_write_does_not_keep_the_others_waiting(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.LONGEST_WAIT", 0)
    for lose in (lambda c: c.invalidate(), lambda c: c.connection.close()):
        connection = db.engine.connect()
        connection.execute(text("SELECT 1"))
        lose(connection)
        connection.close()
    with db.engine.connect() as next_one:
        next_one.execute(text("SELECT 1"))
        assert next_one.info["in_turn"]


def test_errors_in_the_log_hold_nobodys_data(app: Flask) -> None:
    with pytest.raises(DBAPIError) as failed:
        db.session.execute(text("SELECT :name FROM nowhere"), {"name": "Nguyễn Thị Hoa"})
    db.session.rollback()
    assert "Hoa" not in str(failed.value)


@pytest.mark.skipif(not databases.POSTGRESQL, reason="SQLite takes every character")
def test_a_character_that_no_column_takes_is_refused(client: FlaskClient) -> None:
    assert post(client, "/login/staff", email="a\0@b.vn", password="x").status_code == 400
