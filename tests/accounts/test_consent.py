"""/account/consent: whoever was listed by an office is asked at their first sign-in."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from app.accounts import consents
from app.accounts.actions import add_credential, add_person
from app.accounts.models import AuditLine, Consent, Person
from app.extensions import db
from app.lib import clock
from app.lib.dates import local_date
from tests.accounts.acts import sign_in
from tests.accounts.cards import card_for, scan, take_over
from tests.acts import post, rows

PHONE, PIN = "0905123456", "246802"
YES = {"learning": "y"}


def born(years: int) -> date:
    """The birth date of somebody who is so many years old today."""
    today = local_date(clock.now())
    return date(today.year - years, today.month, min(today.day, 28))


@pytest.fixture
def tam(app) -> Person:
    """Anh Tám stands in the list of an office and never signed in."""
    person = add_person("Võ Văn Tám", birth_date=date(1980, 1, 1))
    db.session.commit()
    return person


@pytest.fixture
def em(app) -> Person:
    """Em Na is fifteen; her school listed her and gave her a PIN."""
    person = add_person("Trần Thị Na", birth_date=born(15), phone=PHONE)
    add_credential(person, "pin", PHONE, PIN)
    db.session.commit()
    return person


def test_the_first_sign_in_asks(client: FlaskClient, tam: Person, admin: Person) -> None:
    scan(client, card_for(tam, admin))
    assert take_over(client).location == "/account/consent"
    page = client.get("/account/consent").text
    assert page.count('type="checkbox"') == 2
    assert 'value="y" checked' not in page
    assert post(client, "/account/consent", **YES).location == "/learn"
    given = rows(Consent)
    assert [(one.person_id, one.purpose, one.channel) for one in given] == [
        (tam.id, "learning", "web")
    ]
    assert [line.detail for line in rows(AuditLine, verb="consent")] == ["learning · 2026-11"]


def test_each_purpose_by_itself(client: FlaskClient, tam: Person, admin: Person) -> None:
    scan(client, card_for(tam, admin))
    take_over(client)
    refused = post(client, "/account/consent", letters="y")
    assert refused.status_code == 400
    assert rows(Consent) == []
    post(client, "/account/consent?next=/courses", **YES, letters="y")
    assert set(consents.in_force(tam.id)) == {"learning", "letters"}


def test_who_is_grown_up_may_put_it_off(client: FlaskClient, tam: Person, admin: Person) -> None:
    scan(client, card_for(tam, admin))
    take_over(client)
    assert "Để sau" in client.get("/account/consent").text
    assert client.get("/learn").status_code == 200


def test_a_child_sees_nothing_else_until_a_guardian_agrees(client: FlaskClient, em: Person) -> None:
    assert sign_in(client, phone=PHONE, pin=PIN).location == "/account/consent"
    for path in ("/learn", "/account", "/account/data"):
        assert client.get(path).location == "/account/consent"
    assert post(client, "/courses/thu-nghiem/enrolment").status_code in (303, 404)
    page = client.get("/account/consent").text
    assert "chưa đủ 16 tuổi" in page and "Để sau" not in page
    assert client.get("/courses").status_code == 200
    assert post(client, "/account/consent", **YES).status_code == 400
    assert post(client, "/account/consent", **YES, guardian="Trần Văn Cha").location == "/learn"
    assert [one.guardian_name for one in rows(Consent)] == ["Trần Văn Cha"]
    assert client.get("/learn").status_code == 200


def test_a_child_is_asked_again_each_time(app, client: FlaskClient, em: Person) -> None:
    sign_in(client, phone=PHONE, pin=PIN)
    other = app.test_client()
    assert sign_in(other, phone=PHONE, pin=PIN).location == "/account/consent"
    post(other, "/account/consent", **YES, guardian="Trần Văn Cha")
    assert sign_in(app.test_client(), phone=PHONE, pin=PIN).location == "/learn"
    # the first browser is let through by what was said on the other one
    assert client.get("/account/consent").location == "/learn"
    assert client.get("/learn").status_code == 200


def test_who_turned_sixteen_is_not_asked(client: FlaskClient, em: Person) -> None:
    em.birth_date = born(17)
    db.session.commit()
    assert sign_in(client, phone=PHONE, pin=PIN).location == "/learn"


def test_sent_twice_it_is_one_yes(client: FlaskClient, em: Person) -> None:
    sign_in(client, phone=PHONE, pin=PIN)
    for _ in range(2):
        answer = post(client, "/account/consent", **YES, guardian="Trần Cha", op_id="6" * 32)
        assert answer.location == "/learn"
    assert len(rows(Consent)) == 1


def test_signed_out_it_leads_to_the_door(client: FlaskClient, as_learner: FlaskClient) -> None:
    assert "/login" in client.get("/account/consent").location
    assert as_learner.delete("/account/consent").status_code == 405
