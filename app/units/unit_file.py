"""A units file: what each line says, and what is wrong with it, in Vietnamese."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.lib.dates import parse_vietnamese_date, short_date
from app.lib.spreadsheets import Row, Sheet, heading_key, read_table
from app.lib.vietnamese import nfc
from app.units.actions import UnitRow
from app.units.models import AREA_KINDS, VILLAGE_KINDS, WORKPLACE_KINDS

COLUMNS = (
    "code", "name", "kind", "parent_code", "valid_from", "valid_to", "successor_codes",
    "population", "remote",
)  # fmt: skip
REQUIRED = ("code", "name", "kind")
KINDS = (*AREA_KINDS, *VILLAGE_KINDS, *WORKPLACE_KINDS)
# how an office says yes in a cell
YES = frozenset({"1", "x", "có", "true", "vùng sâu, vùng xa"})
LONGEST = {"code": 20, "name": 160}
# a unit that has ended and whose first day the file does not tell
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True)
class FileLine:
    """One line: its number in the file, the unit, and the codes of the units it became.

    `dated`: the file gives the unit's first day; otherwise `unit.valid_from` is only a guess.
    """

    number: int
    unit: UnitRow
    successors: tuple[str, ...]
    dated: bool


@dataclass(frozen=True)
class UnitFile:
    """A file as read: its good lines, its problems (none: it can be taken), and remarks."""

    lines: list[FileLine]
    problems: list[str]
    remarks: list[str]


def read(source: Path | bytes, name: str, today: date) -> UnitFile:
    """Read a units file (CSV or XLSX) with the columns COLUMNS in any order.

    A unit without a first day begins long ago when it has ended, else `today`.
    Raises app.lib.spreadsheets.SpreadsheetProblem for a file that is no table, and OSError.
    """
    sheet = read_table(source, name, COLUMNS)
    places = {name: sheet.column(name) for name in COLUMNS}
    missing = [name for name in REQUIRED if places[name] is None]
    if missing:
        found = ", ".join(heading for heading in sheet.header if heading)
        return UnitFile([], [f"Thiếu cột {', '.join(missing)}. Tệp có các cột: {found}."], [])
    reading = _Reading(places, today)
    lines = [reading.line(row) for row in sheet.rows]
    good = [line for line in lines if line is not None]
    if not sheet.rows:
        reading.problems.append("Tệp chỉ có dòng tiêu đề, chưa có đơn vị nào.")
    return UnitFile(good, reading.problems + _twins(good), _unused(sheet) + reading.remarks)


def _unused(sheet: Sheet) -> list[str]:
    known = {heading_key(name) for name in COLUMNS}
    extra = [h for h in sheet.header if h and heading_key(h) not in known]
    return [f"Không dùng đến cột: {', '.join(extra)}."] if extra else []


def _twins(lines: list[FileLine]) -> list[str]:
    first: dict[tuple[str, date], int] = {}
    problems = []
    for line in lines:
        key = (line.unit.code, line.unit.valid_from)
        if key in first:
            problems.append(
                f"Dòng {line.number}: mã {line.unit.code} đã có ở dòng {first[key]}, "
                "cùng ngày bắt đầu. Hãy bỏ một dòng."
            )
        first.setdefault(key, line.number)
    return problems


class _Reading:
    def __init__(self, places: Mapping[str, int | None], today: date) -> None:
        self.places, self.today = places, today
        self.problems: list[str] = []
        self.remarks: list[str] = []

    def line(self, row: Row) -> FileLine | None:
        """The line, or None when something in it is wrong."""
        before = len(self.problems)
        code, name = self._text(row, "code"), self._text(row, "name")
        kind = self._kind(row)
        starts, ends = self._day(row, "valid_from"), self._day(row, "valid_to")
        population = self._population(row)
        if starts and ends and ends < starts:
            self._wrong(row, "valid_to", f"{short_date(ends)} trước ngày bắt đầu.")
        if len(self.problems) > before:
            return None
        successors = _cell(row, self.places["successor_codes"]).replace(",", " ").split()
        unit = UnitRow(
            code,
            name,
            kind,
            _cell(row, self.places["parent_code"]),
            valid_from=starts or (LONG_AGO if ends else self.today),
            valid_to=ends,
            population=population,
            successor_codes=" ".join(successors),
            remote=self._remote(row),
        )
        return FileLine(row.number, unit, tuple(successors), starts is not None)

    def _text(self, row: Row, column: str) -> str:
        text = _cell(row, self.places[column])
        if not text:
            self._wrong(row, column, "để trống. Hãy điền vào.")
        elif len(text) > LONGEST[column]:
            self._wrong(row, column, f"dài {len(text)} ký tự, nhiều nhất {LONGEST[column]}.")
        return text

    def _kind(self, row: Row) -> str:
        text = _cell(row, self.places["kind"])
        if text not in KINDS:
            meant = difflib.get_close_matches(text, KINDS, 1)
            mend = f"Có phải “{meant[0]}” không?" if meant else f"Có các loại: {', '.join(KINDS)}."
            self._wrong(row, "kind", f"“{text}” không có trong các loại đơn vị. {mend}")
        return text

    def _day(self, row: Row, column: str) -> date | None:
        place = self.places[column]
        value = row.cells[place] if place is not None else ""
        if value == "":
            return None
        try:
            day, precision = parse_vietnamese_date(value)  # type: ignore[arg-type]
        except ValueError as problem:
            self._wrong(row, column, str(problem))
            return None
        if precision == "year":
            self._wrong(row, column, f"“{value}” chỉ có năm. Hãy ghi đủ ngày, như 2025-07-01.")
        return day

    def _population(self, row: Row) -> int | None:
        text = _cell(row, self.places["population"])
        digits = text.replace(".", "").replace(" ", "")
        if digits.isascii() and digits.isdigit():
            return int(digits)
        if text:
            self.remarks.append(f"Dòng {row.number}: dân số “{text}” không phải số, để trống.")
        return None

    def _remote(self, row: Row) -> bool | None:
        """Whether the line is marked; None where the file does not speak of it."""
        place = self.places["remote"]
        return None if place is None else _cell(row, place).lower() in YES

    def _wrong(self, row: Row, column: str, text: str) -> None:
        self.problems.append(f"Dòng {row.number}, cột {column}: {text}")


def _cell(row: Row, place: int | None) -> str:
    return "" if place is None else " ".join(nfc(str(row.cells[place])).split())
