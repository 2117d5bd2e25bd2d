"""The standings kept for a crowd say what the tables say, and pages of them are the same pages."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.content.models import Course
from app.extensions import db
from app.jobs.worker import Worker
from app.learning.assignments import assign, deadlines
from app.lib import clock
from app.lib.ids import operation_id
from app.staff import queries, rebuilding, standing
from app.staff.models import Standing, StandingMade
from app.staff.queries import Sort, State, Wanted
from app.units.actions import UnitRow, add_unit, join
from app.units.models import Membership, Unit
from app.units.queries import today
from tests.acts import finish_lessons, pass_course, rows
from tests.staff.acts import employ, words

WANTS = [(state, word, sort) for state in (None, *State) for word in ("", "le") for sort in Sort]


@pytest.fixture(autouse=True)
def _few_are_a_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.staff.desks.CROWD", 3)
    monkeypatch.setattr("app.staff.rebuilding.CROWD", 3)
    monkeypatch.setattr("app.staff.rebuilding.AT_ONCE", 7)
    monkeypatch.setattr("app.staff.queries.PAGE_SIZE", 4)
    monkeypatch.setattr("app.staff.standing.PAGE_SIZE", 4)


@pytest.fixture
def worker(app: Flask) -> Worker:
    return Worker(app.extensions["jobs_folder"])


@pytest.fixture
def crowd(hr: Person, learner: Person, office: Unit, course: Course) -> list[Unit]:
    """Three units, people in every state, one of them in two units, some overdue."""
    units = [office, *(add_unit(UnitRow(f"P{n}", f"Phòng {n}", "Cơ quan"), office) for n in "12")]
    names = ("Lê Văn An", "Trần Thị Ánh", "Hồ Văn Bé", "Lê Thị Chi", "Bh'riu Liếc", "Lê Ân")
    people = [person for unit in units for person in employ(unit, *names)]
    join(people[0], units[2], "work")
    join(people[7], units[0], "work")
    people[7].group = "can-bo"
    for person in people[::4]:
        pass_course(person, course)
    for person in people[1::4]:
        finish_lessons(person, course)
    with clock.frozen(clock.now() - timedelta(days=9)):
        assign(hr, units[2], course, today() + timedelta(days=2), "", operation_id())
        assign(hr, office, course, today() + timedelta(days=2), "can-bo", operation_id())
        assign(hr, office, course, today() + timedelta(days=99), "", operation_id())
    db.session.commit()
    return units


def wanted(units: list[Unit], course: Course, **more: object) -> Wanted:
    return Wanted(course, tuple(units), deadlines(course.slug, units), **more)


def test_pages_of_a_crowd_are_the_same_pages(
    crowd: list[Unit], worker: Worker, course: Course
) -> None:
    worker.run_once()
    for units in (crowd, crowd[1:], crowd[:1]):
        for state, word, sort in WANTS:
            asked = wanted(units, course, state=state, words=word, sort=sort)
            counts, found = queries.summary(asked), standing.groups(asked)
            assert standing.summary(found) == counts
            for number in (1, 2, 3, 9):
                live = queries.page(asked, number, counts)
                kept = (
                    standing.search(asked, number)[0]
                    if word
                    else standing.page(asked, number, found)
                )
                assert kept.total == live.total, asked
                assert [one.person_id for one in kept.items] == [
                    one.person_id for one in live.items
                ], (state, word, sort, number)


def test_the_page_says_since_when_it_stands(
    as_hr: FlaskClient, crowd: list[Unit], worker: Worker
) -> None:
    assert "Số đếm lúc" not in as_hr.get("/staff").text
    worker.run_once()
    page = words(as_hr.get("/staff"))
    assert "Số đếm lúc" in page
    assert "19 người :" in page
    assert as_hr.queries <= 11


def test_what_changed_is_there_after_a_few_minutes(
    as_hr: FlaskClient, crowd: list[Unit], worker: Worker, course: Course
) -> None:
    worker.run_once()
    newcomer, *_ = employ(crowd[1], "Zơrâm Thị Mới")
    gone = rows(Membership, unit_id=crowd[2].id)[0]
    gone.valid_to = today() - timedelta(days=1)
    db.session.commit()
    pass_course(newcomer, course)
    worker.run_once()
    assert rebuilding.differences() == 2
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        worker.run_once()
    assert rebuilding.differences() == 0
    assert rows(Standing, person_id=newcomer.id)[0].state == State.DONE


def test_a_new_day_makes_them_anew(crowd: list[Unit], worker: Worker) -> None:
    worker.run_once()
    with clock.frozen(clock.now() + timedelta(days=1)):
        worker.run_once()
        assert rows(StandingMade)[0].made_on == today()


def test_a_spoilt_table_is_told_and_mended(app: Flask, crowd: list[Unit], worker: Worker) -> None:
    worker.run_once()
    runner = app.test_cli_runner()
    assert "0 dòng khác" in runner.invoke(args=["staff", "standings"]).output
    rows(Standing)[0].state = "done"
    rows(Standing)[3].unit_id = 999
    db.session.delete(rows(Standing)[5])
    db.session.commit()
    spoilt = runner.invoke(args=["staff", "standings"])
    assert spoilt.exit_code == 1
    mended = runner.invoke(args=["staff", "standings", "--rebuild"])
    assert (mended.exit_code, "0 dòng khác" in mended.output) == (0, True)


def test_without_a_crowd_nothing_is_kept(
    crowd: list[Unit], worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.run_once()
    monkeypatch.setattr("app.staff.rebuilding.CROWD", 1_000)
    worker.run_once()
    assert rows(Standing) == []
    assert rows(StandingMade) == []


def test_queries_do_not_grow_with_units(
    as_hr: FlaskClient, crowd: list[Unit], worker: Worker, office: Unit
) -> None:
    worker.run_once()
    as_hr.get("/staff?sort=unit&page=2")
    few = as_hr.queries
    for n in range(40):
        below = add_unit(UnitRow(f"N{n}", f"Phòng nhỏ {n}", "Cơ quan"), office)
        employ(below, "Lê Văn An", "Hồ Thị Mới")
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        worker.run_once()
        for address in ("/staff?sort=unit&page=2", "/staff?sort=name&page=5"):
            as_hr.get(address)
            assert as_hr.queries == few


def test_too_many_of_one_name_are_said(
    as_hr: FlaskClient, crowd: list[Unit], worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.run_once()
    assert "chưa hiện hết" not in as_hr.get("/staff?q=le").text
    monkeypatch.setattr("app.staff.standing.MOST_NAMED", 2)
    page = words(as_hr.get("/staff?q=le"))
    assert "chưa hiện hết" in page
    assert "Tất cả: 2 người" in page
