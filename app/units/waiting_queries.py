"""Reads about people of divided units who wait to be confirmed in the unit they seem to be of.

Who administers the unit sees all of them; a personnel officer those who work or study there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from app.accounts.models import Person
from app.extensions import db
from app.lib.paging import Page, offset
from app.units.card_desk import STAFF_KINDS, CardDesk
from app.units.models import Membership, Unit, UnitSuccession
from app.units.operation_models import Placement
from app.units.queries import in_force, today, within

PAGE_SIZE = 50
MOST_LISTS = 200


@dataclass(frozen=True)
class Waits:
    """Those of a divided unit `old` who are supposed to belong to `unit`; `persons`: how many.

    `staff_only`: only those who work or study there are meant.
    """

    old: Unit
    unit: Unit
    staff_only: bool
    persons: int = 0


def lists(desk: CardDesk) -> list[Waits]:
    """The lists of a desk with somebody on them, by the names of the units."""
    old, new = aliased(Unit), aliased(Unit)
    mine = or_(_under(new.path, desk.all_of), and_(_under(new.path, desk.staff_of), _is_staff()))
    waiting = (
        select(Placement.old_id, Placement.new_id, func.count().label("persons"))
        .join(new, new.id == Placement.new_id)
        .where(Placement.confirmed_at.is_(None), mine)
        .group_by(Placement.old_id, Placement.new_id)
        .subquery()
    )
    rows = db.session.execute(
        select(old, Unit, waiting.c.persons)
        .join(old, old.id == waiting.c.old_id)
        .join(Unit, Unit.id == waiting.c.new_id)
        .select_from(waiting)
        .order_by(Unit.name_sort, Unit.id, old.name_sort, old.id)
        .limit(MOST_LISTS)
    )
    return [Waits(one, unit, _only_staff(unit, desk), number) for one, unit, number in rows]


def one(desk: CardDesk, old_id: int, unit_id: int) -> Waits | None:
    """The list of a divided unit and what took its place, when the desk has it, else None."""
    old = aliased(Unit)
    row = db.session.execute(
        select(old, Unit)
        .select_from(UnitSuccession)
        .join(old, old.id == UnitSuccession.old_id)
        .join(Unit, Unit.id == UnitSuccession.new_id)
        .where(old.id == old_id, Unit.id == unit_id, within(desk.paths))
    ).one_or_none()
    return Waits(row[0], row[1], _only_staff(row[1], desk)) if row else None


def people(waits: Waits, number: int) -> Page[Placement]:
    """Page `number` of a list, by name; persons loaded."""
    waiting = select(Placement).where(*_waiting(waits))
    total = db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
    rows = db.session.scalars(
        waiting.join(Placement.person)
        .options(contains_eager(Placement.person))
        .order_by(Person.name_sort, Person.id)
        .limit(PAGE_SIZE)
        .offset(offset(number, PAGE_SIZE))
    )
    return Page(list(rows), number, PAGE_SIZE, total)


def among(waits: Waits, person_ids: Iterable[int], actor_id: int) -> set[int]:
    """Those of these people who are on the list, or whom this person has placed already."""
    placed = Placement.confirmed_by == actor_id
    return set(
        db.session.scalars(
            select(Placement.person_id).where(
                Placement.old_id == waits.old.id,
                Placement.person_id.in_(sorted(person_ids)),
                or_(placed, and_(*_waiting(waits))),
            )
        )
    )


def _waiting(waits: Waits) -> list[ColumnElement[bool]]:
    conditions = [
        Placement.old_id == waits.old.id,
        Placement.new_id == waits.unit.id,
        Placement.confirmed_at.is_(None),
    ]
    return [*conditions, _is_staff()] if waits.staff_only else conditions


def _is_staff() -> ColumnElement[bool]:
    return exists().where(
        Membership.person_id == Placement.person_id,
        Membership.unit_id == Placement.new_id,
        Membership.kind.in_(STAFF_KINDS),
        in_force(Membership, today()),
    )


def _only_staff(unit: Unit, desk: CardDesk) -> bool:
    return not any(unit.path.startswith(path) for path in desk.all_of)


def _under(path: Any, tops: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(False, *(path.startswith(top, autoescape=True) for top in tops))
