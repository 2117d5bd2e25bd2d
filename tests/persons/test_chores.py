"""What the worker does by itself: twins of whoever came, by whatever door; late rows gathered."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import numbers
from app.accounts.models import Person
from app.content.models import Course
from app.extensions import db
from app.jobs.worker import Worker
from app.learning.actions import enrol
from app.learning.models import Enrolment
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.chores import Chores
from app.persons.models import PersonMerge, TwinProposal
from app.units.models import Unit
from tests.accounts.acts import register
from tests.acts import post, rows
from tests.persons.acts import merge, twin_of
from tests.staff.acts import csv_file, take_in

BORN = {"birth": "05/02/1985"}


@pytest.fixture
def chores(app: Flask, learner: Person) -> Chores:
    """A worker's chores that has looked at everybody already."""
    chores = Chores()
    done(chores)
    assert rows(TwinProposal) == []
    return chores


def done(chores: Chores) -> list[int]:
    """Let the worker do its chores once; what each part found."""
    found = list(chores.act())
    db.session.commit()
    return found


def test_whoever_registers_is_compared(
    chores: Chores, client: FlaskClient, learner: Person
) -> None:
    assert (
        register(client, full_name="nguyễn thị hoa", phone="0935777888", **BORN).status_code == 303
    )
    done(chores)
    (proposal,) = rows(TwinProposal)
    assert proposal.low_id == learner.id and proposal.alike == "birth"


def test_a_roster_is_compared(
    chores: Chores, as_hr: FlaskClient, office: Unit, stranger: Person
) -> None:
    row = (stranger.full_name, "02/09/1979", "", "", "Văn thư")
    take_in(as_hr, office, csv_file(row), **{"row-2": "other"})
    done(chores)
    (proposal,) = rows(TwinProposal)
    assert (proposal.low_id, proposal.alike) == (stranger.id, "birth")


def test_only_those_who_came_are_looked_at(chores: Chores, learner: Person) -> None:
    long_ago = clock.now() - timedelta(days=2)
    old = twin_of(learner)
    old.created_at = learner.created_at = long_ago
    db.session.commit()
    # nobody came since the last look but somebody whom another day's look has seen
    assert done(chores) == [0, 0] and rows(TwinProposal) == []


def test_once_a_day_everybody_is_looked_at(chores: Chores, learner: Person) -> None:
    twin = twin_of(learner, birth_date=date(1999, 1, 1), phone=None)
    done(chores)
    twin.birth_date = learner.birth_date
    db.session.commit()
    assert done(chores) == [0] and rows(TwinProposal) == []
    with clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
        assert done(chores) == [1, 0]


def test_late_rows_are_gathered(
    chores: Chores, admin: Person, learner: Person, course: Course
) -> None:
    twin = twin_of(learner)
    merge(admin, twin, learner)
    enrol(twin, course, operation_id())
    db.session.commit()
    done(chores)
    assert [row.person_id for row in rows(Enrolment)] == [learner.id]


def test_the_worker_does_them(app: Flask, learner: Person) -> None:
    twin_of(learner)
    worker = Worker(app.extensions["jobs_folder"])
    for _ in range(2):
        worker.recur()
    assert len(rows(TwinProposal)) == 1


def test_a_refused_merger_may_be_sent_again(as_admin: FlaskClient, learner: Person) -> None:
    twin, op_id = twin_of(learner), operation_id()
    for person, number in ((learner, "049185000123"), (twin, "049185000456")):
        for name, value in numbers.stored(number)._asdict().items():
            setattr(person, name, value)
    db.session.commit()
    address = f"/people/twins/{twin.id}/{learner.id}"
    sent = {"keep": str(learner.id), "sure": "y", "op_id": op_id}
    for _ in range(2):
        answer = post(as_admin, address, **sent)
        assert answer.status_code == 400 and "hai số định danh" in answer.text
    twin.number_hash = twin.number_tail = twin.number_sealed = None
    db.session.commit()
    assert post(as_admin, address, **sent).status_code == 303
    assert len(rows(PersonMerge)) == 1
