"""Large rosters: looked at and taken in by jobs, all or nothing, exactly what was shown."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actions import add_person
from app.accounts.models import Grant, Person
from app.extensions import db
from app.jobs.models import Job, State
from app.jobs.worker import Worker
from app.lib import clock
from app.staff import takings
from app.staff.models import RosterImport
from app.units.actions import join
from app.units.models import Membership, Unit
from tests.acts import post, rows
from tests.staff.acts import csv_file, show, slip, words

AN = ("Trần Văn An", "05/03/1990", "048090001234", "0905111222", "Văn thư")
BA = ("Lê Văn Ba", "06/03/1990", "048090001235", "0905111223", "")
WRONG = ("Lê Bé", "31/02/1985", "", "", "")


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is a setting of time, not of behaviour: any roster may be worked in a job."""
    monkeypatch.setattr("app.staff.routes.rosters.LARGE", 0)


@pytest.fixture
def worker(app: Flask) -> Worker:
    return Worker(app.extensions["jobs_folder"])


def last_job() -> Job:
    found: Job = rows(Job)[-1]
    return found


def looked(client: FlaskClient, worker: Worker, unit: Unit, data: bytes) -> str:
    """Upload a roster, let the worker look at it; returns the slip of the page it leads to."""
    answer = show(client, unit, data)
    assert answer.location == f"/jobs/{last_job().id}"
    worker.run_once()
    assert last_job().state == State.DONE, last_job().message
    return slip(client.get(last_job().back))


def test_a_large_roster_is_looked_at_and_taken_in(
    as_hr: FlaskClient, hr: Person, office: Unit, worker: Worker
) -> None:
    text = looked(as_hr, worker, office, csv_file(AN, BA))
    assert rows(Person, full_name="Trần Văn An") == []
    post(as_hr, "/staff/rosters", roster=text, rows="all")
    worker.run_once()
    done = last_job()
    assert (done.state, done.message) == (State.DONE, "Đã thêm 2 người, sửa 0 người.")
    taken = rows(RosterImport)[0]
    assert done.back == f"/staff/rosters/imports/{taken.id}"
    assert (taken.actor_id, taken.filename) == (hr.id, "ds.csv")
    assert len(rows(Membership, unit_id=office.id)) == 2
    assert rows(Person, full_name="Trần Văn An")[0].number_tail == "234"


def test_known_people_are_changed_in_bulk(
    as_hr: FlaskClient, office: Unit, learner: Person, worker: Worker
) -> None:
    hoa = ("Nguyễn Thị Hoa", "05/02/1985", AN[2], "0905123456", "Trưởng phòng")
    text = looked(as_hr, worker, office, csv_file(hoa))
    post(as_hr, "/staff/rosters", roster=text, rows="all")
    worker.run_once()
    assert rows(Membership, person_id=learner.id, kind="work")[0].position == "Trưởng phòng"
    assert rows(Person, id=learner.id)[0].number_tail == "234"


def test_rows_are_paged_by_address(as_hr: FlaskClient, office: Unit, worker: Worker) -> None:
    people = [(f"Trần Văn {chr(65 + n // 26)}{chr(97 + n % 26)}", *[""] * 4) for n in range(120)]
    looked(as_hr, worker, office, csv_file(*people, WRONG))
    page = words(as_hr.get(f"{last_job().back}?page=2"))
    assert "Trần Văn Ep" in page
    assert "Trần Văn Ab " not in page


def test_the_bad_rows_are_the_file_of_the_import(
    as_hr: FlaskClient, office: Unit, worker: Worker
) -> None:
    text = looked(as_hr, worker, office, csv_file(AN, WRONG))
    assert post(as_hr, "/staff/rosters/bad-rows", roster=text).data.startswith(b"PK")
    post(as_hr, "/staff/rosters", roster=text, rows="good")
    worker.run_once()
    assert last_job().result == "dong-sai.xlsx"
    assert "1 dòng chưa nhập" in last_job().message
    with as_hr.get(f"/jobs/{last_job().id}/file") as file:
        assert file.data.startswith(b"PK")


def test_all_or_nothing_otherwise(as_hr: FlaskClient, office: Unit, worker: Worker) -> None:
    text = looked(as_hr, worker, office, csv_file(AN, WRONG))
    post(as_hr, "/staff/rosters", roster=text, rows="all")
    worker.run_once()
    assert (last_job().state, rows(RosterImport)) == (State.FAILED, [])
    assert "Tệp có dòng sai" in last_job().message


def test_what_changed_in_between_is_not_taken_in(
    as_hr: FlaskClient, office: Unit, worker: Worker
) -> None:
    text = looked(as_hr, worker, office, csv_file(AN))
    join(add_person("Trần Văn An", birth_date=date(1990, 3, 5), phone=AN[3]), office, "work")
    db.session.commit()
    post(as_hr, "/staff/rosters", roster=text, rows="all")
    worker.run_once()
    assert last_job().state == State.FAILED
    assert "hãy xem lại" in last_job().message
    assert len(rows(Person, full_name="Trần Văn An")) == 1


def test_what_changes_while_it_reads_is_noticed_before_it_writes(
    as_hr: FlaskClient, office: Unit, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = looked(as_hr, worker, office, csv_file(AN))
    post(as_hr, "/staff/rosters", roster=text, rows="all")

    def meanwhile(matter: str) -> None:
        join(add_person("Trần Văn An", birth_date=date(1990, 3, 5)), office, "work")

    # between the reading and the writing transaction of the job
    monkeypatch.setattr(takings, "take_turns", meanwhile)
    worker.run_once()
    assert (last_job().state, rows(RosterImport)) == (State.FAILED, [])


def test_the_same_form_sent_twice_is_one_import(
    as_hr: FlaskClient, office: Unit, worker: Worker
) -> None:
    text = looked(as_hr, worker, office, csv_file(AN))
    sent = [
        post(as_hr, "/staff/rosters", roster=text, rows="all", op_id="a" * 32).location
        for _ in range(2)
    ]
    worker.run_once()
    assert sent[0] == sent[1]
    assert len(rows(RosterImport)) == 1


def test_a_killed_import_is_done_once_by_the_next_worker(
    as_hr: FlaskClient, office: Unit, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = looked(as_hr, worker, office, csv_file(AN))
    post(as_hr, "/staff/rosters", roster=text, rows="all")

    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("app.jobs.worker.actions.finish", killed)
        with pytest.raises(SystemExit):
            worker.work_next()
    db.session.rollback()
    assert (last_job().state, rows(RosterImport)) == (State.RUNNING, [])
    worker.run_once()
    assert len(rows(Person, full_name="Trần Văn An")) == 1


def test_a_file_without_names_asks_for_the_columns(
    as_hr: FlaskClient, office: Unit, worker: Worker
) -> None:
    headings = ("Người", "Năm", "Số điện thoại", "TT")
    data = csv_file(("Lê Thị Bé", "1985", "", "1"), headings=headings)
    text = looked(as_hr, worker, office, data)
    post(as_hr, "/staff/rosters/columns", roster=text, **{"column-0": "name"})
    worker.run_once()
    assert "Lê Thị Bé" in as_hr.get(last_job().back).text


def test_a_bad_file_fails_with_its_reason(as_hr: FlaskClient, office: Unit, worker: Worker) -> None:
    show(as_hr, office, "một, hai\r\nba, bốn\r\n".encode())
    worker.run_once()
    assert last_job().state == State.FAILED
    assert "dòng tiêu đề" in last_job().message


def test_a_unit_taken_away_in_between_is_not_written(
    as_hr: FlaskClient, office: Unit, hr: Person, worker: Worker
) -> None:
    text = looked(as_hr, worker, office, csv_file(AN))
    post(as_hr, "/staff/rosters", roster=text, rows="all")
    rows(Grant, person_id=hr.id)[0].ended_at = clock.now()
    db.session.commit()
    worker.run_once()
    assert (last_job().state, rows(RosterImport)) == (State.FAILED, [])
    assert as_hr.get(last_job().back).status_code == 404


def test_what_another_looked_at_is_not_found(
    as_hr: FlaskClient, as_officer: FlaskClient, office: Unit, worker: Worker
) -> None:
    looked(as_hr, worker, office, csv_file(AN))
    assert as_officer.get(last_job().back).status_code == 404
    assert as_hr.get("/staff/rosters/looks/999").status_code == 404
