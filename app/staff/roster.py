"""A roster as an office sends it: which column is what, and what each row says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.lib import clock, personal_numbers, phones
from app.lib.dates import Precision, local_date, parse_vietnamese_date
from app.lib.messages import message
from app.lib.spreadsheets import Row, Sheet, SpreadsheetProblem, read_table
from app.lib.vietnamese import fold, tidy_name, titled

T = TypeVar("T")
Birth = tuple[date, Precision]

# the first wording of each column is how messages and the sample file call it
COLUMNS = {
    "name": (
        "Họ và tên", "Họ tên", "Họ, tên", "Họ và tên đầy đủ", "Tên đầy đủ", "Họ đệm và tên",
        "Họ, chữ đệm và tên", "Họ và tên cán bộ", "Họ tên nhân viên", "Họ và tên học sinh",
    ),
    "family": (
        "Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ lót", "Họ và tên lót", "Họ và chữ đệm",
        "Họ, chữ đệm", "Họ",
    ),
    "given": ("Tên",),
    "birth": (
        "Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Ngày/tháng/năm sinh",
        "Năm sinh", "Sinh ngày", "Ngày sinh/Năm sinh",
    ),
    "personal_number": (
        "Số định danh", "Số định danh cá nhân", "Mã định danh", "CCCD", "Số CCCD", "Căn cước",
        "Số căn cước", "Số căn cước công dân", "Số thẻ căn cước", "CMND/CCCD", "Số CMND/CCCD",
        "CCCD/CMND", "Số định danh/CCCD", "Số CCCD/Số định danh",
    ),
    "phone": (
        "Số điện thoại", "Điện thoại", "SĐT", "Số ĐT", "ĐT", "ĐTDĐ", "Di động", "Số di động",
        "Điện thoại di động",
    ),
    "position": (
        "Chức vụ/Chức danh", "Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức danh/Chức vụ",
        "Chức danh, chức vụ", "Vị trí việc làm", "Công việc",
    ),
    "unit": (
        "Đơn vị", "Phòng ban", "Phòng/Ban", "Bộ phận", "Đơn vị công tác", "Đơn vị/Phòng ban",
        "Phòng, ban", "Mã đơn vị", "Tên đơn vị",
    ),
    "vneid_on": ("Xác nhận VNeID", "Ngày xác nhận VNeID", "VNeID"),
}  # fmt: skip
PLACE_IN_LIST = ("STT", "TT", "Số TT", "Số thứ tự")
# headings that say nothing to us but help to find the header row
OTHERS = ("Thư điện tử", "Email", "E-mail", "Giới tính", "Ghi chú", "Khóa học", "Kết quả")
TITLES = {field: wordings[0] for field, wordings in COLUMNS.items()}
LONGEST_POSITION = 120
ONLY_A_NAME = message(
    "Dòng không có số thứ tự, chỉ có chữ ở cột này. Nếu là một người, hãy ghi số thứ tự; "
    "nếu là chú thích, hãy xóa dòng."
)
NO_ANSWERS = ("", "chua", "khong", "-")
YES_ANSWERS = ("co", "x", "roi", "da xac nhan")


class RosterProblem(ValueError):
    """The file cannot be taken as a roster; the message says in Vietnamese what to mend."""


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
    """The rows of a file, and the headings it has that are not used."""

    rows: list[RosterRow]
    unused: tuple[str, ...]


def read(source: Path | bytes, filename: str) -> Roster:
    """Read a roster from XLSX or CSV.

    Raises RosterProblem for files that cannot be read, hold no names column or no row.
    """
    sheet = _sheet(source, filename)
    columns = {field: sheet.column(*words) for field, words in COLUMNS.items()}
    found = {field: index for field, index in columns.items() if index is not None}
    if "name" not in found and not {"family", "given"} <= found.keys():
        named = ", ".join(heading for heading in sheet.header if heading)
        raise RosterProblem(
            message("Thiếu cột “Họ và tên”. Tệp đang có các cột: %(columns)s.", columns=named)
        )
    place = sheet.column(*PLACE_IN_LIST)
    rows = [row for cells in sheet.rows if (row := _row(sheet, cells, found, place))]
    if not rows:
        raise RosterProblem(message("Tệp có dòng tiêu đề nhưng chưa có người nào ở dưới."))
    return Roster(rows, _unused(sheet, found, place))


def _sheet(source: Path | bytes, filename: str) -> Sheet:
    headings = [w for words in (*COLUMNS.values(), PLACE_IN_LIST, OTHERS) for w in words]
    try:
        return read_table(source, filename, headings)
    except SpreadsheetProblem as problem:
        # a list of nothing but names is a roster too
        for heading in COLUMNS["name"][:2]:
            try:
                return read_table(source, filename, [heading])
            except SpreadsheetProblem:
                continue
        raise RosterProblem(*problem.args) from problem


def _unused(sheet: Sheet, found: Mapping[str, int], place: int | None) -> tuple[str, ...]:
    used = {*found.values(), place}
    return tuple(h for i, h in enumerate(sheet.header) if h and i not in used)


def _row(sheet: Sheet, row: Row, found: Mapping[str, int], place: int | None) -> RosterRow | None:
    """The row as a person; None for lines under the table ("Danh sách này có 12 người.")."""
    cells = _Cells(row, found)
    name = _written_name(sheet, cells)
    filled = [field for field in found if cells.text(field)]
    if not filled:
        return None
    if place is not None and not str(row.cells[place]) and len(found) > 1 and filled == ["name"]:
        cells.note_wrong("name", ONLY_A_NAME)
    return RosterRow(
        number=row.number,
        name=cells.name(name),
        birth=cells.birth(),
        personal_number=cells.personal_number(),
        phone=cells.phone(),
        position=cells.text("position")[:LONGEST_POSITION],
        unit=cells.text("unit"),
        vneid_on=cells.vneid_on(),
        wrong=tuple(cells.wrong),
        warnings=tuple(cells.warnings),
    )


def _written_name(sheet: Sheet, cells: "_Cells") -> str:
    if "name" not in cells.found:
        return f"{cells.text('family')} {cells.text('given')}"
    after = cells.found["name"] + 1
    # one heading merged over two columns: the given name stands in the second
    if after < len(sheet.header) and not sheet.header[after]:
        return f"{cells.text('name')} {cells.row.cells[after]}"
    return cells.text("name")


class _Cells:
    """The cells of one row, read field by field; what is wrong or was mended is noted."""

    def __init__(self, row: Row, found: Mapping[str, int]) -> None:
        self.row, self.found = row, found
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
