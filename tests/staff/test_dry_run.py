"""The dry run: what an import would do, row by row, and nothing written."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import AuditLine, Person, Role
from app.config import Settings
from app.extensions import db
from app.lib.hashing import keyed
from app.units.actions import UnitRow, add_unit
from app.units.models import Membership, Unit
from tests.acts import post, rows
from tests.staff.acts import csv_file, employ, show, slip, words

NEW = ("Trần Văn An", "05/03/1990", "048090001234", "0905111222", "Văn thư")
HOA = ("Nguyễn Thị Hoa", "05/02/1985", "", "0905123456", "Chuyên viên")


def test_a_new_person_is_announced_and_not_written(as_hr: FlaskClient, office: Unit) -> None:
    page = words(show(as_hr, office, csv_file(NEW)))
    assert "Trần Văn An 05/03/1990" in page
    assert "Nhập 1 dòng" in page
    assert rows(Person, full_name="Trần Văn An") == rows(AuditLine, verb="import") == []


def test_who_is_known_stays(as_hr: FlaskClient, office: Unit, learner: Person) -> None:
    page = words(show(as_hr, office, csv_file(HOA)))
    assert "Không có gì phải nhập" in page


def test_a_change_is_shown_from_and_to(as_hr: FlaskClient, office: Unit, learner: Person) -> None:
    page = words(show(as_hr, office, csv_file((*HOA[:4], "Phó chánh văn phòng"))))
    assert "Chức vụ/Chức danh: Chuyên viên → Phó chánh văn phòng" in page


def test_name_and_birth_alone_are_in_doubt(
    as_hr: FlaskClient, office: Unit, stranger: Person
) -> None:
    page = words(show(as_hr, office, csv_file(("Bh'riu Liếc", "02/09/1979", "", "", ""))))
    assert "Hệ thống đã có một người trùng họ tên và ngày sinh, số điện thoại 09•• ••• 333" in page
    assert "Đúng là người này" in page
    assert "La Êê" not in page


def test_another_phone_puts_a_colleague_in_doubt(
    as_hr: FlaskClient, office: Unit, learner: Person
) -> None:
    page = words(show(as_hr, office, csv_file((*HOA[:3], "0905999888", ""))))
    assert "Đơn vị này đã có một người trùng" in page


def test_the_same_bare_list_again_is_no_doubt(as_hr: FlaskClient, office: Unit) -> None:
    employ(office, "Lê Thị Bé")
    page = words(show(as_hr, office, csv_file(("Lê Thị Bé", "", "", "", ""))))
    assert "Không có gì phải nhập" in page


def test_two_with_the_same_name_cannot_be_told_apart(as_hr: FlaskClient, office: Unit) -> None:
    employ(office, "Lê Thị Bé", "Lê Thị Bé")
    page = words(show(as_hr, office, csv_file(("Lê Thị Bé", "", "", "", ""))))
    assert "Đã có 2 người trùng họ tên, không rõ là ai." in page
    assert "Đúng là người này" not in page


def test_the_same_number_twice_is_wrong_in_both_rows(as_hr: FlaskClient, office: Unit) -> None:
    other = ("Lê Thị Bé", "05/03/1990", NEW[2], "", "")
    page = words(show(as_hr, office, csv_file(NEW, other)))
    assert "Trùng số với dòng 3 (Lê Thị Bé)" in page
    assert "Trùng số với dòng 2 (Trần Văn An)" in page


def test_the_same_person_twice_is_wrong_once(as_hr: FlaskClient, office: Unit) -> None:
    bare = (*NEW[:2], "", "", "")
    page = words(show(as_hr, office, csv_file(bare, bare)))
    assert "Trùng với dòng 2." in page


def test_a_number_of_somebody_else_is_wrong(
    as_hr: FlaskClient, office: Unit, settings: Settings
) -> None:
    key = settings.identity_key.get_secret_value()
    add_person("Phạm Thị Lý", number_hash=keyed(key, NEW[2]), number_tail="234")
    db.session.commit()
    page = words(show(as_hr, office, csv_file(NEW)))
    assert "đã ghi cho một người khác" in page
    assert "Phạm Thị Lý" not in page


def test_a_unit_of_the_file_is_found_by_name_and_by_code(as_hr: FlaskClient, office: Unit) -> None:
    add_unit(UnitRow("CQ01-KT", "Phòng Kinh tế", "Cơ quan"), office)
    db.session.commit()
    headings = ("Họ và tên", "Phòng/Ban")
    data = csv_file(
        ("Lê Văn Ba", "PHÒNG KINH TẾ"), ("Lê Văn Tư", "cq01-kt"), ("Lê Văn Năm", "Phòng Kinh tê1"),
        ("Lê Văn Sáu", ""), headings=headings,
    )  # fmt: skip
    page = words(show(as_hr, office, data))
    assert page.count("Phòng Kinh tế Thêm mới") == 2
    assert "Có phải “Phòng Kinh tế” không?" in page
    assert f"Lê Văn Sáu – {office.name} Thêm mới" in page


def test_a_unit_outside_is_wrong(as_hr: FlaskClient, office: Unit, other_office: Unit) -> None:
    data = csv_file(("Lê Văn Ba", other_office.name), headings=("Họ và tên", "Đơn vị"))
    assert f"Không có đơn vị “{other_office.name}” trong {office.name}" in words(
        show(as_hr, office, data)
    )


def test_who_is_not_in_the_file_is_counted(
    as_hr: FlaskClient, office: Unit, learner: Person
) -> None:
    assert "1 người của Văn phòng phường Bàn Thạch không có trong tệp: giữ nguyên" in words(
        show(as_hr, office, csv_file(NEW))
    )


def test_columns_without_use_are_named(as_hr: FlaskClient, office: Unit) -> None:
    data = csv_file(("Lê Văn Ba", "a@b.vn"), headings=("Họ và tên", "Thư điện tử"))
    assert "Cột không dùng đến: Thư điện tử." in words(show(as_hr, office, data))


def test_names_are_never_markup(as_hr: FlaskClient, office: Unit) -> None:
    page = show(as_hr, office, csv_file(("<b>Lê Ba</b>", "", "", "", "<script>")))
    assert "<b>Lê" not in page.text


def test_long_rosters_are_paged_and_wrong_rows_come_first(as_hr: FlaskClient, office: Unit) -> None:
    people = [
        (f"Trần Văn {chr(65 + n // 26)}{chr(97 + n % 26)}", "", "", "", "") for n in range(120)
    ]
    first = show(as_hr, office, csv_file(*people, ("Lê Bé", "31/02/1985", "", "", "")))
    assert words(first).index("Lê Bé") < words(first).index("Trần Văn Aa")
    second = post(as_hr, "/staff/rosters/dry-run", roster=slip(first), page=2)
    assert "Trang 2 trên 2 (121 dòng)" in words(second)
    assert "Trần Văn Ep" in second.text
    assert "Trần Văn Aa" not in second.text


def test_pupils_are_listed_for_schools_only(
    as_hr: FlaskClient, office: Unit, school: Unit, hr: Person
) -> None:
    assert "Học sinh, sinh viên" not in as_hr.get("/staff/rosters/new").text
    assert show(as_hr, office, csv_file(NEW), kind="school").status_code == 400


@pytest.mark.parametrize(
    ("data", "filename", "hint"),
    [
        (b"", "ds.csv", "trống"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "ds.xls", ".xlsx"),
        ("Ngày sinh;Số điện thoại\r\n1985;0905123456\r\n".encode(), "ds.csv", "Thiếu cột"),
    ],
)
def test_a_bad_file_comes_back_with_the_mend(
    as_hr: FlaskClient, office: Unit, data: bytes, filename: str, hint: str
) -> None:
    answer = show(as_hr, office, data, filename)
    assert answer.status_code == 400
    assert hint in words(answer)


def test_no_file_is_said(as_hr: FlaskClient, office: Unit) -> None:
    answer = post(as_hr, "/staff/rosters/dry-run", unit=office.id, kind="work")
    assert answer.status_code == 400
    assert "Chưa chọn tệp" in answer.text


def test_a_file_too_large_is_refused(as_hr: FlaskClient) -> None:
    answer = as_hr.post(
        "/staff/rosters/dry-run",
        data=b"x" * (7 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


def test_someone_elses_unit_is_no_choice(
    as_hr: FlaskClient, office: Unit, other_office: Unit
) -> None:
    answer = show(as_hr, other_office, csv_file(NEW))
    assert answer.status_code == 400
    assert "Hãy chọn một mục trong danh sách" in answer.text


def test_a_forged_slip_shows_nothing(as_hr: FlaskClient, office: Unit) -> None:
    text = slip(show(as_hr, office, csv_file(NEW)))
    body, _, signature = text.rpartition(".")
    forged = f"{body}.{signature[::-1]}"
    answer = post(as_hr, "/staff/rosters/dry-run", roster=forged)
    assert "Trần Văn An" not in answer.text


def test_the_file_waits_under_a_name_that_says_nothing(
    as_hr: FlaskClient, office: Unit, settings: Settings
) -> None:
    show(as_hr, office, csv_file(NEW), "danh-sach-mat.csv")
    kept: list[Path] = list((settings.instance / "rosters").iterdir())
    assert kept
    assert all(path.suffix == ".bin" and "mat" not in path.stem for path in kept)
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)


def test_the_form_of_an_office_sends_staff(as_hr: FlaskClient, office: Unit) -> None:
    page = as_hr.get("/staff/rosters/new").text
    assert '<input type="hidden" name="kind" value="work">' in page
    assert f'<option value="{office.id}">' in page


def test_the_form_of_a_school_asks_whom(as_hr: FlaskClient, hr: Person, school: Unit) -> None:
    grant_role(None, hr, Role.HR, school.id)
    db.session.commit()
    page = as_hr.get("/staff/rosters/new").text
    assert page.count('type="radio" name="kind"') == 2


def test_the_sample_is_a_workbook(as_hr: FlaskClient, office: Unit) -> None:
    assert as_hr.get("/staff/rosters/sample").data.startswith(b"PK")


@pytest.mark.parametrize("address", ["/staff/rosters/new", "/staff/rosters/sample"])
def test_signed_out_goes_to_sign_in(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 302


def test_signed_out_shows_nothing(client: FlaskClient, office: Unit) -> None:
    assert show(client, office, csv_file(NEW)).status_code == 302


def test_other_roles_find_nothing(as_learner: FlaskClient, office: Unit) -> None:
    assert as_learner.get("/staff/rosters/new").status_code == 404
    assert as_learner.get("/staff/rosters/sample").status_code == 404
    assert show(as_learner, office, csv_file(NEW)).status_code == 404


def test_a_dry_run_is_not_fetched(as_hr: FlaskClient) -> None:
    assert as_hr.get("/staff/rosters/dry-run").status_code == 405


def test_twice_shows_the_same(as_hr: FlaskClient, office: Unit) -> None:
    one, other = (words(show(as_hr, office, csv_file(NEW))) for _ in range(2))
    assert one == other
    assert rows(Membership, unit_id=office.id) == []


def test_queries_do_not_grow_with_rows(as_hr: FlaskClient, office: Unit) -> None:
    def names(number: int) -> list[tuple[str, ...]]:
        return [(f"Trần Văn {'A' * n}", "05/02/1985", "", "", "") for n in range(1, number)]

    show(as_hr, office, csv_file(*names(5)))
    few = as_hr.queries
    show(as_hr, office, csv_file(*names(60)))
    assert as_hr.queries == few


def test_an_unmarked_name_does_not_replace_a_marked_one(
    as_hr: FlaskClient, office: Unit, learner: Person
) -> None:
    page = words(show(as_hr, office, csv_file(("NGUYEN THI HOA", *HOA[1:]))))
    assert "Không có gì phải nhập" in page
    assert "Giữ tên có dấu" in page


def test_someone_from_elsewhere_keeps_what_is_recorded(
    as_hr: FlaskClient, office: Unit, stranger: Person, settings: Settings
) -> None:
    key = settings.identity_key.get_secret_value()
    stranger.number_hash, stranger.number_tail = keyed(key, NEW[2]), "234"
    db.session.commit()
    page = words(
        show(as_hr, office, csv_file(("Bh'riu Liếc", "03/09/1979", NEW[2], "0905111222", "")))
    )
    assert page.count("giữ nguyên") == 2
    assert "0914222333" not in page


def test_a_move_inside_the_unit_is_shown(as_hr: FlaskClient, office: Unit, learner: Person) -> None:
    add_unit(UnitRow("CQ01-KT", "Phòng Kinh tế", "Cơ quan"), office)
    db.session.commit()
    headings = ("Họ và tên", "Ngày sinh", "CCCD", "SĐT", "Chức vụ", "Đơn vị")
    data = csv_file((*HOA, "Phòng Kinh tế"), headings=headings)
    assert f"Đơn vị: {office.name} → Phòng Kinh tế" in words(show(as_hr, office, data))
