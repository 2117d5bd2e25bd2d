"""The list on paper, as Decree 30/2020/NĐ-CP wants it: A4 landscape, to be signed by hand."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import segno
from flask import current_app
from markupsafe import Markup

from app.certificates import press
from app.content.shelf import shelf
from app.lib.dates import long_date, short_date
from app.lib.messages import message
from app.lib.paper import Printer
from app.staff.lists import COLUMNS, StaffList
from app.staff.queries import StaffRow

# about 25 ms a line: more than these are printed by a job, and still longer lists not at all
AT_ONCE = 500
MOST_LINES = 5_000
STYLESHEET = Path(__file__).parent / "paper" / "list.css"
SIZES = {press.TIMES: "11pt", press.COMPLETE: "9.2pt"}

_printer = Printer(lambda: press.root_rule(SIZES) + STYLESHEET.read_text("utf-8"))


class ListTooLong(ValueError):
    """More lines than are printed at once; the message says in Vietnamese what to do."""


def too_long(number: int) -> str:
    """What to say when a list of so many lines is not printed."""
    return message(
        "Danh sách có %(people)s người; bản PDF in nhiều nhất %(most)s người. "
        "Hãy chọn một đơn vị nhỏ hơn hoặc một tình trạng, hoặc tải bản Excel.",
        people=number,
        most=MOST_LINES,
    )


def as_pdf(staff_list: StaffList, lines: Iterable[StaffRow] | None = None) -> bytes:
    """The list as PDF; needs an app context. Raises ListTooLong."""
    if len(staff_list.lines) > MOST_LINES:
        raise ListTooLong(too_long(len(staff_list.lines)))
    template = current_app.jinja_env.get_template("staff/list.html")
    html = template.render(
        list=staff_list,
        issuer=shelf.programme.issuer,
        columns=COLUMNS,
        rows=([_written(cell) for cell in row] for row in staff_list.rows(lines)),
        day=long_date(staff_list.on),
        qr=_qr(staff_list.check),
    )
    return _printer.print(html)


def _qr(address: str) -> Markup:
    """The address where the list is checked, as a drawing; nothing without one."""
    if not address:
        return Markup()
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(scale=2, border=0, omitsize=True))


def _written(cell: object) -> str:
    if isinstance(cell, date):
        return short_date(cell)
    return "" if cell is None else str(cell)
