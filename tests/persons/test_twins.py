"""Possible twins: what is proposed, who may decide, and what the pages do."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from app.accounts import numbers
from app.accounts.actions import add_person, grant_role
from app.accounts.models import AuditLine, Person, Role
from app.content.models import Course
from app.extensions import db
from app.persons.actions.twins import look
from app.persons.models import PersonMerge, TwinProposal
from app.units.actions import join
from app.units.models import Unit
from tests.acts import pass_course, post, rows
from tests.persons.acts import merge, twin_of


@pytest.fixture
def twin(learner: Person) -> Person:
    """Bà Hoa registered by herself with her daughter's phone."""
    return twin_of(learner, phone="0935777888")


def address(one: Person, other: Person, more: str = "") -> str:
    """Where two records stand side by side."""
    return f"/people/twins/{one.id}/{other.id}{more}"


def sure(client: FlaskClient, old: Person, new: Person, **more: str) -> int:
    """Merge in the browser; the status of the answer."""
    data = {"keep": str(new.id), "sure": "y", **more}
    return post(client, address(new, old), **data).status_code


@pytest.mark.parametrize(
    ("facts", "alike"),
    [
        ({}, "all"),
        ({"phone": None}, "birth"),
        ({"birth_date": None}, "phone"),
        ({"birth_date": date(1985, 1, 1), "birth_precision": "year"}, "phone"),
        ({"birth_date": date(1986, 1, 1)}, None),
        ({"birth_date": None, "phone": None}, None),
    ],
)
def test_what_two_records_have_in_common(
    learner: Person, facts: dict[str, object], alike: str | None
) -> None:
    twin_of(learner, **facts)
    assert look() == (1 if alike else 0)
    assert [row.alike for row in rows(TwinProposal)] == ([alike] if alike else [])
    assert look() == 0


def test_two_personal_numbers_are_no_twins(learner: Person) -> None:
    twin = twin_of(learner)
    for person, number in ((learner, "049185000123"), (twin, "049185000456")):
        for name, value in numbers.stored(number)._asdict().items():
            setattr(person, name, value)
    assert look() == 0


def test_hr_finds_merges_and_undoes(
    as_hr: FlaskClient, learner: Person, twin: Person, course: Course
) -> None:
    award = pass_course(twin, course)
    post(as_hr, "/people/twins")
    assert "Nguyễn Thị Hoa" in as_hr.get("/people/twins").text
    page = as_hr.get(address(learner, twin)).text
    assert "Bài đã học xong: chuyển" in page
    assert "0935777888" not in page
    assert sure(as_hr, twin, learner) == 303
    assert rows(Person, id=twin.id)[0].merged_into == learner.id
    page = as_hr.get("/people/twins").text
    assert "Đã hợp nhất hai hồ sơ của Nguyễn Thị Hoa" in page and "Không có cặp nào" in page
    assert "Hủy hợp nhất" in as_hr.get("/people/merges").text
    assert as_hr.get(f"/v/{award.code}").status_code == 200
    merged = rows(PersonMerge)[0]
    assert post(as_hr, f"/people/merges/{merged.id}/undo").status_code == 303
    assert rows(Person, id=twin.id)[0].merged_into is None
    assert {line.verb for line in rows(AuditLine)} >= {"merge_people", "undo_merge"}


def test_the_check_of_the_resting_paper_names_the_one_in_force(
    admin: Person, client: FlaskClient, sign_in, learner: Person, twin: Person, course: Course
) -> None:
    first, second = pass_course(twin, course), pass_course(learner, course)
    merge(admin, twin, learner)
    assert first.printed_number in client.get(f"/v/{second.code}").text
    told = client.get(f"/v/{second.code}.json").json
    assert (told["state"], told["kept_number"]) == ("merged", first.printed_number)
    assert client.get(f"/v/{first.code}.json").json["state"] == "valid"
    browser = sign_in(learner)
    assert "hai hồ sơ" in browser.get("/certificates").text
    assert browser.get(f"/certificates/{first.code}.pdf").status_code == 200
    assert browser.get(f"/certificates/{second.code}.pdf").status_code == 302


def test_two_people_are_never_proposed_again(
    as_hr: FlaskClient, learner: Person, twin: Person
) -> None:
    look()
    db.session.commit()
    assert post(as_hr, address(learner, twin, "/two")).status_code == 303
    assert look() == 0
    assert "Không có cặp nào" in as_hr.get("/people/twins").text


def test_signed_out_and_without_a_role(
    client: FlaskClient, as_learner: FlaskClient, learner: Person, twin: Person
) -> None:
    assert client.get("/people/twins").status_code == 302
    for browser in (as_learner,):
        assert browser.get("/people/twins").status_code == 404
        assert browser.get(address(learner, twin)).status_code == 404
        assert post(browser, address(learner, twin)).status_code == 404


def test_another_offices_people_are_not_there(
    as_hr: FlaskClient, learner: Person, twin: Person, other_office: Unit, stranger: Person
) -> None:
    join(twin, other_office, "work")
    look()
    db.session.commit()
    assert "Không có cặp nào" in as_hr.get("/people/twins").text
    assert as_hr.get(address(learner, twin)).status_code == 404
    assert as_hr.get(address(learner, stranger)).status_code == 404
    assert sure(as_hr, twin, learner) == 404


def test_the_administrator_of_the_province_sees_all(
    as_admin: FlaskClient, learner: Person, twin: Person, other_office: Unit
) -> None:
    join(twin, other_office, "work")
    look()
    db.session.commit()
    assert "Nguyễn Thị Hoa" in as_admin.get("/people/twins").text


def test_a_role_is_the_provinces_matter(
    as_hr: FlaskClient, as_admin: FlaskClient, learner: Person, twin: Person
) -> None:
    grant_role(None, learner, Role.OFFICER, None)
    db.session.commit()
    assert sure(as_hr, twin, learner) == 400
    assert rows(PersonMerge) == []
    assert sure(as_admin, twin, learner) == 303


def test_missing_unknown_and_bad_input(as_hr: FlaskClient, learner: Person, twin: Person) -> None:
    assert as_hr.get(f"/people/twins/{learner.id}/999999").status_code == 404
    assert as_hr.get(address(learner, learner)).status_code == 404
    assert post(as_hr, address(learner, twin), keep=str(learner.id)).status_code == 400
    assert post(as_hr, address(learner, twin), keep="999999", sure="y").status_code == 400
    assert post(as_hr, "/people/merges/999999/undo").status_code == 404
    assert rows(PersonMerge) == []


def test_the_same_form_twice_merges_once(as_hr: FlaskClient, learner: Person, twin: Person) -> None:
    op_id = "0123456789abcdef0123456789abcdef"
    assert sure(as_hr, twin, learner, op_id=op_id) == 303
    assert sure(as_hr, twin, learner, op_id=op_id) == 404
    assert len(rows(PersonMerge)) == 1


def test_a_merge_of_another_office_is_not_undone(
    as_hr: FlaskClient, admin: Person, stranger: Person
) -> None:
    merged = merge(admin, twin_of(stranger), stranger)
    assert post(as_hr, f"/people/merges/{merged.id}/undo").status_code == 404
    assert stranger.full_name not in as_hr.get("/people/merges").text


def test_the_command_looks_among_all(app, learner: Person, twin: Person) -> None:
    add_person("Nguyễn Thị Hoa", birth_date=date(1999, 1, 1))
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["persons", "twins"])
    assert "Thấy thêm 1 cặp" in answer.output
    assert len(rows(TwinProposal)) == 1
