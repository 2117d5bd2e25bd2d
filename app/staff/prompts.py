"""Reminding one's staff: who is to be reminded, and a text for each, ready to be sent by hand.

Whoever turned reminders off is named without a text. No text names the course, for telephones are
shared.
"""

from typing import NamedTuple

from sqlalchemy import case, func, select

from app.accounts import audit, operations
from app.accounts.models import Credential, LetterAddress, Person
from app.accounts.signed_in import Someone
from app.content.programme import Programme
from app.extensions import db
from app.learning.models import ReminderChoice
from app.lib.dates import short_date
from app.lib.paging import Page
from app.lib.vietnamese import addressed, given_name
from app.staff.lists import what_is_left
from app.staff.queries import StaffRow, State, Wanted
from app.staff.window import window

STATES = (State.OVERDUE, State.NOT_BEGUN, State.UNDER_WAY)
NOT_BEGUN = (
    "Khóa học kỹ năng số của đơn vị chưa thấy bắt đầu. Mỗi bài vài phút, học ngay trên điện thoại."
)
UNDER_WAY = "Khóa học kỹ năng số {left}. Rảnh thì học tiếp nhé."
SUBJECT = "Khóa học kỹ năng số của đơn vị"
DUE = " Đơn vị hẹn xong trước ngày {day}."
PASSED = " Ngày hẹn {day} qua rồi, học xong lúc nào cũng vẫn được tính."


class Prompted(NamedTuple):
    """Somebody to be reminded, how to reach them (None: unknown); `off`: wants no reminders."""

    row: StaffRow
    phone: str | None
    email: str | None
    group: str | None
    off: bool


def to_remind(wanted: Wanted, number: int) -> tuple[dict[State, int], Page[Prompted]]:
    """How many are in each state, and one page of those to remind, with how to reach them."""
    seen = window(wanted, number)
    found = _reached([row.person_id for row in seen.page.items])
    items = [Prompted(row, *found[row.person_id]) for row in seen.page.items]
    return seen.counts, Page(items, number, seen.page.size, seen.page.total)


def _reached(
    person_ids: list[int],
) -> dict[int, tuple[str | None, str | None, str | None, bool]]:
    email = (
        select(Credential.login)
        .where(
            Credential.person_id == Person.id,
            Credential.kind == "password",
            Credential.login.contains("@"),
        )
        .order_by(Credential.id)
        .limit(1)
        .scalar_subquery()
    )
    chosen = case((LetterAddress.confirmed_at.is_not(None), LetterAddress.email))
    reached = func.coalesce(chosen, email)
    rows = db.session.execute(
        select(Person.id, Person.phone, reached, Person.group, ReminderChoice.off_at)
        .outerjoin(LetterAddress, LetterAddress.person_id == Person.id)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == Person.id)
        .where(Person.id.in_(person_ids))
    )
    return {who: (phone, mail, group, off is not None) for who, phone, mail, group, off in rows}


def note_texts(actor: Someone, wanted: Wanted, number: int, people: int, op_id: str) -> None:
    """Note that texts to so many people were shown, with their telephones (rule 9)."""
    content = [wanted.course.slug, wanted.unit_ids, wanted.state, number]
    if operations.begin(op_id, actor.id, "staff_texts", content) is None:
        detail = f"{wanted.state} · trang {number} · {people} người"
        audit.record(actor.id, "reminder_texts", f"course {wanted.course.slug}"[:80], detail)


def text_for(one: Prompted, wanted: Wanted, programme: Programme, go_on: str, sender: str) -> str:
    """What to send; `go_on` is the address where they go on."""
    row = one.row
    who = addressed(programme.address((one.group or "",)), given_name(row.full_name))
    left = what_is_left(wanted.course, row.lessons_done, row.tests_done)
    begun = row.state is State.UNDER_WAY
    said = UNDER_WAY.format(left=left[:1].lower() + left[1:]) if begun else NOT_BEGUN
    due = (PASSED if row.overdue else DUE).format(day=short_date(row.due_on)) if row.due_on else ""
    return f"Chào {who}. {said}{due} {go_on} - {sender}"
