"""Columns: guessed from any wording, corrected by whoever knows, remembered for next time."""

import re

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.staff.columns import guessed
from app.staff.models import RosterColumns
from app.staff.roster import RosterRow, read
from app.units.models import Unit
from tests.acts import post, rows
from tests.staff.acts import csv_file, show, slip, words
from tests.staff.workbooks import ods_file, xls_file

ODD = ("Người", "Năm", "Nơi làm")


def people(data: bytes, filename: str = "ds.csv") -> list[RosterRow]:
    return read(data, filename).rows


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ và tên CBCCVC", "name"),
        ("Ho va ten", "name"),
        ("Họ, chữ đệm và tên khai sinh", "name"),
        ("Ngày, tháng, năm sinh (dd/mm/yyyy)", "birth"),
        ("Số thẻ CCCD gắn chip", "personal_number"),
        ("CMND", "personal_number"),
        ("Số điện thoại liên hệ (Zalo)", "phone"),
        ("ĐT liên hệ", "phone"),
        ("Chức vụ hiện nay", "position"),
        ("Phòng ban công tác", "unit"),
        ("Ngày cấp CCCD", ""),
        ("Họ và tên cha", ""),
        ("Số điện thoại phụ huynh", ""),
        ("Nơi sinh", ""),
        ("Ngày vào ngành", ""),
    ],
)
def test_what_offices_write_above_their_columns(heading: str, field: str) -> None:
    assert guessed(["STT", heading]).get(field) == (1 if field else None)


def test_a_known_wording_comes_before_a_likeness() -> None:
    assert guessed(["Họ và tên vị lãnh đạo", "Họ và tên"])["name"] == 1
    assert guessed(["STT", "Tên", "Năm sinh"])["name"] == 1


def test_two_lines_of_header_and_years_of_men_and_women() -> None:
    data = csv_file(
        ("", "", "Nam", "Nữ", ""), ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("1", "Lê Văn Ba", "1961", "", "Văn thư"), ("2", "Lê Thị Bé", "", "1985", ""),
        headings=("STT", "Họ và tên", "Năm sinh", "", "Chức vụ"),
    )  # fmt: skip
    assert [(row.name, row.birth and row.birth[0].year, row.wrong) for row in people(data)] == [
        ("Lê Văn Ba", 1961, ()),
        ("Lê Thị Bé", 1985, ()),
    ]


def test_a_header_printed_on_each_page_and_titles_of_parts() -> None:
    headings = ("STT", "Họ và tên", "Ngày sinh")
    data = csv_file(
        ("1", "Lê Văn Ba", "1961"), headings, ("II", "Phòng Nội vụ", ""),
        ("2", "Lê Thị Bé", "1985"), headings=headings,
    )  # fmt: skip
    found = people(data)
    assert [row.number for row in found] == [2, 4, 5]
    assert [row.number for row in found if row.wrong] == [4]


TABLE = [
    ("UBND PHƯỜNG BÀN THẠCH", "", "", ""),
    ("STT", "Họ và tên", "Số CCCD", "Phòng ban"),
    (1, "Lê Thị Bé", 48185001234, "Phòng A"),
    (2, "Trần Văn An", "048090001234", ""),
]


def test_an_old_excel_file_with_merged_cells_is_read() -> None:
    one, other = people(xls_file(TABLE, [(2, 3, 3, 3)]), "ds.xls")
    assert (one.name, one.personal_number, one.unit) == ("Lê Thị Bé", "048185001234", "Phòng A")
    assert (other.number, other.unit) == (4, "Phòng A")
    assert "Đã thêm số 0" in one.warnings[0].text


def test_an_open_document_is_read() -> None:
    found = people(ods_file(TABLE), "ds.ods")
    assert [row.name for row in found] == ["Lê Thị Bé", "Trần Văn An"]
    assert found[0].personal_number == "048185001234"


def test_a_hostile_open_document_is_refused() -> None:
    bomb = ods_file([("Họ và tên", "CCCD"), ("Lê Thị Bé", "1")], repeat=1_000_000)
    with pytest.raises(ValueError, match=r"quá nhiều dữ liệu|Không đọc được"):
        read(bomb, "ds.ods")


def test_utf16_with_tabs_is_read() -> None:
    text = csv_file(("Lê Thị Bé", "1985"), headings=("Họ và tên", "Năm sinh")).decode()
    assert people(text.replace(";", "\t").encode("utf-16"))[0].name == "Lê Thị Bé"


def odd_file(*more: tuple[str, ...]) -> bytes:
    return csv_file(("Lê Thị Bé", "1985", "CQ01"), *more, headings=(*ODD, "Số điện thoại", "TT"))


def test_the_columns_are_shown_as_they_were_understood(as_hr: FlaskClient, office: Unit) -> None:
    data = csv_file(("Lê Thị Bé", "x"), headings=("Họ và tên", "Phòng làm việc"))
    page = show(as_hr, office, data).text
    assert re.search(r'name="column-0".*?value="name" selected', page, re.DOTALL)
    assert "Trong tệp: Lê Thị Bé" in page


def test_a_file_without_a_names_column_asks_which_it_is(as_hr: FlaskClient, office: Unit) -> None:
    page = show(as_hr, office, odd_file())
    assert page.status_code == 400
    assert "Thiếu cột “Họ và tên”" in page.text
    again = post(
        as_hr, "/staff/rosters/columns", roster=slip(page),
        **{"column-0": "name", "column-1": "birth", "column-2": "unit"},
    )  # fmt: skip
    assert again.status_code == 200
    assert "Lê Thị Bé 1985" in words(again)
    post(as_hr, "/staff/rosters", roster=slip(again), rows="all")
    assert rows(Person, full_name="Lê Thị Bé")[0].birth_precision == "year"


def test_what_was_said_is_remembered_for_these_headings(
    as_hr: FlaskClient, office: Unit, hr: Person
) -> None:
    first = show(as_hr, office, odd_file())
    post(
        as_hr, "/staff/rosters/columns", roster=slip(first),
        **{"column-0": "name", "column-1": "birth"},
    )  # fmt: skip
    kept = rows(RosterColumns)
    assert [(row.unit_id, row.columns) for row in kept] == [(office.id, {"name": 0, "birth": 1})]
    assert show(as_hr, office, odd_file(("Lê Văn Ba", "1990", ""))).status_code == 200


def test_two_columns_cannot_be_the_same(as_hr: FlaskClient, office: Unit) -> None:
    page = show(as_hr, office, csv_file(("Lê Thị Bé", "", "", "", "")))
    again = post(
        as_hr, "/staff/rosters/columns", roster=slip(page),
        **{"column-0": "name", "column-1": "name"},
    )  # fmt: skip
    assert "Hai cột không thể cùng là một thứ" in again.text
    assert rows(RosterColumns) == []


@pytest.mark.parametrize("address", ["columns", "bad-rows"])
def test_a_forged_slip_leads_back(as_hr: FlaskClient, office: Unit, address: str) -> None:
    answer = post(as_hr, f"/staff/rosters/{address}", roster="x")
    assert answer.location == "/staff/rosters/new"


@pytest.mark.parametrize("address", ["columns", "bad-rows"])
def test_nobody_else_gets_there(client: FlaskClient, as_learner: FlaskClient, address: str) -> None:
    assert post(client, f"/staff/rosters/{address}").status_code == 302
    assert post(as_learner, f"/staff/rosters/{address}").status_code == 404


def test_the_bad_rows_come_back_with_their_reasons(as_hr: FlaskClient, office: Unit) -> None:
    data = csv_file(("Lê Bé", "31/02/1985", "", "", "=1+1"), ("Lê Văn Ba", "", "", "", ""))
    file = post(as_hr, "/staff/rosters/bad-rows", roster=slip(show(as_hr, office, data)))
    assert "filename=dong-sai.xlsx" in file.headers["Content-Disposition"]
    again = read(file.data, "dong-sai.xlsx")
    assert [row.name for row in again.rows] == ["Lê Bé"]
    assert again.rows[0].position == "=1+1"
    assert again.unused == ("Lý do",)


def test_without_bad_rows_there_is_no_file(as_hr: FlaskClient, office: Unit) -> None:
    text = slip(show(as_hr, office, csv_file(("Lê Văn Ba", "", "", "", ""))))
    assert post(as_hr, "/staff/rosters/bad-rows", roster=text).status_code == 404
