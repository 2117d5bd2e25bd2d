"""Somebody moves away or leaves: their place ends on a day, and that can be undone."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.extensions import db
from app.lib import clock
from app.lib.dates import short_date
from app.staff.models import Departure
from app.units.models import Membership, Unit
from app.units.queries import today
from tests.acts import pass_course, post, rows
from tests.staff.acts import words


def place_of(person: Person, unit: Unit) -> Membership:
    found: Membership = rows(Membership, person_id=person.id, unit_id=unit.id)[0]
    return found


def leave(client: FlaskClient, place: Membership, **said: str) -> object:
    data = {"reason": "left", "last_day": short_date(today())} | said
    return post(client, f"/staff/people/{place.person_id}/places/{place.id}/end", **data)


def test_a_place_ends_and_the_certificate_stays(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    award = pass_course(learner, course)
    place = place_of(learner, office)
    assert leave(as_hr, place).status_code == 303
    assert place_of(learner, office).valid_to == today()
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert learner.full_name not in as_hr.get("/staff").text
    assert as_hr.get(f"/v/{award.code}").status_code == 200
    line = rows(AuditLine, verb="end_place")[0]
    assert (line.actor_id, line.subject) == (hr.id, f"person {learner.id}")
    assert "Nguyễn Thị Hoa" in words(as_hr.get("/staff/left"))


def test_it_is_undone(as_hr: FlaskClient, learner: Person, office: Unit) -> None:
    leave(as_hr, place_of(learner, office))
    left = rows(Departure)[0]
    for _ in range(2):
        post(as_hr, f"/staff/left/{left.id}/undo")
    assert place_of(learner, office).valid_to is None
    assert len(rows(AuditLine, verb="undo_end_place")) == 1
    assert "Đã trả lại" in words(as_hr.get("/staff/left"))


def test_a_place_that_was_changed_since_is_left_alone(
    as_hr: FlaskClient, learner: Person, office: Unit
) -> None:
    leave(as_hr, place_of(learner, office))
    place_of(learner, office).valid_to = today() - timedelta(days=3)
    db.session.commit()
    post(as_hr, f"/staff/left/{rows(Departure)[0].id}/undo")
    assert place_of(learner, office).valid_to == today() - timedelta(days=3)
    assert rows(Departure)[0].undone_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("last_day", ""), ("last_day", "x"), ("last_day", "2026"), ("last_day", "01/01/2020"),
     ("last_day", "01/01/2090"), ("reason", ""), ("reason", "khac")],
)  # fmt: skip
def test_what_is_wrong_is_said_on_the_persons_page(
    as_hr: FlaskClient, learner: Person, office: Unit, field: str, value: str
) -> None:
    answer = leave(as_hr, place_of(learner, office), **{field: value})
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert place_of(learner, office).valid_to is None


def test_twice_is_once(as_hr: FlaskClient, learner: Person, office: Unit) -> None:
    for _ in range(2):
        leave(as_hr, place_of(learner, office), op_id="d" * 32)
    assert len(rows(Departure)) == 1


def test_homes_and_people_of_others_are_not_found(
    as_hr: FlaskClient, learner: Person, stranger: Person, commune: Unit, other_office: Unit
) -> None:
    assert leave(as_hr, place_of(learner, commune)).status_code == 404
    assert leave(as_hr, place_of(stranger, other_office)).status_code == 404
    assert post(as_hr, "/staff/left/999999/undo").status_code == 404
    assert rows(Departure) == []


def test_signed_out_and_other_roles_end_nothing(
    client: FlaskClient, as_learner: FlaskClient, learner: Person, office: Unit
) -> None:
    place = place_of(learner, office)
    assert leave(client, place).status_code == 302
    assert leave(as_learner, place).status_code == 404
