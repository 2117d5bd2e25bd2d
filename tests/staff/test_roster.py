"""Reading a roster as offices send it: columns in any wording, every slip named or mended."""

import unicodedata
from datetime import date

import pytest

from app.staff.roster import Remark, RosterProblem, RosterRow, read
from app.staff.sample import sample_file
from tests.staff.acts import csv_file, xlsx_file


def only_row(data: bytes, filename: str = "ds.csv") -> RosterRow:
    roster = read(data, filename)
    assert len(roster.rows) == 1
    return roster.rows[0]


def columns_of(remarks: tuple[Remark, ...]) -> list[str]:
    return [remark.column for remark in remarks]


def test_a_row_is_read() -> None:
    row = only_row(
        csv_file(("Nguyễn Thị Hoa", "05/02/1985", "048185001234", "0905 123 456", "Chuyên viên"))
    )
    assert (row.number, row.name, row.birth) == (2, "Nguyễn Thị Hoa", (date(1985, 2, 5), "day"))
    assert (row.personal_number, row.phone) == ("048185001234", "0905123456")
    assert (row.position, row.wrong, row.warnings) == ("Chuyên viên", (), ())


def test_columns_stand_in_any_order_and_wording() -> None:
    headings = ("STT", "CHỨC DANH", "Điện thoại", "Năm sinh", "HỌ TÊN (đầy đủ)", "Ghi chú")
    cells = ("1", "Văn thư", "0905123456", "1985", "Lê Thị Bé", "x")
    roster = read(csv_file(cells, headings=headings), "ds.csv")
    row = roster.rows[0]
    assert (row.name, row.position, row.phone) == ("Lê Thị Bé", "Văn thư", "0905123456")
    assert row.birth == (date(1985, 1, 1), "year")
    assert roster.unused == ("Ghi chú",)


def test_family_and_given_name_in_two_columns() -> None:
    headings = ("Họ đệm", "Tên", "Ngày sinh")
    assert only_row(csv_file(("Nguyễn Thị", "Hoa", ""), headings=headings)).name == "Nguyễn Thị Hoa"


def test_one_heading_merged_over_two_columns() -> None:
    headings = ("STT", "Họ và tên", "", "Ngày sinh")
    row = only_row(csv_file(("1", "Nguyễn Thị", "Hoa", "05/02/1985"), headings=headings))
    assert row.name == "Nguyễn Thị Hoa"


def test_a_list_of_names_alone_is_a_roster() -> None:
    assert only_row("Họ và tên\r\nNguyễn Thị Hoa\r\n".encode()).name == "Nguyễn Thị Hoa"


def test_excel_numbers_and_dates() -> None:
    row = only_row(
        xlsx_file(("Nguyễn Thị Hoa", date(1985, 2, 5), 48185001234, 905123456, "")), "ds.xlsx"
    )
    assert row.birth == (date(1985, 2, 5), "day")
    assert (row.personal_number, row.phone) == ("048185001234", "0905123456")
    assert columns_of(row.warnings) == ["Số định danh", "Số điện thoại"]


def test_legacy_encoding_is_read() -> None:
    text = csv_file(("Nguyễn Thị Hoa", "", "", "", "")).decode()
    marks = "\u0300\u0301\u0303\u0309\u0323"
    decomposed = "".join(
        character if character in "ăâêôơưđĂÂÊÔƠƯĐ" else _split_tone(character, marks)
        for character in text
    )
    assert only_row(decomposed.encode("cp1258")).name == "Nguyễn Thị Hoa"


def _split_tone(character: str, tones: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    tone = [mark for mark in parts if mark in tones]
    rest = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
    return rest + "".join(tone)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Bh'riu Liếc", "Bh'riu Liếc"),
        ("BH'RIU LIẾC", "Bh'riu Liếc"),
        ("  Nguyễn   Thị Hoa ", "Nguyễn Thị Hoa"),
        (unicodedata.normalize("NFD", "Zơrâm Thị Nhươm"), "Zơrâm Thị Nhươm"),
        ("A" * 39 + " " + "B" * 40, None),
        ("Aa" * 20 + " " + "Bb" * 19 + "b", "Aa" * 20 + " " + "Bb" * 19 + "b"),
    ],
)
def test_names_are_kept_as_people_write_them(written: str, kept: str | None) -> None:
    row = only_row(csv_file((written, "05/02/1985", "", "", "")))
    assert row.wrong == ()
    assert kept is None or row.name == kept


@pytest.mark.parametrize(
    ("cells", "column", "hint"),
    [
        (("Nguyễn Thị Hoa 2", "", "", "", ""), "Họ và tên", "ký tự “2”"),
        (("A" * 81, "", "", "", ""), "Họ và tên", "80"),
        (("", "05/02/1985", "", "", ""), "Họ và tên", "Chưa có họ và tên"),
        (("Lê Bé", "31/02/1985", "", "", ""), "Ngày sinh", "không có ngày này"),
        (("Lê Bé", "02/31/1985", "", "", ""), "Ngày sinh", "ngày trước, tháng sau"),
        (("Lê Bé", "05/02/85", "", "", ""), "Ngày sinh", "bốn chữ số"),
        (("Lê Bé", "05/02/2085", "", "", ""), "Ngày sinh", "tương lai"),
        (("Lê Bé", "hôm qua", "", "", ""), "Ngày sinh", "không phải ngày tháng"),
        (("Lê Bé", "", "201234567", "", ""), "Số định danh", "chứng minh nhân dân cũ"),
        (("Lê Bé", "", "04818500123", "", ""), "Số định danh", "12 chữ số"),
        (("Lê Bé", "", "", "0236", ""), "Số điện thoại", "máy bàn"),
        (("Lê Bé", "", "", "090512345a", ""), "Số điện thoại", "Chỉ ghi chữ số"),
    ],
)
def test_what_is_wrong_names_the_column_and_the_mend(
    cells: tuple[str, ...], column: str, hint: str
) -> None:
    row = only_row(csv_file(cells))
    assert columns_of(row.wrong) == [column]
    assert hint in row.wrong[0].text


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        (("Hoa", "", "", "", ""), "chỉ có một chữ"),
        (("Lê Bé", "", "48185001234", "", ""), "Đã thêm số 0"),
        (("Lê Bé", "", "", "905123456", ""), "0905123456"),
        (("Lê Bé", "05/02/1990", "048185001234", "", ""), "sinh năm 1985"),
    ],
)
def test_what_was_mended_is_said(cells: tuple[str, ...], hint: str) -> None:
    row = only_row(csv_file(cells))
    assert row.wrong == ()
    assert hint in row.warnings[0].text


@pytest.mark.parametrize("phone", ["+84 905 123 456", "84905123456", "0905.123.456", "905123456"])
def test_a_phone_in_four_spellings(phone: str) -> None:
    assert only_row(csv_file(("Lê Bé", "", "", phone, ""))).phone == "0905123456"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/02/2026", date(2026, 2, 5)),
        ("Có, 05/02/2026", date(2026, 2, 5)),
        ("Chưa", None),
        ("", None),
    ],
)
def test_vneid_as_lists_have_it(cell: str, day: date | None) -> None:
    row = only_row(csv_file(("Lê Bé", cell), headings=("Họ và tên", "Xác nhận VNeID")))
    assert (row.vneid_on, row.wrong, row.warnings) == (day, (), ())


def test_vneid_without_a_day_is_not_taken() -> None:
    row = only_row(csv_file(("Lê Bé", "Có"), headings=("Họ và tên", "Xác nhận VNeID")))
    assert row.vneid_on is None
    assert "thiếu ngày" in row.warnings[0].text


def test_vneid_in_the_future_is_wrong() -> None:
    row = only_row(csv_file(("Lê Bé", "05/02/2090"), headings=("Họ và tên", "Xác nhận VNeID")))
    assert columns_of(row.wrong) == ["Xác nhận VNeID"]


def test_lines_under_the_table_are_no_people() -> None:
    headings = ("STT", "Họ và tên", "Chức vụ")
    data = csv_file(
        ("1", "Lê Thị Bé", ""), ("Danh sách này có 1 người.", "", ""), ("", "Người lập biểu", ""),
        headings=headings,
    )  # fmt: skip
    rows = read(data, "ds.csv").rows
    assert [row.name for row in rows] == ["Lê Thị Bé", "Người lập biểu"]
    assert "số thứ tự" in rows[1].wrong[0].text


def test_a_missing_name_column_is_named_with_those_found() -> None:
    with pytest.raises(RosterProblem, match=r"Thiếu cột “Họ và tên”.*Ngày sinh, Số điện thoại"):
        read(csv_file(("1985", "0905123456"), headings=("Ngày sinh", "Số điện thoại")), "ds.csv")


@pytest.mark.parametrize(
    ("data", "filename", "hint"),
    [
        (b"", "ds.csv", "trống"),
        (b"  \r\n", "ds.csv", "trống"),
        ("Họ và tên;Ngày sinh\r\n".encode(), "ds.csv", "chưa có người nào"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "ds.xls", "lưu lại dạng .xlsx"),
        (b"PK\x03\x04rubbish", "ds.xlsx", "Excel"),
        (b"%PDF-1.7 rubbish", "ds.pdf", "dòng tiêu đề"),
        ("một, hai\r\nba, bốn\r\n".encode(), "ds.csv", "dòng tiêu đề"),
    ],
)
def test_a_file_that_is_no_roster_says_what_to_do(data: bytes, filename: str, hint: str) -> None:
    with pytest.raises(RosterProblem, match=hint):
        read(data, filename)


def test_the_sample_file_is_understood_and_empty() -> None:
    with pytest.raises(RosterProblem, match="chưa có người nào"):
        read(sample_file(), "danh-sach-mau.xlsx")


@pytest.mark.parametrize("name", ["TrÇn ThÞ Hoa", "Leâ Thò Hueä"])
def test_a_name_in_an_old_font_is_refused_with_the_reason(name: str) -> None:
    row = only_row(xlsx_file((name, "05/02/1985", "", "", "")), "ds.xlsx")
    assert columns_of(row.wrong) == ["Họ và tên"]
    assert "phông chữ cũ" in str(row.wrong[0].text)
    assert row.name == name
