"""The list of who finished and who did not: its columns and words, as XLSX and CSV."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from app.content.models import Course, StepKind
from app.lib.dates import short_date
from app.lib.messages import message
from app.lib.spreadsheets import write_csv, write_xlsx
from app.staff.queries import StaffRow, State, Wanted, everyone
from app.units.models import Unit
from app.units.queries import today
from app.units.queries import unit as unit_of

# heading and width in characters; paper/list.css has the widths on paper
COLUMNS = (
    ("STT", 5),
    ("Họ và tên", 26),
    ("Ngày sinh", 12),
    ("Chức vụ/chức danh", 20),
    ("Đơn vị", 28),
    ("Khóa học", 28),
    ("Thời lượng", 10),
    ("Kết quả", 18),
    ("Số giấy chứng nhận", 25),
    ("Ngày cấp", 12),
    ("Xác nhận VNeID", 16),
    ("Ghi chú", 30),
)
HEADER = tuple(heading for heading, _ in COLUMNS)
CERTIFICATE_NUMBER = HEADER.index("Số giấy chứng nhận")
STATE_WORDS = {
    State.DONE: message("Đã hoàn thành"),
    State.UNDER_WAY: message("Đang học"),
    State.NOT_BEGUN: message("Chưa bắt đầu"),
    State.OVERDUE: message("Quá hạn"),
}
TITLES = {
    None: "DANH SÁCH KẾT QUẢ HỌC TẬP",
    State.DONE: "DANH SÁCH NGƯỜI ĐÃ HOÀN THÀNH KHÓA HỌC",
    State.UNDER_WAY: "DANH SÁCH NGƯỜI ĐANG HỌC, CHƯA HOÀN THÀNH",
    State.NOT_BEGUN: "DANH SÁCH NGƯỜI CHƯA BẮT ĐẦU HỌC",
    State.OVERDUE: "DANH SÁCH NGƯỜI QUÁ HẠN, CHƯA HOÀN THÀNH",
}


@dataclass(frozen=True)
class StaffList:
    """A list ready to be written down, without a database: `body` and the body above it, about
    which course, which lines, as of which day, who made it (empty: the command line); its
    number, its code and where that can be checked (empty: nowhere)."""

    body: str
    parent: str
    course: Course
    state: State | None
    lines: list[StaffRow]
    on: date
    prepared_by: str = ""
    number: str = ""
    code: str = ""
    check: str = ""

    @property
    def title(self) -> str:
        """The list's name, in capitals as on paper."""
        return TITLES[self.state]

    @property
    def about(self) -> str:
        """Which course, as of which day."""
        return f"Khóa học: {self.course.title} (tính đến ngày {short_date(self.on)})"

    @property
    def total(self) -> str:
        """The last line."""
        return f"Danh sách này có {len(self.lines)} người."

    @property
    def told(self) -> str:
        """Number and code, and where to check that the list was not changed."""
        return f"Số {self.number}. Mã kiểm tra: {self.code}. Kiểm tra tại {self.check}"

    def rows(self, lines: Iterable[StaffRow] | None = None) -> Iterator[tuple[object, ...]]:
        """The cells of each line, as many as HEADER; `lines` may be wrapped in a progress bar."""
        chosen = self.lines if lines is None else lines
        # what is left is the same for many
        left = cache(partial(what_is_left, self.course))
        return (cells(n, line, self.course, left) for n, line in enumerate(chosen, start=1))


def made(wanted: Wanted, units: Sequence[Unit], prepared_by: str = "") -> StaffList:
    """The list that is wanted, of these units, as of today; without number and code."""
    above = unit_of(units[0].parent_id) if len(units) == 1 and units[0].parent_id else None
    return StaffList(
        body=body_of(units),
        parent=above.name if above else "",
        course=wanted.course,
        state=wanted.state,
        lines=everyone(wanted),
        on=today(),
        prepared_by=prepared_by,
    )


def body_of(units: Sequence[Unit]) -> str:
    """Whose list it is."""
    return ", ".join(unit.name for unit in units)


def cells(
    number: int, line: StaffRow, course: Course, left: Callable[[int, int], str]
) -> tuple[object, ...]:
    """One line: the certificate's facts as issued, name and unit as they are now."""
    return (
        number,
        line.full_name,
        _birth(line),
        line.position,
        line.unit_name,
        line.course_title or course.title,
        f"{(line.hours or f'{course.hours:g}').replace('.', ',')} giờ",
        line.result or STATE_WORDS[line.state],
        line.printed_number,
        line.awarded_on,
        f"Có, {short_date(line.vneid_on)}" if line.vneid_on else "Chưa",
        ". ".join(filter(None, (note(line, course, left), due_words(line)))),
    )


def _birth(line: StaffRow) -> date | str | None:
    """A day is a date in spreadsheets too; a year alone stays a year."""
    if line.birth_date and line.birth_precision == "year":
        return short_date(line.birth_date, "year")
    return line.birth_date


def note(line: StaffRow, course: Course, left: Callable[[int, int], str] | None = None) -> str:
    """What is left to do; for those who are done, the name on the paper where it differs."""
    if line.state is State.DONE:
        same = line.certified_name == line.full_name
        return "" if same else message("Tên trên giấy: %(name)s", name=line.certified_name)
    if left:
        return left(line.lessons_done, line.tests_done)
    return what_is_left(course, line.lessons_done, line.tests_done)


def due_words(line: StaffRow) -> str:
    """By when somebody who is not done shall finish, and whether that has passed."""
    if line.due_on is None or line.state is State.DONE:
        return ""
    day = short_date(line.due_on)
    return message("Quá hạn %(day)s", day=day) if line.overdue else message("Hạn %(day)s", day=day)


def what_is_left(course: Course, lessons_done: int, tests_done: int) -> str:
    """What of a course's present steps is left, in words: "Còn 3 bài và bài kiểm tra"."""
    lessons = len(course.required) - _tests(course) - lessons_done
    tests = _tests(course) - tests_done
    match max(0, lessons), max(0, tests):
        case 0, 0:
            return message("Đã học hết; giấy chứng nhận không còn hiệu lực")
        case 0, 1:
            return message("Còn bài kiểm tra")
        case 0, _:
            return message("Còn %(tests)s bài kiểm tra", tests=tests)
        case _, 0:
            return message("Còn %(lessons)s bài", lessons=lessons)
        case _, 1:
            return message("Còn %(lessons)s bài và bài kiểm tra", lessons=lessons)
    return message("Còn %(lessons)s bài và %(tests)s bài kiểm tra", lessons=lessons, tests=tests)


def _tests(course: Course) -> int:
    return sum(step.kind is StepKind.TEST for step in course.steps)


def as_csv(staff_list: StaffList, lines: Iterable[StaffRow] | None = None) -> bytes:
    """Header, lines, and the last line with the count."""
    return write_csv([HEADER, *staff_list.rows(lines), (staff_list.total,)])


def as_xlsx(staff_list: StaffList, lines: Iterable[StaffRow] | None = None) -> bytes:
    """A sheet for A4 landscape with titles, a frozen header and the count below."""
    return write_xlsx(
        title_lines=(staff_list.body, staff_list.title, staff_list.about),
        header=HEADER,
        rows=staff_list.rows(lines),
        widths=[width for _, width in COLUMNS],
        text_columns={CERTIFICATE_NUMBER},
        footer_lines=(staff_list.total, *([staff_list.told] if staff_list.code else ())),
    )
