"""Lists that make themselves: on their day, once a month, whatever happens to the worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Grant, Person
from app.content.models import Course
from app.extensions import db
from app.jobs.models import Job, State
from app.jobs.worker import Worker
from app.lib import clock
from app.staff.models import MadeList, Monthly
from app.units.models import Unit
from tests.acts import post, rows
from tests.staff.acts import words


@pytest.fixture
def worker(app: Flask) -> Worker:
    return Worker(app.extensions["jobs_folder"])


@contextmanager
def on(year: int, month: int, day: int) -> Iterator[None]:
    with clock.frozen(datetime(year, month, day, 3, tzinfo=UTC)):
        yield


def set_it(client: FlaskClient, unit: Unit, **more: object) -> object:
    data = {"unit": unit.id, "course": "thu-nghiem", "state": "", "form": "csv", "day": 5}
    return post(client, "/staff/monthly", **(data | more))


def test_a_list_makes_itself_on_its_day_and_once(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, worker: Worker
) -> None:
    with on(2026, 8, 1):
        set_it(as_hr, office)
        worker.run_once()
        assert rows(MadeList) == []
    for day in (5, 5, 6, 20):
        with on(2026, 8, day):
            worker.run_once()
    made = rows(MadeList)
    assert [(one.month, one.number, one.people) for one in made] == [("2026-08", 1, 1)]
    assert rows(Job)[0].state == State.DONE
    with on(2026, 9, 7):
        Worker(as_hr.application.extensions["jobs_folder"]).run_once()
    assert [one.month for one in rows(MadeList)] == ["2026-08", "2026-09"]
    assert "tự lập" in words(as_hr.get("/staff/lists/made"))


def test_said_again_the_day_is_changed(as_hr: FlaskClient, office: Unit) -> None:
    set_it(as_hr, office)
    set_it(as_hr, office, day=9)
    assert [one.day for one in rows(Monthly)] == [9]


def test_it_ends(as_hr: FlaskClient, learner: Person, office: Unit, worker: Worker) -> None:
    with on(2026, 8, 1):
        set_it(as_hr, office)
        post(as_hr, f"/staff/monthly/{rows(Monthly)[0].id}/end")
    with on(2026, 8, 9):
        worker.run_once()
    assert rows(MadeList) == []
    assert len(rows(AuditLine, verb="end_monthly")) == 1


def test_it_ends_by_itself_when_nobody_keeps_the_unit_any_more(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, worker: Worker
) -> None:
    with on(2026, 8, 1):
        set_it(as_hr, office)
    rows(Grant, person_id=hr.id)[0].ended_at = datetime(2026, 8, 2, tzinfo=UTC)
    db.session.commit()
    with on(2026, 8, 9):
        worker.run_once()
    assert rows(MadeList) == []
    assert rows(Monthly)[0].ended_at is not None


@pytest.mark.parametrize(
    ("field", "value"), [("day", 29), ("day", 0), ("course", "khong-co"), ("form", "exe")]
)
def test_what_is_wrong_is_refused(
    as_hr: FlaskClient, office: Unit, field: str, value: object
) -> None:
    assert set_it(as_hr, office, **{field: value}).status_code == 400
    assert rows(Monthly) == []


def test_units_of_others_are_refused(
    as_hr: FlaskClient, as_learner: FlaskClient, other_office: Unit, course: Course
) -> None:
    assert set_it(as_hr, other_office).status_code == 400
    assert set_it(as_learner, other_office).status_code == 404
    assert post(as_hr, "/staff/monthly/999999/end").status_code == 404
