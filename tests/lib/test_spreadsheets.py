import csv
import io
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from app.lib import spreadsheets
from app.lib.spreadsheets import (
    Row,
    Sheet,
    SpreadsheetProblem,
    heading_key,
    read_table,
    write_csv,
    write_xlsx,
)

HEADINGS = ["Họ và tên", "Ngày sinh", "Số điện thoại", "Số định danh"]
ROSTER = (
    "DANH SÁCH CÁN BỘ,,\r\n"
    "\r\n"
    "STT,Họ và tên,Số điện thoại\r\n"
    "1,Nguyễn Thị Hòa,0905123456\r\n"
    ",,\r\n"
    "2, Bh'riu Liếc ,0914123456\r\n"
)


def xlsx(rows, *, hidden_first=()):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        if hidden_first:
            book.add_worksheet("Mẫu").write_row(0, 0, hidden_first)
        sheet = book.add_worksheet("Danh sách")
        sheet.activate()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if hidden_first:
            book.get_worksheet_by_name("Mẫu").hide()
    return file.getvalue()


def test_a_csv_roster_is_read_with_its_row_numbers():
    sheet = read_table(ROSTER.encode(), "roster.csv", HEADINGS)
    assert sheet == Sheet(
        header_row=3,
        header=("STT", "Họ và tên", "Số điện thoại"),
        rows=[
            Row(4, ("1", "Nguyễn Thị Hòa", "0905123456")),
            Row(6, ("2", "Bh'riu Liếc", "0914123456")),
        ],
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_encodings_and_delimiters_make_no_difference(encoding, delimiter):
    data = ROSTER.replace(",", delimiter).encode(encoding)
    assert read_table(data, "a.csv", HEADINGS) == read_table(ROSTER.encode(), "b.csv", HEADINGS)


def test_a_workbook_is_read_with_numbers_as_text_and_dates_as_dates():
    rows = [
        ["", "DANH SÁCH"],
        [],
        ["STT", "HỌ VÀ TÊN (*)", "Ngày sinh\n(dd/mm/yyyy)", "Số điện thoại", "Số định danh"],
        [1, "Nguyễn Thị Hoà", datetime(1961, 3, 5), 905123456, 49161001234],  # noqa: DTZ001
        [],
        [2, "Lê Văn Bình", 1958, "0914 123 456", "049058001234", "ghi chú"],
        [3, "Trần An", "", None, 1.5],
    ]
    sheet = read_table(xlsx(rows), "roster.xlsx", HEADINGS)
    assert (sheet.header_row, sheet.header[1]) == (3, "HỌ VÀ TÊN (*)")
    assert sheet.rows == [
        Row(4, ("1", "Nguyễn Thị Hoà", date(1961, 3, 5), "905123456", "49161001234", "")),
        Row(6, ("2", "Lê Văn Bình", "1958", "0914 123 456", "049058001234", "ghi chú")),
        Row(7, ("3", "Trần An", "", "", "1.5", "")),
    ]


def test_columns_are_found_in_any_spelling():
    sheet = read_table(
        xlsx([["STT", "HỌ VÀ TÊN (*)", "Ngày sinh (ngày/tháng/năm):"]]), "a.xlsx", HEADINGS
    )
    assert sheet.column("Họ và tên") == 1
    assert sheet.column("Năm sinh", "ngày sinh") == 2
    assert sheet.column("Đơn vị") is None
    assert heading_key(" Số  ĐIỆN thoại (*) :") == "so dien thoai"


def test_the_sheet_with_the_header_is_read_and_hidden_sheets_are_not():
    data = xlsx([HEADINGS, ["Hoa"]], hidden_first=HEADINGS)
    assert [row.cells[0] for row in read_table(data, "a.xlsx", HEADINGS).rows] == ["Hoa"]


def test_a_file_on_disk_is_read_too(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_bytes(ROSTER.encode())
    assert len(read_table(path, path.name, HEADINGS).rows) == 2


def test_what_was_written_is_read_again():
    rows = [["Họ và tên", "Ngày sinh"], ["Bh'riu Liếc", date(1961, 3, 5)]]
    from_csv = read_table(write_csv(rows), "a.csv", HEADINGS)
    from_xlsx = read_table(write_xlsx([], rows[0], rows[1:], [30, 12], set()), "a.xlsx", HEADINGS)
    assert from_csv.rows == [Row(2, ("Bh'riu Liếc", "05/03/1961"))]
    assert from_xlsx.rows == [Row(2, ("Bh'riu Liếc", date(1961, 3, 5)))]


@pytest.mark.parametrize(
    ("data", "filename", "told"),
    [
        (b"", "a.csv", "Tệp trống"),
        (b" \r\n", "a.csv", "Tệp trống"),
        (b"\xd0\xcf\x11\xe0 old", "a.xls", "kiểu cũ"),
        (b"not a workbook", "a.xlsx", "bị hỏng"),
        (b"PK\x03\x04 broken", "a.xlsx", "Không mở được"),
        (b"\x89PNG\x00", "a.png", "không phải bảng danh sách"),
        (b"a,b\r\n1,2\r\n", "a.csv", "Không tìm thấy dòng tiêu đề"),
        ("Hä vµ tªn,Ngµy sinh".encode(), "a.csv", "bảng mã cũ"),
        ("Họ và tên,Ngày sinh,Họ và tên\nHoa".encode(), "a.csv", "Cột “Họ và tên” có hai lần"),
        ('Họ và tên,Ngày sinh\n"Hoa,1961'.encode(), "a.csv", "ngoặc kép ở dòng 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_mend(data, filename, told):
    with pytest.raises(SpreadsheetProblem, match=told):
        read_table(data, filename, HEADINGS)


def test_a_workbook_with_the_wrong_insides_is_refused():
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([HEADINGS]))) as source,
        zipfile.ZipFile(file, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, b"<a/>" if "sharedStrings" in name else source.read(name))
    with pytest.raises(SpreadsheetProblem, match="Không đọc được"):
        read_table(file.getvalue(), "a.xlsx", HEADINGS)


def test_files_and_rows_past_the_limits_are_refused(monkeypatch):
    with pytest.raises(SpreadsheetProblem, match="lớn hơn 5 MB"):
        read_table(b"a" * (spreadsheets.SIZE_LIMIT + 1), "a.csv", HEADINGS)
    full = "Họ và tên,Ngày sinh\n" + "Hoa,1961\n" * 20_000
    assert len(read_table(full.encode(), "a.csv", HEADINGS).rows) == 20_000
    with pytest.raises(SpreadsheetProblem, match=r"20\.000 dòng"):
        read_table((full + "Lan,1962\n").encode(), "a.csv", HEADINGS)


def test_csv_opens_right_in_excel():
    data = write_csv([["Họ tên", None, True, False, date(2026, 2, 5)], ["a,b", 'c"d', 4]])
    assert data == '\ufeffHọ tên,,có,không,05/02/2026\r\n"a,b","c""d",4\r\n'.encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_csv_cell_is_a_formula(start):
    text = write_csv([[start + "1+1"]]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text, newline=""))) == ["'" + start + "1+1"]


def test_negative_numbers_stay_numbers_in_csv():
    assert write_csv([[-4, 1.5]]) == b"\xef\xbb\xbf-4,1.5\r\n"


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_written_workbook_has_titles_frozen_header_rows_and_footer():
    data = write_xlsx(
        ["DANH SÁCH", "Tháng 11 năm 2026"],
        ["STT", "Họ và tên", "Điện thoại", "Ngày cấp", "VNeID"],
        ([n, "Hòa", 905123456, date(2026, 2, 5), None] for n in (1, 2)),
        [6, 30, 14, 12, 10],
        {2},
        ["Danh sách này có 2 người."],
    )
    sheet = read_table(data, "a.xlsx", ["STT", "Họ và tên"])
    assert sheet.header_row == 3
    assert sheet.rows[1] == Row(5, ("2", "Hòa", "905123456", date(2026, 2, 5), ""))
    assert sheet.rows[2].cells[0] == "Danh sách này có 2 người."
    assert 'ySplit="3"' in parts(data)["xl/worksheets/sheet1.xml"]


def test_ids_are_text_and_numbers_are_numbers_in_a_workbook():
    xml = parts(write_xlsx([], ["a", "b", "c"], [["0905", 1, Decimal("1.5")]], [9, 9, 9], {0}))
    body = xml["xl/worksheets/sheet1.xml"]
    assert "<t>0905</t>" in body
    assert "<v>1</v>" in body
    assert "<v>1.5</v>" in body


def test_text_is_never_a_formula_or_a_link_in_a_workbook():
    data = write_xlsx(["=1"], ["=2"], [["=3"], ["https://example.org"]], [9], set(), ["=4"])
    body = parts(data)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in body
    assert "hyperlink" not in body
    assert "<t>=3</t>" in body


def test_a_list_of_nobody_has_its_header_and_footer():
    data = write_xlsx([], ["STT", "Họ và tên"], [], [6, 30], set(), ["Danh sách này có 0 người."])
    assert [row.number for row in read_table(data, "a.xlsx", ["STT", "Họ và tên"]).rows] == [2]


def test_other_values_and_very_long_text_are_written_as_text():
    data = write_xlsx([], ["a", "b"], [[("x",), "y" * 40_000]], [9, 9], set())
    cells = read_table(data, "a.xlsx", ["a", "b"]).rows[0].cells
    assert cells == ("('x',)", "y" * 32_767)


def test_memory_does_not_grow_with_the_list():
    def peak(rows):
        tracemalloc.start()
        write_xlsx([], ["a"] * 5, (["x" * 50] * 5 for _ in range(rows)), [9] * 5, set())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(2000) < peak(200) + 500_000
