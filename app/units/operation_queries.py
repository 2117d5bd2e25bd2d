"""Reads about operations on the tree: who would move, what was done, what a unit was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from app.extensions import db
from app.lib.paging import Page, offset
from app.units.models import Membership, TeamMember, Unit, UnitSuccession
from app.units.operation_models import UnitChange, UnitOperation, UnitVersion
from app.units.plans import Plan, Ref
from app.units.roles import roles_on

PAGE_SIZE = 50
# more lines than one reads; the rest is in the sums
MOST_LINES = 400


@dataclass(frozen=True)
class Going:
    """What goes from one old unit into which units (names, the main one first)."""

    old: Unit
    new: tuple[str, ...]
    residence: int
    work: int
    school: int
    roles: int
    team: int


@dataclass(frozen=True)
class Preview:
    """Who and what an operation would move. `persons` are distinct; `waiting` would be listed
    to be confirmed; `subunits` come under another unit."""

    lines: list[Going]
    persons: int
    waiting: int
    subunits: list[tuple[str, str]]
    created: list[str]


def preview(plan: Plan) -> Preview:
    """What a plan would move; five queries however many units."""
    ids = list(plan.ends)
    units = {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    names = _names(plan)
    kinds = _by_kind(plan, ids)
    roles = _count(grant.unit_id for grant in roles_on(ids))
    team = _count(
        db.session.scalars(
            select(TeamMember.unit_id).where(
                TeamMember.unit_id.in_(ids), TeamMember.removed_at.is_(None)
            )
        )
    )
    lines = [
        Going(
            units[one],
            tuple(names[ref] for ref in plan.ends[one]),
            kinds.get((one, "residence"), 0),
            kinds.get((one, "work"), 0),
            kinds.get((one, "school"), 0),
            roles.get(one, 0),
            team.get(one, 0),
        )
        for one in ids
    ]
    divided = [one for one in ids if len(plan.ends[one]) > 1]
    return Preview(
        lines,
        _persons(plan, ids),
        _persons(plan, divided),
        [(names[child], names[ref]) for child, ref in plan.parents.items()],
        [new.row.name for new in plan.created],
    )


def _names(plan: Plan) -> dict[Ref, str]:
    ids = {unit_id for unit_id, _ in plan.touched()}
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    names: dict[Ref, str] = dict(rows.tuples().all())
    return names | {new.row.code: new.row.name for new in plan.created}


def _by_kind(plan: Plan, ids: list[int]) -> dict[tuple[int, str], int]:
    rows = db.session.execute(
        select(Membership.unit_id, Membership.kind, func.count())
        .where(Membership.unit_id.in_(ids), _goes(plan))
        .group_by(Membership.unit_id, Membership.kind)
    )
    return {(unit_id, kind): number for unit_id, kind, number in rows}


def _persons(plan: Plan, ids: list[int]) -> int:
    people = func.count(func.distinct(Membership.person_id))
    query = select(people).where(Membership.unit_id.in_(ids), _goes(plan))
    return db.session.scalar(query) or 0


def _goes(plan: Plan) -> ColumnElement[bool]:
    return or_(Membership.valid_to.is_(None), Membership.valid_to >= plan.on)


def _count(found: Iterable[int | None]) -> Mapping[int | None, int]:
    numbers: dict[int | None, int] = {}
    for one in found:
        numbers[one] = numbers.get(one, 0) + 1
    return numbers


def operation(operation_id: int) -> UnitOperation | None:
    """An operation with its author, or None."""
    return db.session.scalars(
        select(UnitOperation)
        .outerjoin(UnitOperation.author)
        .options(contains_eager(UnitOperation.author))
        .where(UnitOperation.id == operation_id)
    ).one_or_none()


def operations(number: int) -> Page[UnitOperation]:
    """A page of all operations, the last first."""
    total = db.session.scalar(select(func.count()).select_from(UnitOperation)) or 0
    rows = db.session.scalars(
        select(UnitOperation)
        .options(selectinload(UnitOperation.author))
        .order_by(UnitOperation.id.desc())
        .limit(PAGE_SIZE)
        .offset(offset(number, PAGE_SIZE))
    )
    return Page(list(rows), number, PAGE_SIZE, total)


def operations_of(unit_id: int) -> list[UnitOperation]:
    """The operations that made, changed or ended a unit, the last first."""
    return list(
        db.session.scalars(
            select(UnitOperation)
            .join(UnitChange, UnitChange.operation_id == UnitOperation.id)
            .where(UnitChange.unit_id == unit_id, UnitChange.role != "relied")
            .order_by(UnitOperation.id.desc())
            .limit(PAGE_SIZE)
        )
    )


def links_of(operation_id: int) -> list[tuple[Unit, Unit]]:
    """(old unit, new unit) of a standing operation, by the old one's name."""
    old, new = aliased(Unit), aliased(Unit)
    rows = db.session.execute(
        select(old, new)
        .join(UnitSuccession, UnitSuccession.old_id == old.id)
        .join(new, new.id == UnitSuccession.new_id)
        .where(UnitSuccession.operation_id == operation_id)
        .order_by(old.name_sort, old.id, UnitSuccession.rank)
        .limit(MOST_LINES)
    )
    return list(rows.tuples())


def versions_of(unit_id: int) -> list[UnitVersion]:
    """What a unit was called and where it stood before, the last first."""
    query = select(UnitVersion).where(UnitVersion.unit_id == unit_id)
    return list(db.session.scalars(query.order_by(UnitVersion.valid_to.desc(), UnitVersion.id)))


def relatives(unit_id: int) -> tuple[list[Unit], list[Unit]]:
    """The units that a unit was made of, and those that took its place, by name."""
    made_of = select(Unit).join(UnitSuccession, UnitSuccession.old_id == Unit.id)
    made_of = made_of.where(UnitSuccession.new_id == unit_id, Unit.withdrawn_at.is_(None))
    became = select(Unit).join(UnitSuccession, UnitSuccession.new_id == Unit.id)
    became = became.where(UnitSuccession.old_id == unit_id)
    return (
        list(db.session.scalars(made_of.order_by(Unit.name_sort, Unit.id))),
        list(db.session.scalars(became.order_by(UnitSuccession.rank, Unit.id))),
    )
