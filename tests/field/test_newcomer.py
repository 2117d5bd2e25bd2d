"""Somebody registers on the spot: name and birth year are enough, the yes is recorded."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import notices
from app.accounts.actions import add_credential
from app.accounts.field_session import FieldSession
from app.accounts.models import AuditLine, Consent, Person, ResetKey
from app.extensions import db
from app.field.models import HelpedPerson
from app.units.models import Membership, Unit
from tests.acts import post, rows
from tests.field.acts import PIN, SAID_YES, begin

NEW = "/field/people/new"
NAME = "Bh'riu Thị Ngọc Nhường"


def register(client: FlaskClient, home: Unit, **other: Any) -> TestResponse:
    """Fill in the form and send it."""
    facts = {
        "full_name": NAME,
        "birth": "1961",
        "commune": home.id,
        "village": "Thôn Cơ Noonh",
        "group": "nguoi-cao-tuoi",
        "channel": "voice",
        "witness": "Zơrâm Thị Nhơn",
        "place": "Nhà làng",
    }
    return post(client, NEW, **{**facts, **other})


def test_works_without_a_phone(as_helper: FlaskClient, helper: Person, commune: Unit) -> None:
    assert register(as_helper, commune).location == "/learn"
    person = rows(Person, full_name=NAME)[0]
    assert (person.phone, person.birth_date) == (None, date(1961, 1, 1))
    assert person.birth_precision == "year"
    assert rows(Membership, person_id=person.id)[0].unit_id == commune.id
    yes = rows(Consent, person_id=person.id)[0]
    assert (yes.purpose, yes.text_version, yes.channel) == (
        "learning",
        notices.current("learning").version,
        "voice",
    )
    assert (yes.witness, yes.recorded_by) == ("Zơrâm Thị Nhơn", helper.id)
    link = rows(HelpedPerson)[0]
    assert (link.helper_id, link.how, link.village) == (helper.id, "registered", "Thôn Cơ Noonh")
    assert rows(AuditLine, verb="register_beside")[0].subject == f"person {person.id}"


def test_they_begin_at_once(as_helper: FlaskClient, commune: Unit) -> None:
    register(as_helper, commune)
    assert (rows(FieldSession)[0].agreed, rows(FieldSession)[0].place) == ("voice", "Nhà làng")
    assert f"bác {NAME}".replace("'", "&#39;") in as_helper.get("/learn").text


def test_with_a_phone(as_helper: FlaskClient, commune: Unit) -> None:
    register(as_helper, commune, phone="905 333 444", channel="paper")
    assert rows(Person, full_name=NAME)[0].phone == "0905333444"
    assert rows(Consent)[0].channel == "paper"


def test_a_child_needs_a_guardian(as_helper: FlaskClient, commune: Unit) -> None:
    answer = register(as_helper, commune, birth="2015")
    assert answer.status_code == 400 and "chưa đủ 16 tuổi" in answer.text
    register(as_helper, commune, birth="2015", guardian="Bh'riu Liếc")
    assert rows(Consent)[0].guardian_name == "Bh'riu Liếc"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"full_name": ""}, "Chưa có họ và tên"),
        ({"birth": "xưa"}, "không phải ngày tháng"),
        ({"birth": "2099"}, "Năm sinh phải từ 1900"),
        ({"phone": "12"}, "chữ số"),
        ({"channel": ""}, "Hãy chọn một cách"),
        ({"witness": " "}, "người chứng kiến"),
        ({"place": ""}, "tên nơi này"),
        ({"commune": ""}, "Hãy chọn xã, phường"),
    ],
)
def test_bad_input(
    as_helper: FlaskClient, commune: Unit, other: dict[str, str], words: str
) -> None:
    answer = register(as_helper, commune, **other)
    assert answer.status_code == 400 and words in answer.text
    assert rows(Person, full_name=NAME) == [] and rows(FieldSession) == []


def test_somebody_alike_is_asked_about(
    as_helper: FlaskClient, commune: Unit, elder: Person
) -> None:
    same = {"full_name": "HUỲNH VĂN TÁM", "birth": "12/03/1956"}
    answer = register(as_helper, commune, **same)
    assert answer.status_code == 400 and "Có phải người này không?" in answer.text
    assert f"/field/people/{elder.id}/session" in answer.text
    assert len(rows(Person, name_fold=elder.name_fold)) == 1
    register(as_helper, commune, **same, another="y")
    assert len(rows(Person, name_fold=elder.name_fold)) == 2


def test_somebody_listed_by_an_office_is_found(
    as_helper: FlaskClient, commune: Unit, learner: Person
) -> None:
    register(as_helper, commune, full_name=learner.full_name, birth="1985")
    # one human being stays one person
    assert as_helper.get(f"/field/people/{learner.id}/session").status_code == 200


def test_a_commune_elsewhere(as_helper: FlaskClient, other_commune: Unit) -> None:
    assert register(as_helper, other_commune).status_code == 400


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(NEW).location.startswith("/login")


def test_wrong_role(as_hr: FlaskClient, commune: Unit) -> None:
    assert register(as_hr, commune).status_code == 404


def test_twice(app, sign_in, helper: Person, commune: Unit) -> None:
    for _ in range(2):
        assert register(sign_in(helper), commune, op_id="d" * 32).location == "/learn"
    assert len(rows(Person, full_name=NAME)) == len(rows(FieldSession)) == 1


def test_somebody_alike_is_only_to_study_with(
    as_helper: FlaskClient, commune: Unit, learner: Person
) -> None:
    add_credential(learner, "pin", learner.phone, PIN)
    db.session.commit()
    register(as_helper, commune, full_name=learner.full_name, birth="1985")
    assert post(as_helper, f"/field/people/{learner.id}/pin").status_code == 404
    assert rows(ResetKey) == []
    page = as_helper.get(f"/field/people/{learner.id}/session")
    assert 'name="pin"' in page.text
    assert begin(as_helper, learner).status_code == 400
    assert begin(as_helper, learner, pin=PIN, **SAID_YES).location == "/learn"


def test_who_was_shown_as_alike_leaves_an_audit_line(
    as_helper: FlaskClient, helper: Person, commune: Unit, learner: Person
) -> None:
    register(as_helper, commune, full_name=learner.full_name, birth="1985")
    [line] = rows(AuditLine, verb="look_up")
    assert line.actor_id == helper.id
    assert line.detail == "tên và năm sinh hoặc số điện thoại · thấy 1"
