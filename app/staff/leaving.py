"""Somebody leaves a unit: their place there ends on a day, and HR may take that back."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.accounts import audit, operations
from app.accounts.models import Person
from app.accounts.signed_in import Someone
from app.extensions import db
from app.lib import clock
from app.lib.dates import short_date
from app.lib.messages import message
from app.lib.paging import Page, offset
from app.staff.models import Departure
from app.units.models import Membership, Unit
from app.units.queries import within

PAGE_SIZE = 50
REASONS = {
    "moved": message("Chuyển đi nơi khác"),
    "left": message("Thôi việc, nghỉ hưu, thôi học"),
    "mistake": message("Ghi nhầm vào đơn vị này"),
}


class Left(NamedTuple):
    """Somebody's departure, with names: theirs, the unit's, of who noted it and who undid it."""

    departure: Departure
    name: str
    unit_name: str
    by: str
    undone_by: str | None


class PlaceGone(Exception):
    """The place is not as it was when it was ended; nothing was changed."""


def leave(actor: Someone, place: Membership, last_day: date, reason: str, op_id: str) -> None:
    """End a place of work or study with this day; what was learnt and counted stays.

    Raises OperationConflict.
    """
    content = [place.id, last_day.isoformat(), reason]
    if operations.begin(op_id, actor.id, "end_place", content):
        return
    left = Departure(
        membership_id=place.id,
        person_id=place.person_id,
        unit_id=place.unit_id,
        reason=reason,
        last_day=last_day,
        before=place.valid_to,
        ended_by=actor.id,
        ended_at=clock.now(),
    )
    place.valid_to = last_day
    db.session.add(left)
    detail = f"{reason} · {short_date(last_day)}"
    audit.record(actor.id, "end_place", f"person {place.person_id}", detail)


def come_back(actor: Someone, left: Departure, op_id: str) -> None:
    """Undo a departure: the place is valid as it was before.

    Raises OperationConflict, and PlaceGone when somebody changed the place since.
    """
    if operations.begin(op_id, actor.id, "undo_end_place", left.id) or left.undone_at:
        return
    place = db.session.get(Membership, left.membership_id, with_for_update=True)
    if place is None or place.valid_to != left.last_day:
        operations.release(op_id)
        raise PlaceGone
    place.valid_to = left.before
    left.undone_by, left.undone_at = actor.id, clock.now()
    audit.record(actor.id, "undo_end_place", f"person {left.person_id}")


def departures(paths: tuple[str, ...], number: int) -> Page[Left]:
    """One page of those who left units of these subtrees, newest first."""
    count = select(func.count(Departure.id)).join(Unit, Unit.id == Departure.unit_id)
    total = db.session.scalars(count.where(within(paths))).one()
    rows = _all().where(within(paths)).limit(PAGE_SIZE).offset(offset(number, PAGE_SIZE))
    return Page([Left(*row) for row in db.session.execute(rows)], number, PAGE_SIZE, total)


def departure(departure_id: int, paths: tuple[str, ...]) -> Departure | None:
    """The departure with this id from a unit of these subtrees, else None."""
    query = _all().where(Departure.id == departure_id, within(paths))
    row = db.session.execute(query).one_or_none()
    return row[0] if row else None


def _all() -> Select[Any]:
    by, undoer = aliased(Person), aliased(Person)
    return (
        select(Departure, Person.full_name, Unit.name, by.full_name, undoer.full_name)
        .join(Person, Person.id == Departure.person_id)
        .join(Unit, Unit.id == Departure.unit_id)
        .join(by, by.id == Departure.ended_by)
        .outerjoin(undoer, undoer.id == Departure.undone_by)
        .order_by(Departure.id.desc())
    )
