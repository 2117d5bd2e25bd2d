"""A roster as an office sends it: which column is what, and what each row says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.lib import clock, personal_numbers, phones
from app.lib.dates import Precision, local_date, parse_vietnamese_date
from app.lib.messages import message
from app.lib.old_fonts import looks_old
from app.lib.spreadsheets import Row, Sheet, SpreadsheetProblem, read_table
from app.lib.vietnamese import fold, tidy_name, titled
from app.staff.columns import HEADINGS, TITLES, Columns, guessed, has_names, meaning

T = TypeVar("T")
Birth = tuple[date, Precision]

LONGEST_POSITION = 120
ONLY_A_NAME = message(
    "Dòng không có số thứ tự, chỉ có chữ ở cột này. Nếu là một người, hãy ghi số thứ tự; "
    "nếu là chú thích, hãy xóa dòng."
)
OLD_FONT = message(
    "Tên này gõ bằng phông chữ cũ (TCVN3, VNI) nên đọc không ra. Hãy chuyển cột này sang Unicode, "
    "hoặc gõ lại tên."
)
NO_ANSWERS = ("", "chua", "khong", "-")
YES_ANSWERS = ("co", "x", "roi", "da xac nhan")


class RosterProblem(ValueError):
    """The file cannot be taken as a roster; the message says in Vietnamese what to mend."""


class NamesNotFound(RosterProblem):
    """No column seems to hold names; somebody may say which one does."""

    def __init__(self, header: tuple[str, ...]) -> None:
        named = ", ".join(heading for heading in header if heading)
        super().__init__(
            message("Thiếu cột “Họ và tên”. Tệp đang có các cột: %(columns)s.", columns=named)
        )
        self.header = header


@dataclass(frozen=True)
class Remark:
    """Something about one cell: the column as messages call it, and what to know or mend."""

    column: str
    text: str


@dataclass(frozen=True)
class RosterRow:
    """One person as the file says; a row with anything in `wrong` is not taken.

    `number` is the row in the file, from 1; `personal_number` has twelve digits, `phone` ten;
    `unit` is the text of the cell, empty for the unit chosen.
    """

    number: int
    name: str = ""
    birth: Birth | None = None
    personal_number: str | None = None
    phone: str | None = None
    position: str = ""
    unit: str = ""
    vneid_on: date | None = None
    wrong: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The rows of a file, its headings, what its columns are, and which headings are not used."""

    rows: list[RosterRow]
    header: tuple[str, ...]
    columns: Columns
    unused: tuple[str, ...]


def read(source: Path | bytes, filename: str, columns: Columns | None = None) -> Roster:
    """Read a roster from XLSX, XLS, ODS or CSV; `columns` where somebody said what they are.

    Raises RosterProblem for files that cannot be read, hold no names column or no row.
    """
    return understood(table(source, filename), columns)


def table(source: Path | bytes, filename: str) -> Sheet:
    """The sheet of a file in which the people stand. Raises RosterProblem."""
    try:
        return read_table(source, filename, HEADINGS, meaning)
    except SpreadsheetProblem as problem:
        # a list of nothing but names is a roster too
        for heading in ("Họ và tên", "Họ tên"):
            try:
                return read_table(source, filename, [heading])
            except SpreadsheetProblem:
                continue
        raise RosterProblem(*problem.args) from problem


def understood(sheet: Sheet, columns: Columns | None = None) -> Roster:
    """The people of a sheet. Raises RosterProblem, NamesNotFound."""
    found = guessed(sheet.header) if columns is None else columns
    if not has_names(found):
        raise NamesNotFound(sheet.header)
    reading = _Reading(sheet, found)
    rows = [row for cells in sheet.rows if (row := reading.row(cells))]
    if not rows:
        raise RosterProblem(message("Tệp có dòng tiêu đề nhưng chưa có người nào ở dưới."))
    used = set(found.values())
    unused = tuple(h for i, h in enumerate(sheet.header) if h and i not in used)
    return Roster(rows, sheet.header, dict(found), unused)


class _Reading:
    """Reads the rows of one sheet as people."""

    def __init__(self, sheet: Sheet, found: Columns) -> None:
        self.header, self.first = sheet.header, sheet.header_row + 1
        self.place = found.get("place")
        self.found = {field: index for field, index in found.items() if field != "place"}
        # one heading merged over two columns: the given name, or the birth dates of women
        self.second = {
            field: index + 1
            for field, index in self.found.items()
            if field in ("name", "birth")
            and index + 1 < len(sheet.header)
            and not sheet.header[index + 1]
        }

    def row(self, row: Row) -> RosterRow | None:
        """The row as a person; None for what only looks like one."""
        cells = _Cells(row, self.found, self.second)
        filled = [field for field in self.found if cells.text(field)]
        if not filled or self._is_no_person(row, cells):
            return None
        if self._is_a_title(row, cells, filled):
            cells.note_wrong("name", ONLY_A_NAME)
        return RosterRow(
            number=row.number,
            name=cells.name(self._written_name(cells)),
            birth=cells.birth(),
            personal_number=cells.personal_number(),
            phone=cells.phone(),
            position=cells.text("position")[:LONGEST_POSITION],
            unit=cells.text("unit"),
            vneid_on=cells.vneid_on(),
            wrong=tuple(cells.wrong),
            warnings=tuple(cells.warnings),
        )

    def _is_no_person(self, row: Row, cells: "_Cells") -> bool:
        """A header printed again, the numbers under the headings, a header's second line."""
        texts = [str(cell) for cell in row.cells if str(cell)]
        if meaning(self._written_name(cells)) in ("name", "family") and len(texts) > 1:
            return True
        numbers = [text.strip("()[] ") for text in texts]
        if len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
            return True
        bare = not any(character.isdigit() for text in texts for character in text)
        return row.number == self.first and bare and not self._written_name(cells).strip()

    def _is_a_title(self, row: Row, cells: "_Cells", filled: list[str]) -> bool:
        """Only a name where people have a number in front: a heading of a part, or a note."""
        if self.place is None or len(self.found) < 2 or filled != ["name"]:
            return False
        return not any(character.isdigit() for character in str(row.cells[self.place]))

    def _written_name(self, cells: "_Cells") -> str:
        if "name" not in self.found:
            return f"{cells.text('family')} {cells.text('given')}"
        if "name" in self.second:
            return f"{cells.text('name')} {cells.row.cells[self.second['name']]}"
        return cells.text("name")


class _Cells:
    """The cells of one row, read field by field; what is wrong or was mended is noted."""

    def __init__(self, row: Row, found: Columns, second: Columns) -> None:
        self.row, self.found = row, dict(found)
        # years of men and women stand in two columns under one heading
        if "birth" in second and not str(row.cells[found["birth"]]):
            self.found["birth"] = second["birth"]
        self.wrong: list[Remark] = []
        self.warnings: list[Remark] = []
        self._born: Birth | None = None

    def note_wrong(self, field: str, text: str) -> None:
        """The row cannot be taken because of this field."""
        self.wrong.append(Remark(TITLES[field], text))

    def note(self, field: str, text: str) -> None:
        """The row is taken, but somebody should look at this field."""
        self.warnings.append(Remark(TITLES[field], text))

    def text(self, field: str) -> str:
        """The cell as text on one line; empty when the file has no such column."""
        index = self.found.get(field)
        return "" if index is None else " ".join(str(self.row.cells[index]).split())

    def name(self, written: str) -> str:
        if looks_old(written):
            self.note_wrong("name", OLD_FONT)
            return " ".join(written.split())
        name = self._parsed("name", lambda: tidy_name(titled(written))) or " ".join(written.split())
        if " " not in name and not self.wrong:
            self.note("name", message("Tên chỉ có một chữ. Hãy xem đã đủ họ và tên chưa."))
        return name

    def birth(self) -> Birth | None:
        if not self.text("birth"):
            return None
        born = self._parsed("birth", lambda: parse_vietnamese_date(self._value("birth")))
        if born and born[0] > local_date(clock.now()):
            self.note_wrong(
                "birth", message("Năm sinh %(year)s ở tương lai. Hãy xem lại.", year=born[0].year)
            )
            return None
        self._born = born
        return born

    def personal_number(self) -> str | None:
        text = self.text("personal_number")
        if not text:
            return None
        told = self._parsed("personal_number", lambda: personal_numbers.parse(text))
        if told is None:
            return None
        if told.repaired:
            self.note(
                "personal_number",
                message("Đã thêm số 0 ở đầu bị mất: %(number)s.", number=told.number),
            )
        born = self._born[0] if self._born else None
        for warning in personal_numbers.mismatches(told.number, born):
            self.note("personal_number", warning)
        return told.number

    def phone(self) -> str | None:
        text = self.text("phone")
        if not text:
            return None
        phone = self._parsed("phone", lambda: phones.parse(text))
        if phone and phone.repaired:
            self.note(
                "phone",
                message("Tệp ghi %(text)s, hiểu là %(number)s.", text=text, number=phone.number),
            )
        return phone.number if phone else None

    def vneid_on(self) -> date | None:
        """The day of the confirmation, from a date or from "Có, 05/02/2026"."""
        text = fold(self.text("vneid_on"))
        if text in NO_ANSWERS:
            return None
        if text in YES_ANSWERS:
            self.note(
                "vneid_on",
                message("Ghi “Có” mà thiếu ngày nên chưa nhận. Hãy ghi ngày xác nhận."),
            )
            return None
        day = text.removeprefix("co").strip(" ,;:")
        value = day if text.startswith("co") else self._value("vneid_on")
        read = self._parsed("vneid_on", lambda: parse_vietnamese_date(value))
        if read and (read[1] == "year" or read[0] > local_date(clock.now())):
            self.note_wrong(
                "vneid_on",
                message("“%(day)s”: hãy ghi đủ ngày tháng năm, không ở tương lai.", day=day),
            )
            return None
        return read[0] if read else None

    def _value(self, field: str) -> str | date:
        value = self.row.cells[self.found[field]]
        return value if isinstance(value, date) else str(value)

    def _parsed(self, field: str, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except ValueError as problem:
            self.note_wrong(field, problem.args[0])
            return None


def sample_headings() -> tuple[str, ...]:
    """The headings of the sample file, in the order in which they are typed."""
    fields = ("name", "birth", "personal_number", "phone", "position", "unit", "vneid_on")
    return ("STT", *(TITLES[field] for field in fields))
