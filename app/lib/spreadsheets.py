"""Rosters come in and lists go out: XLSX and CSV."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.lib import csv_text, table_words
from app.lib.dates import short_date
from app.lib.messages import message
from app.lib.vietnamese import fold, nfc
from app.lib.workbooks import ZIP, UnreadableWorkbook, is_old, old_sheets, xlsx_sheets
from app.lib.xlsx_archive import ArchiveProblem

SIZE_LIMIT = 5 * 1024 * 1024
ROW_LIMIT = 20_000

_HEADER_WITHIN = 40
# What TCVN3 (ABC) and VNI letters look like when they are read as something else.
_LEGACY_SIGNS = re.compile(r"[µ¸¶·¹¨®©«¬\u00adöïäåûøëñ]")
# What spreadsheet programs read as the start of a formula, full-width forms too.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_WORDS = {None: "", True: "có", False: "không"}

_A4 = 9
_LONGEST_CELL = 32_767
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_CELL = {"border": 1, "valign": "top", "text_wrap": True}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True},
    "header": _CELL | {"bold": True, "align": "center", "valign": "vcenter"},
    "cell": _CELL,
    "text": _CELL | {"num_format": "@"},
    "date": _CELL | {"num_format": "dd/mm/yyyy"},
    "footer": {"italic": True},
}

Record = Sequence[object]


class SpreadsheetProblem(ValueError):
    """The file cannot be read as a table; the message says in Vietnamese what to mend."""


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its number in the file (from 1) and its cells.

    A cell is text (NFC, trimmed; a number is written out, so 905123456.0 is "905123456"), a
    `date` or a `datetime`. There are at least as many cells as headings.
    """

    number: int
    cells: tuple[object, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: where its header stands in the file (from 1), the headings, the rows below."""

    header_row: int
    header: tuple[str, ...]
    rows: list[Row]

    def column(self, *headings: str) -> int | None:
        """The index of the first column under one of these headings, in any spelling."""
        wanted = {heading_key(heading) for heading in headings}
        return next((i for i, h in enumerate(self.header) if heading_key(h) in wanted), None)


def heading_key(heading: str) -> str:
    """A heading as it is compared: folded, without hints in brackets and punctuation."""
    return " ".join(re.sub(r"\(.*?\)|[^\w\s]", " ", fold(heading)).split())


def read_table(
    source: Path | bytes,
    filename: str,
    headings: Collection[str],
    meant: Callable[[str], str] | None = None,
) -> Sheet:
    """Read the first visible sheet, or the CSV text, that has a row with the known headings.

    `headings` are the names the header may hold, compared by `heading_key`; the header is the
    row (among the first 40) with most of them, at least two (one where only one is known).
    `meant` says what a heading means in any other wording, "" for nothing; meanings count then.
    Files: XLSX, XLS, ODS; CSV may be UTF-8, UTF-16 with BOM or windows-1258, with comma,
    semicolon or tab. What is merged over several rows stands in each of them.
    Raises SpreadsheetProblem for files over 5 MiB or 20,000 rows, for anything unreadable,
    when no header is found and when a known heading stands there twice.
    """
    data = _bytes_of(source)
    known = {heading_key(heading) for heading in headings} - {""}
    try:
        return _best_sheet(_tables(data, filename), known, meant or (lambda _: ""))
    except (ArchiveProblem, csv_text.CsvProblem) as problem:
        raise SpreadsheetProblem(*problem.args) from problem
    except CalamineError as error:
        raise SpreadsheetProblem(table_words.UNREADABLE) from error
    except UnreadableWorkbook as problem:
        raise SpreadsheetProblem(table_words.locked(filename)) from problem


def _tables(data: bytes, filename: str) -> Iterable[Sequence[Record]]:
    if is_old(data):
        return old_sheets(data)
    if data.startswith(ZIP):
        return xlsx_sheets(data)
    # text under the name of an old workbook is what some web systems hand out
    if filename.lower().endswith((".xlsx", ".xlsm", ".ods")):
        raise SpreadsheetProblem(table_words.locked(filename))
    return csv_text.tables(csv_text.decoded(data), ROW_LIMIT + _HEADER_WITHIN)


def _bytes_of(source: Path | bytes) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > SIZE_LIMIT:
        raise SpreadsheetProblem(table_words.TOO_LARGE)
    data = source if isinstance(source, bytes) else source.read_bytes()
    if not data.strip():
        raise SpreadsheetProblem(table_words.EMPTY)
    return data


def _best_sheet(
    tables: Iterable[Sequence[Record]], known: set[str], meant: Callable[[str], str]
) -> Sheet:
    sample = ""
    for records in tables:
        index, found = _header_index(records, known, meant)
        if found >= min(2, len(known)):
            return _sheet(records, index, known)
        sample += " ".join(text for r in records[:_HEADER_WITHIN] for text in _texts(r))
    raise SpreadsheetProblem(
        table_words.OLD_ENCODING if _LEGACY_SIGNS.search(sample) else table_words.NO_HEADER
    )


def _header_index(
    records: Sequence[Record], known: set[str], meant: Callable[[str], str]
) -> tuple[int, int]:
    found = [_recognised(_texts(record), known, meant) for record in records[:_HEADER_WITHIN]]
    return (found.index(max(found)), max(found)) if found else (0, 0)


def _recognised(texts: list[str], known: set[str], meant: Callable[[str], str]) -> int:
    """How many of these cells are headings, each meaning counted once."""
    keys = ((text, heading_key(text)) for text in texts)
    return len({meant(text) or (key if key in known else "") for text, key in keys} - {""})


def _sheet(records: Sequence[Record], index: int, known: set[str]) -> Sheet:
    header = _texts(records[index])
    while header and not header[-1]:
        header.pop()
    _refuse_twins(header, known)
    rows = [
        Row(number, cells)
        for number, record in enumerate(records[index + 1 :], start=index + 2)
        if any(cells := _cells(record, len(header)))
    ]
    if len(rows) > ROW_LIMIT:
        raise SpreadsheetProblem(table_words.TOO_LONG)
    return Sheet(index + 1, tuple(header), rows)


def _refuse_twins(header: list[str], known: set[str]) -> None:
    seen: set[str] = set()
    for heading in header:
        if heading_key(heading) in seen & known:
            raise SpreadsheetProblem(
                message(
                    "Cột “%(heading)s” có hai lần. Hãy xóa hoặc đổi tên một cột.", heading=heading
                )
            )
        seen.add(heading_key(heading))


def _texts(record: Record) -> list[str]:
    return [" ".join(str(_cell(value)).split()) for value in record]


def _cells(record: Record, width: int) -> tuple[object, ...]:
    cells = tuple(_cell(value) for value in record)
    return cells + ("",) * (width - len(cells))


def _cell(value: object) -> object:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, date):
        return value
    # Numbers are ids and phones more often than quantities: no exponent, no ".0".
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return nfc(str(value)).strip() if value is not None else ""


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV that opens right in Excel: UTF-8 with BOM, CRLF, no cell a formula.

    Dates become 05/02/2026, None an empty cell, True "có" and False "không".
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> str:
    text = _written(value)
    is_formula = not isinstance(value, int | float | Decimal) and text.startswith(_FORMULA_STARTS)
    return "'" + text if is_formula else text


def _written(value: object) -> str:
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, date):
        return short_date(value)
    return nfc(str(value))


def write_xlsx(
    title_lines: Sequence[str],
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[float],
    text_columns: Collection[int],
    footer_lines: Sequence[str] = (),
) -> bytes:
    """A list as XLSX for A4 landscape: titles, a frozen header, bordered rows, footer lines.

    `rows` may be a generator: memory does not grow with it. `widths` are in characters, one a
    column. Columns in `text_columns` (from 0) are text whatever they hold, so ids and phones
    keep their zeros. Text is never a formula, dates are dates, numbers are numbers.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Danh sách")
        looks = {name: workbook.add_format(_FONT | look) for name, look in _LOOKS.items()}
        _lay_out(sheet, widths, header_row=len(title_lines))
        below = _write_lines(sheet, 0, title_lines, looks["title"])
        for column, heading in enumerate(header):
            sheet.write_string(below, column, nfc(heading), looks["header"])
        below = _write_rows(sheet, below + 1, rows, looks, text_columns)
        _write_lines(sheet, below, footer_lines, looks["footer"])
    return file.getvalue()


def _lay_out(sheet: Worksheet, widths: Sequence[float], *, header_row: int) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(header_row + 1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_lines(sheet: Worksheet, row: int, lines: Sequence[str], look: Format) -> int:
    for number, line in enumerate(lines):
        sheet.write_string(row + number, 0, nfc(line), look)
    return row + len(lines)


def _write_rows(
    sheet: Worksheet,
    row: int,
    rows: Iterable[Sequence[object]],
    looks: dict[str, Format],
    text_columns: Collection[int],
) -> int:
    for values in rows:
        for column, value in enumerate(values):
            _write_cell(sheet, row, column, value, looks, column in text_columns)
        row += 1
    return row


def _write_cell(
    sheet: Worksheet, row: int, column: int, value: object, looks: dict[str, Format], as_text: bool
) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, looks["text"])
    elif isinstance(value, date) and not as_text:
        sheet.write_datetime(row, column, value, looks["date"])
    elif isinstance(value, int | float | Decimal) and not (as_text or isinstance(value, bool)):
        sheet.write_number(row, column, value, looks["cell"])
    else:
        sheet.write_string(row, column, _written(value)[:_LONGEST_CELL], looks["text"])
