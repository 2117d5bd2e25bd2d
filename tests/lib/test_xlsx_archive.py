import io
import zipfile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.lib import xlsx_archive
from app.lib.xlsx_archive import ArchiveProblem, weighed_rows, weighed_xlsx

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(**cells):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for place, value in (cells or {"A1": "Hoa"}).items():
            sheet.write(place, value)
    return file.getvalue()


def with_part(name, content, data=None):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or workbook())) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in {*source.namelist(), name}:
            target.writestr(part, content if part == name else source.read(part))
    return file.getvalue()


def with_rows(rows):
    body = b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    return with_part(SHEET, body)


def read(data):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_a_sound_workbook_reads_as_before():
    data = workbook(A1="Họ và tên", B2=905123456)
    assert read(weighed_xlsx(data)) == read(data)


def test_pictures_and_macros_are_left_behind():
    data = with_part("xl/vbaProject.bin", b"macro")
    with zipfile.ZipFile(io.BytesIO(weighed_xlsx(data))) as archive:
        assert "xl/vbaProject.bin" not in archive.namelist()


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
        b'<row r="1"><c r="B1"><v>1</v></c></row><row r="1048575"/><row><c/><c><v>1</v></c></row>',
        b'<c r="ZZ9999999"><f>1+1</f></c>',
        b'<x:row xmlns:x="u" r="9"><x:c r="ZZ9999999"><x:is/></x:c></x:row>',
    ],
    ids=["far corner", "far right", "places left out", "outside a row", "prefixed"],
)
def test_a_sheet_that_spans_too_much_is_refused(rows):
    with pytest.raises(ArchiveProblem, match="quá nhiều dữ liệu"):
        weighed_xlsx(with_rows(rows))


def test_empty_cells_that_carry_a_format_do_not_count():
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"/>'
    assert read(weighed_xlsx(with_rows(rows))) == [[1.0]]


@pytest.mark.parametrize("count", [b"4294967295", b"+4294967295", b"&#57;999999999", b"9" * 5000])
def test_a_count_that_promises_too_much_is_refused(count):
    strings = b"<sst " + MAIN + b' uniqueCount="' + count + b'"><si><t>a</t></si></sst>'
    with pytest.raises(ArchiveProblem, match="quá nhiều dữ liệu"):
        weighed_xlsx(with_part(STRINGS, strings))


@pytest.mark.parametrize("split", [b"", b"</t></r><si/><r><t>"], ids=["plain", "nested"])
def test_a_shared_text_longer_than_a_cell_is_refused(split):
    text = b"<r><t>" + b"a" * 20_000 + split + b"a" * 20_000 + b"</t></r>"
    strings = b"<sst " + MAIN + b"><si>" + text + b"</si></sst>"
    with pytest.raises(ArchiveProblem, match="quá nhiều dữ liệu"):
        weighed_xlsx(with_part(STRINGS, strings))


def test_many_short_shared_texts_are_taken():
    texts = b"<si><t>" + b"a" * 100 + b"</t></si>"
    strings = b"<sst " + MAIN + b">" + texts * 1000 + b"</sst>"
    assert read(weighed_xlsx(with_part(STRINGS, strings))) == [["a" * 100]]


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx_archive, "UNPACKED_LIMIT", 100_000)
    bomb = with_part("xl/comments.xml", b"<a>" + b" " * 200_000 + b"</a>")
    with pytest.raises(ArchiveProblem, match="quá nhiều dữ liệu"):
        weighed_xlsx(bomb)


def test_a_size_that_lies_does_not_help(monkeypatch):
    monkeypatch.setattr(xlsx_archive, "UNPACKED_LIMIT", 100_000)
    bomb = with_part("xl/comments.xml", b"<a>" + b" " * 200_000 + b"</a>")
    honest = (200_007).to_bytes(4, "little")
    with pytest.raises(ArchiveProblem):
        weighed_xlsx(bomb.replace(honest, (7).to_bytes(4, "little")))


def test_rows_whose_text_grows_too_large_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx_archive, "UNPACKED_LIMIT", 100)
    assert weighed_rows([["a" * 40, 1.0], ["b" * 60]]) == [["a" * 40, 1.0], ["b" * 60]]
    with pytest.raises(ArchiveProblem, match="quá nhiều dữ liệu"):
        weighed_rows([["a" * 40], ["b" * 61]])


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 broken",
        workbook()[:-200],
        workbook().replace(b"xl/workbook.xml", b"xl/workbook.xyz"),
        with_part("xl/workbook.xml", b"<workbook><sheets>"),
        with_part("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'),
        with_rows(b'<row r="one"><c r="A1"><v>1</v></c></row>'),
        with_rows(b'<row r="1"><c r="1A"><v>1</v></c></row>'),
        with_rows("<row r='1'><c r='A1'><v>Hoá</v></c></row>".encode("latin-1")),
    ],
    ids=["no zip", "cut", "no workbook", "open tag", "doctype", "row", "cell", "encoding"],
)
def test_a_broken_workbook_is_refused(data):
    with pytest.raises(ArchiveProblem, match="Không mở được"):
        weighed_xlsx(data)
