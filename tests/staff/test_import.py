"""Importing a roster: exactly what was shown, all or nothing, once."""

import os
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import AuditLine, Grant, Operation, Person, Role
from app.config import Settings
from app.counts.models import VneidConfirmation
from app.extensions import db
from app.lib import clock
from app.lib.hashing import keyed
from app.lib.ids import operation_id
from app.units.actions import UnitRow, add_unit, join
from app.units.models import Membership, Unit
from app.units.queries import today
from tests.acts import post, rows
from tests.staff.acts import csv_file, show, slip, take_in, words

NEW = ("Trần Văn An", "05/03/1990", "048090001234", "0905111222", "Văn thư")
HOA = ("Nguyễn Thị Hoa", "05/02/1985", "", "0905123456", "Chuyên viên")
WRONG = ("Lê Bé", "31/02/1985", "", "", "")


def named(name: str) -> Person:
    found = rows(Person, full_name=name)
    assert len(found) == 1
    return found[0]


def test_a_new_person_comes_in(as_hr: FlaskClient, office: Unit, settings: Settings) -> None:
    answer = take_in(as_hr, office, csv_file(NEW))
    assert answer.location == f"/staff?unit={office.id}"
    assert "Đã thêm 1 người, sửa 0 người." in as_hr.get(answer.location).text
    person = named("Trần Văn An")
    assert (person.birth_date, person.phone) == (date(1990, 3, 5), "0905111222")
    assert person.number_hash == keyed(settings.identity_key.get_secret_value(), NEW[2])
    assert person.number_tail == "234"
    place = rows(Membership, person_id=person.id)[0]
    assert (place.unit_id, place.kind, place.position) == (office.id, "work", "Văn thư")


def test_the_number_is_stored_nowhere_in_full(as_hr: FlaskClient, office: Unit) -> None:
    take_in(as_hr, office, csv_file(NEW))
    person = named("Trần Văn An")
    assert NEW[2] not in str(vars(person))
    assert NEW[2] not in as_hr.get(f"/staff/people/{person.id}").text
    assert not any(NEW[2] in line.detail for line in rows(AuditLine))


def test_changes_are_written(as_hr: FlaskClient, office: Unit, learner: Person) -> None:
    take_in(
        as_hr, office, csv_file(("Nguyễn Thị Hoa", "05/02/1985", NEW[2], HOA[3], "Trưởng phòng"))
    )
    assert rows(Membership, person_id=learner.id, kind="work")[0].position == "Trưởng phòng"
    assert named("Nguyễn Thị Hoa").number_tail == "234"


def test_vneid_is_recorded_with_its_source(
    as_hr: FlaskClient, hr: Person, office: Unit, learner: Person
) -> None:
    headings = ("Họ và tên", "Ngày sinh", "Số điện thoại", "Xác nhận VNeID")
    data = csv_file(
        ("Nguyễn Thị Hoa", "05/02/1985", "0905123456", "05/02/2026"),
        ("Lê Văn Ba", "", "", "06/02/2026"), headings=headings,
    )  # fmt: skip
    take_in(as_hr, office, data)
    kept = {row.person_id: row for row in rows(VneidConfirmation)}
    assert kept[learner.id].confirmed_on == date(2026, 2, 5)
    assert kept[named("Lê Văn Ba").id].confirmed_on == date(2026, 2, 6)
    assert {row.source for row in kept.values()} == {f"Danh sách của {office.name}"}
    assert {row.entered_by for row in kept.values()} == {hr.id}


def test_moving_ends_the_place_before(as_hr: FlaskClient, office: Unit, learner: Person) -> None:
    below = add_unit(UnitRow("CQ01-KT", "Phòng Kinh tế", "Cơ quan"), office)
    db.session.commit()
    headings = ("Họ và tên", "Ngày sinh", "Số điện thoại", "Đơn vị")
    data = csv_file(("Nguyễn Thị Hoa", "05/02/1985", "0905123456", "CQ01-KT"), headings=headings)
    take_in(as_hr, office, data)
    old, new = rows(Membership, person_id=learner.id, kind="work")
    assert (old.unit_id, old.valid_to) == (office.id, today() - timedelta(days=1))
    assert (new.unit_id, new.valid_from, new.position) == (below.id, today(), "Chuyên viên")


def test_someone_from_elsewhere_joins_and_keeps_their_own(
    as_hr: FlaskClient, office: Unit, stranger: Person
) -> None:
    take_in(
        as_hr, office, csv_file(("Bh'riu Liếc", "02/09/1979", "", "0914222333", "Cộng tác viên"))
    )
    units = {place.unit_id for place in rows(Membership, person_id=stranger.id, kind="work")}
    assert office.id in units
    assert len(units) == 2
    assert len(rows(Person, full_name="Bh'riu Liếc")) == 1


@pytest.mark.parametrize(
    ("said", "people", "places"), [("leave", 1, 0), ("same", 1, 1), ("other", 2, 1)]
)
def test_a_doubt_is_decided_by_the_officer(
    as_hr: FlaskClient, office: Unit, stranger: Person, said: str, people: int, places: int
) -> None:
    data = csv_file(("Bh'riu Liếc", "02/09/1979", "", "", ""), NEW)
    take_in(as_hr, office, data, **{"row-2": said})
    assert len(rows(Person, full_name="Bh'riu Liếc")) == people
    in_office = rows(Membership, unit_id=office.id)
    assert len(in_office) == places + 1


def test_only_the_good_rows_where_that_was_chosen(as_hr: FlaskClient, office: Unit) -> None:
    answer = take_in(as_hr, office, csv_file(NEW, WRONG), rows="good")
    assert "Đã thêm 1 người, sửa 0 người; 1 dòng chưa nhập." in as_hr.get(answer.location).text
    assert rows(Person, full_name="Lê Bé") == []
    named("Trần Văn An")


def test_all_or_nothing_otherwise(as_hr: FlaskClient, office: Unit) -> None:
    answer = take_in(as_hr, office, csv_file(NEW, WRONG))
    assert answer.status_code == 400
    assert "Chưa nhập gì" in answer.text
    assert rows(Person, full_name="Trần Văn An") == []


def test_the_same_form_sent_twice_counts_once(as_hr: FlaskClient, office: Unit) -> None:
    text, op_id = slip(show(as_hr, office, csv_file(NEW))), operation_id()
    for _ in range(2):
        answer = post(as_hr, "/staff/rosters", roster=text, rows="all", op_id=op_id)
        assert "Đã thêm 1 người" in as_hr.get(answer.location).text
    named("Trần Văn An")
    assert len(rows(AuditLine, verb="import")) == 1


def test_the_same_operation_for_another_file_is_refused(as_hr: FlaskClient, office: Unit) -> None:
    op_id = operation_id()
    other = slip(show(as_hr, office, csv_file(HOA)))
    post(as_hr, "/staff/rosters", roster=slip(show(as_hr, office, csv_file(NEW))), op_id=op_id)
    answer = post(as_hr, "/staff/rosters", roster=other, op_id=op_id)
    assert answer.status_code == 409
    assert rows(Person, full_name="Nguyễn Thị Hoa") == []


def test_importing_again_changes_nothing(as_hr: FlaskClient, office: Unit) -> None:
    take_in(as_hr, office, csv_file(NEW))
    assert "Không có gì phải nhập" in words(show(as_hr, office, csv_file(NEW)))


def test_what_changed_in_between_is_shown_first(as_hr: FlaskClient, office: Unit) -> None:
    text = slip(show(as_hr, office, csv_file(NEW)))
    join(add_person("Trần Văn An", birth_date=date(1990, 3, 5), phone=NEW[3]), office, "work")
    db.session.commit()
    answer = post(as_hr, "/staff/rosters", roster=text, rows="all")
    assert answer.status_code == 409
    assert "hãy xem lại" in answer.text
    named("Trần Văn An")
    post(as_hr, "/staff/rosters", roster=slip(answer), rows="all")
    assert named("Trần Văn An").number_tail == "234"


def test_a_form_that_imported_nothing_never_says_it_did(as_hr: FlaskClient, office: Unit) -> None:
    op_id = operation_id()
    text = slip(show(as_hr, office, csv_file(NEW)))
    join(add_person("Trần Văn An", birth_date=date(1990, 3, 5), phone=NEW[3]), office, "work")
    db.session.commit()
    sent = [post(as_hr, "/staff/rosters", roster=text, rows="all", op_id=op_id) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [409, 409]
    assert rows(Operation, verb="import_roster") == []
    post(as_hr, "/staff/rosters", roster=slip(sent[1]), rows="all", op_id=op_id)
    assert named("Trần Văn An").number_tail == "234"


def test_the_file_is_gone_afterwards(as_hr: FlaskClient, office: Unit, settings: Settings) -> None:
    folder = settings.instance / "rosters"
    before = set(folder.glob("*")) if folder.exists() else set()
    text = slip(show(as_hr, office, csv_file(NEW)))
    assert len(set(folder.glob("*")) - before) == 1
    post(as_hr, "/staff/rosters", roster=text, rows="all")
    assert set(folder.glob("*")) == before


def test_an_old_file_is_cleared_away_and_must_be_sent_again(
    as_hr: FlaskClient, office: Unit, settings: Settings
) -> None:
    text = slip(show(as_hr, office, csv_file(NEW)))
    for path in (settings.instance / "rosters").glob("*"):
        os.utime(path, (0, 0))
    show(as_hr, office, csv_file(HOA))
    answer = post(as_hr, "/staff/rosters", roster=text, rows="all")
    assert "Hãy tải lên lại" in as_hr.get(answer.location).text
    assert rows(Person, full_name="Trần Văn An") == []


def test_an_altered_slip_is_refused(as_hr: FlaskClient, office: Unit) -> None:
    text = slip(show(as_hr, office, csv_file(NEW)))
    answer = post(as_hr, "/staff/rosters", roster="A" + text, rows="all")
    assert answer.location == "/staff/rosters/new"
    assert rows(Person, full_name="Trần Văn An") == []


def test_a_slip_serves_only_who_got_it(
    as_hr: FlaskClient, office: Unit, admin: Person, sign_in: Callable[[Person], FlaskClient]
) -> None:
    grant_role(None, admin, Role.HR, office.id)
    db.session.commit()
    text = slip(show(as_hr, office, csv_file(NEW)))
    answer = post(sign_in(admin), "/staff/rosters", roster=text, rows="all")
    assert answer.location == "/staff/rosters/new"
    assert rows(Person, full_name="Trần Văn An") == []


def test_a_unit_taken_away_in_between_is_not_found(
    as_hr: FlaskClient, office: Unit, other_office: Unit, hr: Person
) -> None:
    text = slip(show(as_hr, office, csv_file(NEW)))
    grant_role(None, hr, Role.HR, other_office.id)
    rows(Grant, person_id=hr.id)[0].ended_at = clock.now()
    db.session.commit()
    assert post(as_hr, "/staff/rosters", roster=text, rows="all").status_code == 404


def test_pupils_come_into_a_school(as_hr: FlaskClient, hr: Person, school: Unit) -> None:
    grant_role(None, hr, Role.HR, school.id)
    db.session.commit()
    page = show(as_hr, school, csv_file(NEW), kind="school")
    post(as_hr, "/staff/rosters", roster=slip(page), rows="all")
    assert [place.kind for place in rows(Membership, unit_id=school.id)] == ["school"]


def test_the_audit_line_counts(as_hr: FlaskClient, hr: Person, office: Unit) -> None:
    take_in(as_hr, office, csv_file(NEW, WRONG), rows="good")
    line = rows(AuditLine, verb="import")[0]
    assert (line.actor_id, line.subject) == (hr.id, f"unit {office.id}")
    assert line.detail == "Đã thêm 1 người, sửa 0 người; 1 dòng chưa nhập."


def test_signed_out_imports_nothing(client: FlaskClient) -> None:
    assert post(client, "/staff/rosters", roster="x").status_code == 302


def test_other_roles_import_nothing(as_officer: FlaskClient) -> None:
    assert post(as_officer, "/staff/rosters", roster="x").status_code == 404


def test_an_import_is_not_fetched(as_hr: FlaskClient) -> None:
    assert as_hr.get("/staff/rosters").status_code == 405
