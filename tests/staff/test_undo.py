"""Undoing an import: exactly what it made goes, what something stands on stays and says why."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_credential
from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.counts.models import VneidConfirmation
from app.extensions import Base, db
from app.lib import clock
from app.staff.actions import UNDO_DAYS
from app.staff.models import RosterImport, RosterLine
from app.units.actions import UnitRow, add_unit
from app.units.models import Membership, Unit
from tests.acts import finish_lessons, post, rows
from tests.staff.acts import csv_file, take_in

HEADINGS = ("Họ và tên", "Ngày sinh", "Số định danh", "Số điện thoại", "Chức vụ", "Đơn vị", "VNeID")
AN = ("Trần Văn An", "05/03/1990", "048090001234", "0905111222", "Văn thư", "", "05/02/2026")
BA = ("Lê Văn Ba", "06/03/1990", "", "0905111223", "", "", "")
HOA = ("Nguyễn Thị Hoa", "05/02/1985", "048185001234", "0905123456", "Trưởng phòng", "CQ01-KT",
       "06/02/2026")  # fmt: skip


def file(*people: tuple[str, ...]) -> bytes:
    return csv_file(*people, headings=HEADINGS)


@pytest.fixture
def below(office: Unit) -> Unit:
    unit = add_unit(UnitRow("CQ01-KT", "Phòng Kinh tế", "Cơ quan"), office)
    db.session.commit()
    return unit


def facts(*models: type[Base]) -> list[dict[str, object]]:
    """All rows of these tables."""
    return [
        {column.name: getattr(row, column.name) for column in model.__table__.columns}
        for model in models
        for row in rows(model)
    ]


def undo(client: FlaskClient, **said: str) -> str:
    """Undo the last import; returns the page that is shown then."""
    number = rows(RosterImport)[-1].id
    answer = post(client, f"/staff/rosters/imports/{number}/undo", **said)
    return client.get(answer.location).text


def test_everything_is_again_as_it_was(
    as_hr: FlaskClient, hr: Person, office: Unit, below: Unit, learner: Person, stranger: Person
) -> None:
    liec = ("Bh'riu Liếc", "02/09/1979", "", "0914222333", "Cộng tác viên", "", "")
    before = facts(Person, Membership, VneidConfirmation)
    take_in(as_hr, office, file(AN, BA, HOA, liec))
    assert facts(Person, Membership, VneidConfirmation) != before
    page = undo(as_hr)
    assert facts(Person, Membership, VneidConfirmation) == before
    assert "Đã hoàn tác với 4 người." in page
    assert [line.actor_id for line in rows(AuditLine, verb="undo_import")] == [hr.id]


def test_a_move_within_the_day_goes_back_too(
    as_hr: FlaskClient, office: Unit, below: Unit, learner: Person
) -> None:
    take_in(as_hr, office, file(AN))
    before = facts(Person, Membership, VneidConfirmation)
    take_in(as_hr, office, file((*AN[:5], "CQ01-KT", "07/02/2026")))
    undo(as_hr)
    assert facts(Person, Membership, VneidConfirmation) == before


def test_who_has_begun_to_learn_stays(as_hr: FlaskClient, office: Unit, course: Course) -> None:
    take_in(as_hr, office, file(AN, BA))
    finish_lessons(rows(Person, full_name="Trần Văn An")[0], course)
    number = rows(RosterImport)[0].id
    page = as_hr.get(f"/staff/rosters/imports/{number}").text
    assert "Trần Văn An: đã có dữ liệu khác" in page
    assert "Hoàn tác với 1 người" in page
    assert "1 người giữ nguyên" in undo(as_hr)
    assert rows(Person, full_name="Lê Văn Ba") == []
    kept = rows(Person, full_name="Trần Văn An")[0]
    assert [place.unit_id for place in rows(Membership, person_id=kept.id)] == [office.id]


def test_who_signs_in_stays(as_hr: FlaskClient, office: Unit) -> None:
    take_in(as_hr, office, file(AN))
    add_credential(rows(Person, full_name="Trần Văn An")[0], "pin", AN[3], "271828")
    db.session.commit()
    undo(as_hr)
    assert len(rows(Person, full_name="Trần Văn An")) == 1


def test_who_was_changed_since_stays(as_hr: FlaskClient, office: Unit, learner: Person) -> None:
    take_in(as_hr, office, file((*HOA[:5], "", "")))
    rows(Membership, person_id=learner.id, kind="work")[0].position = "Chánh văn phòng"
    db.session.commit()
    assert "đã được sửa sau khi nhập" in as_hr.get("/staff/rosters/imports/1").text
    undo(as_hr)
    assert rows(Person, id=learner.id)[0].number_tail == "234"
    assert rows(Membership, person_id=learner.id, kind="work")[0].position == "Chánh văn phòng"


def test_a_later_import_stands_on_an_earlier_one(as_hr: FlaskClient, office: Unit) -> None:
    take_in(as_hr, office, file(AN))
    take_in(as_hr, office, file((*AN[:4], "Trưởng phòng", "", "05/02/2026")))
    first, second = rows(RosterImport)
    page = as_hr.get(f"/staff/rosters/imports/{first.id}").text
    assert "đã được sửa sau khi nhập" in page
    for number in (second.id, first.id):
        post(as_hr, f"/staff/rosters/imports/{number}/undo")
    assert rows(Person, full_name="Trần Văn An") == []


def test_undone_twice_is_undone_once(as_hr: FlaskClient, office: Unit) -> None:
    take_in(as_hr, office, file(AN))
    for _ in range(2):
        undo(as_hr, op_id="a" * 32)
    undo(as_hr)
    assert len(rows(AuditLine, verb="undo_import")) == 1


def test_after_sixty_days_nothing_is_kept(as_hr: FlaskClient, office: Unit) -> None:
    take_in(as_hr, office, file(AN))
    old = rows(RosterImport)[0]
    old.at = clock.now().replace(year=clock.now().year - 1)
    db.session.commit()
    take_in(as_hr, office, file(BA))
    assert {line.import_id for line in rows(RosterLine)} == {rows(RosterImport)[-1].id}
    assert post(as_hr, f"/staff/rosters/imports/{old.id}/undo").status_code == 409
    assert f"quá {UNDO_DAYS} ngày" in as_hr.get(f"/staff/rosters/imports/{old.id}").text


def test_the_imports_of_ones_units_are_listed(
    as_hr: FlaskClient, hr: Person, office: Unit, other_office: Unit
) -> None:
    assert "Chưa nhập lần nào" in as_hr.get("/staff/rosters/imports").text
    take_in(as_hr, office, file(AN))
    db.session.add(RosterImport(unit_id=other_office.id, kind="work", filename="khac.csv"))
    db.session.commit()
    page = as_hr.get("/staff/rosters/imports").text
    assert "ds.csv" in page
    assert "khac.csv" not in page
    other = rows(RosterImport, filename="khac.csv")[0].id
    assert as_hr.get(f"/staff/rosters/imports/{other}").status_code == 404
    assert post(as_hr, f"/staff/rosters/imports/{other}/undo").status_code == 404


def test_signed_out_and_other_roles_find_nothing(
    client: FlaskClient, as_officer: FlaskClient
) -> None:
    for address in ("/staff/rosters/imports", "/staff/rosters/imports/1"):
        assert client.get(address).status_code == 302
        assert as_officer.get(address).status_code == 404
    assert post(as_officer, "/staff/rosters/imports/1/undo").status_code == 404


def test_an_import_is_not_undone_by_looking(as_hr: FlaskClient) -> None:
    assert as_hr.get("/staff/rosters/imports/1/undo").status_code == 405
