"""Lists of large units: written by a job, handed out to whoever asked, noted once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Grant, Person
from app.extensions import db
from app.jobs.models import Job, State
from app.jobs.worker import Worker
from app.lib import clock
from app.units.models import Unit
from tests.acts import post, rows
from tests.staff.acts import employ


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.staff.exports.MANY", 0)


@pytest.fixture
def worker(app: Flask) -> Worker:
    return Worker(app.extensions["jobs_folder"])


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_large_list_is_written_by_a_job(
    as_hr: FlaskClient, learner: Person, worker: Worker, form: str
) -> None:
    answer = post(as_hr, "/staff/lists", course="thu-nghiem", format=form)
    worker.run_once()
    job = rows(Job)[0]
    assert (job.state, job.message) == (State.DONE, "Danh sách này có 1 người.")
    with as_hr.get(f"{answer.location}/file") as file:
        assert file.data.startswith(b"PK" if form == "xlsx" else b"\xef\xbb\xbf")
        assert form == "xlsx" or "Nguyễn Thị Hoa" in file.text
    assert [line.subject for line in rows(AuditLine, verb="export")] != []


def test_the_state_and_the_unit_are_kept(
    as_hr: FlaskClient, office: Unit, worker: Worker, course: object
) -> None:
    employ(office, "Lê Văn Ba", "Lê Thị Bé")
    post(as_hr, "/staff/lists", unit=office.id, state="not-begun", format="csv")
    worker.run_once()
    assert rows(Job)[0].message == "Danh sách này có 2 người."


def test_twice_is_one_job_and_one_line(as_hr: FlaskClient, learner: Person) -> None:
    for _ in range(2):
        post(as_hr, "/staff/lists", format="csv", op_id="a" * 32)
    assert (len(rows(Job)), len(rows(AuditLine, verb="export"))) == (1, 1)


def test_a_unit_taken_away_in_between_is_not_written(
    as_hr: FlaskClient, hr: Person, learner: Person, worker: Worker
) -> None:
    post(as_hr, "/staff/lists", format="csv")
    rows(Grant, person_id=hr.id)[0].ended_at = clock.now()
    db.session.commit()
    worker.run_once()
    assert rows(Job)[0].state == State.FAILED


def test_nobody_else_gets_the_file(
    as_hr: FlaskClient, as_learner: FlaskClient, learner: Person, worker: Worker
) -> None:
    answer = post(as_hr, "/staff/lists", format="csv")
    worker.run_once()
    assert as_learner.get(f"{answer.location}/file").status_code == 404
