"""A small world in which every address of the app leads somewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.accounts import addresses, notices
from app.accounts.actions import add_person, grant_role
from app.accounts.identity import OutsideIdentity
from app.accounts.models import Grant, Person, Role
from app.authoring.actions.drafts import begin_draft
from app.authoring.models import DraftFile, DraftPicture, Revision
from app.content.models import Course
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.jobs import actions as jobs
from app.jobs.models import State as JobState
from app.learning.asks import ask
from app.learning.models import Ask
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.actions.incidents import note_incident
from app.persons.actions.requests import file_request
from app.persons.models import Wish
from app.quizzes.actions import start, submit
from app.staff.models import RosterImport
from app.sync.models import State, SyncedOperation
from app.units import planning
from app.units.actions import Contact, UnitRow, add_team_member, add_unit, join
from app.units.carrying_out import carry_out
from app.units.models import TeamMember, Unit
from app.units.planning import Act, Named
from app.units.queries import today
from tests.acts import pass_course, rows
from tests.conftest import COURSES
from tests.persons.acts import merge, twin_of
from tests.staff.acts import staff_things

SignIn = Callable[[Person], FlaskClient]


@dataclass
class World:
    """Values for the variable parts of addresses, and browsers by role."""

    values: dict[str, Any]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)

    def url(self, app: Flask, rule: Rule) -> str:
        """The address of a rule in this world."""
        values = {name: self.values[name] for name in rule.arguments}
        # a test is reached by its own addresses, a lesson by the others
        if rule.endpoint in ("quizzes.intro", "quizzes.start", "field.test"):
            values["step_slug"] = "kiem-tra"
        if rule.endpoint == "quizzes.result":
            values["attempt_id"] = self.values["submitted_id"]
        # a correction and an erasure are carried out for what asks for them
        if rule.endpoint in self.requests:
            values["request_id"] = self.requests[rule.endpoint]
        with app.test_request_context():
            return app.url_for(rule.endpoint, **values)


@pytest.fixture
def world(
    app: Flask,
    sign_in: SignIn,
    learner: Person,
    course: Course,
    office: Unit,
    commune: Unit,
    province: Unit,
    admin: Person,
) -> World:
    """The learner has a certificate, an open test and one handed in; one person holds each role."""
    test = course.steps[-1]
    done = start(learner, course, test, operation_id())
    submit(done, course, test, operation_id())
    db.session.commit()
    holders = {role: _holder(role) for role in Role}
    award = pass_course(holders[Role.TRAINER], course)
    world = World(
        {
            "slug": course.slug,
            "step_slug": "mot",
            "path": "hinh.svg",
            "code": award.code,
            "attempt_id": done.id,
            "submitted_id": done.id,
            "number": 1,
            "indicator_id": "nguoi-truong-thanh",
            "person_id": learner.id,
            "grant_id": rows(Grant)[0].id,
            "unit_id": office.id,
            "ask_id": _asked(learner, course).id,
            "member_id": _team_member(learner, commune).id,
            "secret": _wants_letters(learner),
            "waiting_id": _waiting(learner, course).op_id,
            "job_id": _job(learner),
            "identity_id": _identity(learner),
            "passkey_id": 1,
            "import_id": _import(office),
            **_divided(commune, office),
            **staff_things(holders[Role.HR], learner, office, course),
            **_twins(learner),
            **_personal_data(learner, admin),
            **_draft(holders[Role.TRAINER], course),
        }
    )
    world.requests = {
        "persons.correct": _asks(learner, Wish.CORRECT),
        "persons.erase": _asks(learner, Wish.ERASE),
    }
    help_from_now_on(holders[Role.HELPER], learner.id, "agreed")
    db.session.commit()
    world.browsers = {role.value: sign_in(person) for role, person in holders.items()}
    world.browsers["learner"] = sign_in(learner)
    world.browsers["nobody"] = app.test_client()
    return world


def _asked(person: Person, course: Course) -> Ask:
    ask(person, course, course.steps[0], "Chưa rõ chỗ này", operation_id())
    db.session.commit()
    found: Ask = rows(Ask)[0]
    return found


def _wants_letters(person: Person) -> str:
    """The secret of the link in a letter that was not answered yet."""
    wanted = addresses.want(person, "hoa@thu.vn", operation_id(), ("a", "b"))
    db.session.commit()
    return wanted.secret


def _waiting(person: Person, course: Course) -> SyncedOperation:
    """What came from a device and waits for somebody to look at it."""
    waiting = SyncedOperation(
        op_id=operation_id(),
        person_id=person.id,
        kind="complete",
        course_slug=course.slug,
        step_slug="mat-tich",
        version=course.version,
        content_hash="0" * 64,
        payload={},
        state=State.QUARANTINED,
        reason="step_gone",
    )
    db.session.add(waiting)
    db.session.commit()
    return waiting


def _job(person: Person) -> int:
    """A job of the learner that left a file."""
    job = jobs.start(person, "test", {}, operation_id())
    job.state, job.result, job.finished_at = JobState.DONE, "ket-qua.txt", clock.now()
    db.session.commit()
    folder = current_app.extensions["jobs_folder"] / str(job.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / job.result).write_text("xong")
    return job.id


def _identity(learner: Person) -> int:
    """The learner may sign in by another house as well."""
    known = OutsideIdentity(person_id=learner.id, issuer="https://noi-khac.vn", subject="1")
    db.session.add(known)
    db.session.commit()
    return known.id


def _import(office: Unit) -> int:
    """A roster that was taken in at the office."""
    taken = RosterImport(unit_id=office.id, kind="work", filename="ds.csv", words="Đã thêm.")
    db.session.add(taken)
    db.session.commit()
    return taken.id


def _divided(commune: Unit, office: Unit) -> dict[str, object]:
    """An office that was divided; somebody of it waits in the learner's office."""
    since = today() - timedelta(days=9)
    old = add_unit(UnitRow("CQ9", "Cơ quan đã chia", "Cơ quan", valid_from=since), commune)
    join(add_person("Người Của Cơ Quan Cũ"), old, "work", on=since)
    plan = planning.split(
        old, [office, Named("CQ8", "Cơ quan mới", "Cơ quan")], {}, Act("1/QĐ", today())
    )
    done = carry_out(plan, None)
    db.session.commit()
    return {"old_id": old.id, "operation_id": done.id, "act": "rename"}


def _twins(learner: Person) -> dict[str, int]:
    """Two records that may be of one human being, and two that were merged."""
    one, other, old, new = (twin_of(learner) for _ in range(4))
    return {"one_id": one.id, "other_id": other.id, "merge_id": merge(learner, old, new).id}


def _asks(person: Person, wish: Wish) -> int:
    asked = file_request(person, person.id, wish, "self", {"text": ""}, operation_id())
    db.session.commit()
    return asked.id


def _personal_data(learner: Person, admin: Person) -> dict[str, Any]:
    """A request about the learner's data, and an incident."""
    asked = file_request(learner, learner.id, Wish.VIEW, "self", {"text": ""}, operation_id())
    noted = note_incident(admin, "Gửi nhầm danh sách", "Một tệp", 3, clock.now(), operation_id())
    db.session.commit()
    return {
        "request_id": asked.id,
        "incident_id": noted.id,
        "wish": "copy",
        "purpose": "learning",
        "version": notices.current("learning").version,
        "step": "reported",
    }


def _draft(trainer: Person, course: Course) -> dict[str, int]:
    """A draft of the course with a picture, and a text that waits to be merged."""
    begin_draft(operation_id(), trainer, course.slug, COURSES)  # type: ignore[arg-type]
    file = rows(DraftFile)[0]
    drawn = {"name": "hinh.svg", "data": b"<svg/>", "person_id": trainer.id}
    aside = Revision(file_id=file.id, person_id=trainer.id, text="Chữ")
    db.session.add_all([aside, DraftPicture(draft_id=file.draft_id, **drawn)])
    db.session.commit()
    return {"file_id": file.id, "revision_id": aside.id}


def _team_member(actor: Person, commune: Unit) -> TeamMember:
    contact = Contact("Đinh Văn Tổ", "0905666777", "Thôn 2")
    member = add_team_member(actor, commune, contact, operation_id())
    db.session.commit()
    return member


def _holder(role: Role) -> Person:
    person = add_person(f"Người Giữ Vai {role.value.title()}")
    grant_role(None, person, role, None)
    db.session.commit()
    return person
