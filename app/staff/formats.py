"""The forms in which a list leaves the system."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.staff.lists import StaffList, as_csv, as_xlsx
from app.staff.pdf import as_pdf
from app.staff.queries import StaffRow


class Format(NamedTuple):
    """A kind of file and what writes it; the second argument may wrap the list's lines."""

    mimetype: str
    write: Callable[[StaffList, Iterable[StaffRow] | None], bytes]


FORMATS = {
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "csv": Format("text/csv", as_csv),
    "pdf": Format("application/pdf", as_pdf),
}
