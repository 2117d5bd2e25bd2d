"""/cards: a commune or an office prints cards for its people and withdraws lost ones."""

import subprocess

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import AuditLine, Card, Person, Role
from app.extensions import db
from app.lib.ids import operation_id
from app.units.actions import join
from app.units.models import Unit
from tests.accounts.cards import card_for
from tests.acts import post, rows
from tests.cast import SINCE, SignIn


@pytest.fixture
def as_commune(sign_in: SignIn, commune: Unit, province: Unit) -> FlaskClient:
    """Somebody who administers the learner's commune."""
    person = add_person("Đỗ Thị Xuân")
    grant_role(None, person, Role.ADMIN, commune.id)
    db.session.commit()
    return sign_in(person)


@pytest.fixture
def neighbour(commune: Unit) -> Person:
    """Lives in the commune and works nowhere."""
    person = add_person("Zơrâm Thị Bé")
    join(person, commune, "residence", on=SINCE)
    db.session.commit()
    return person


def printed(client: FlaskClient, *people: Person, **more: str):
    return post(client, "/cards", person=[str(person.id) for person in people], **more)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_sheets_come_as_a_file_for_those_chosen(as_commune, learner, neighbour, commune):
    answer = printed(as_commune, learner, neighbour)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    text = text_of(answer.data)
    assert text.index("Zơrâm Thị Bé") < text.index("Nguyễn Thị Hoa")
    assert commune.name in text
    assert {card.person_id for card in rows(Card)} == {learner.id, neighbour.id}
    assert len(rows(AuditLine, verb="issue_card")) == 2


def test_the_page_tells_who_has_one(as_commune, learner, neighbour):
    printed(as_commune, learner)
    assert 'form="in-the" checked' not in as_commune.get("/cards").text
    page = as_commune.get("/cards?all=1").text
    assert "chưa dùng" in page
    assert f'value="{neighbour.id}" form="in-the" checked' in page
    assert f'value="{learner.id}" form="in-the">' in page


def test_printed_again_the_old_card_is_void(as_commune, learner):
    printed(as_commune, learner)
    printed(as_commune, learner)
    assert [card.withdrawn_at is None for card in rows(Card)] == [False, True]


def test_a_lost_card_is_withdrawn(as_commune, learner, admin):
    card_for(learner, admin)
    answer = post(as_commune, f"/cards/{learner.id}/withdrawal")
    assert (answer.status_code, answer.location) == (303, "/cards")
    assert rows(Card)[0].withdrawn_at
    assert len(rows(AuditLine, verb="withdraw_card")) == 1
    post(as_commune, f"/cards/{learner.id}/withdrawal")
    assert len(rows(AuditLine, verb="withdraw_card")) == 1


def test_personnel_officers_see_staff_and_not_neighbours(as_hr, learner, neighbour):
    page = as_hr.get("/cards").text
    assert "Nguyễn Thị Hoa" in page
    assert "Zơrâm" not in page
    assert printed(as_hr, learner).mimetype == "application/pdf"
    assert printed(as_hr, learner, neighbour).status_code == 404
    assert post(as_hr, f"/cards/{neighbour.id}/withdrawal").status_code == 404


def test_people_elsewhere_are_not_there(as_commune, stranger, other_commune):
    assert "Liếc" not in as_commune.get("/cards").text
    assert printed(as_commune, stranger).status_code == 404
    assert as_commune.get(f"/cards?unit={other_commune.id}").status_code == 404
    assert not rows(Card)


@pytest.mark.parametrize("unit", ["x", "99999999999", "0", "-1"])
def test_a_unit_that_is_none(as_commune, unit):
    assert as_commune.get(f"/cards?unit={unit}").status_code == 404


def test_whoever_holds_a_role_gets_no_card(as_commune, learner, office):
    grant_role(None, learner, Role.HR, office.id)
    db.session.commit()
    assert "vào bằng thư điện tử" in as_commune.get("/cards").text
    answer = printed(as_commune, learner)
    assert answer.location == "/cards"
    assert "Nguyễn Thị Hoa giữ quyền" in as_commune.get("/cards").text
    assert not rows(Card)


def test_nobody_chosen(as_commune, learner):
    printed(as_commune)
    assert "Chưa chọn ai" in as_commune.get("/cards").text


def test_sent_twice_they_are_issued_once_and_not_told_again(as_commune, learner):
    op_id = operation_id()
    assert printed(as_commune, learner, op_id=op_id).status_code == 200
    assert printed(as_commune, learner, op_id=op_id).status_code == 303
    assert len(rows(Card)) == 1


def test_the_same_id_for_other_people_is_refused(as_commune, learner, neighbour):
    op_id = operation_id()
    printed(as_commune, learner, op_id=op_id)
    assert printed(as_commune, neighbour, op_id=op_id).status_code == 409
    assert len(rows(Card)) == 1


def test_found_by_name_without_marks_and_by_unit(as_commune, learner, neighbour, office):
    found = as_commune.get("/cards?q=zoram").text
    assert "Zơrâm" in found
    assert "Nguyễn Thị Hoa" not in found
    assert "Zơrâm" not in as_commune.get(f"/cards?unit={office.id}").text


def test_long_lists_come_in_pages_with_few_queries(as_commune, commune):
    for number in range(60):
        join(add_person(f"Người Thứ {number:02d}"), commune, "residence", on=SINCE)
    db.session.commit()
    assert "Người Thứ 00" in as_commune.get("/cards").text
    assert as_commune.queries <= 10
    assert "Người Thứ 59" in as_commune.get("/cards?page=2").text


def test_others_do_not_find_the_page(client, as_learner, as_trainer, learner):
    assert client.get("/cards").location.startswith("/login")
    for browser in (as_learner, as_trainer):
        assert browser.get("/cards").status_code == 404
        assert printed(browser, learner).status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "2147483648", "9" * 5000, "x", "-1"])
def test_a_number_that_is_nobody_s_prints_nothing(as_commune, learner, number):
    assert post(as_commune, "/cards", person=[str(learner.id), number]).status_code == 404
    assert rows(Card) == []
