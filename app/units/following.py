"""Memberships that come back to the table, after operations on units went by without them.

Two records of a person were merged: what could not stand twice was put away, and what changed
hands was continued under the joint record. When they are parted again, each membership is where
it would be had it stood there all along.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import aliased

from app.db import insert_once
from app.extensions import db
from app.units.models import Membership, Unit, UnitSuccession
from app.units.operation_models import MovedRow, Placement, UnitOperation
from app.units.queries import today
from app.units.standing import LONGEST_CHAIN


class _Link(NamedTuple):
    new_id: int
    operation_id: int | None
    divided: bool


def follow(person_ids: Iterable[int]) -> None:
    """Bring these people's memberships to where operations on units have taken the others."""
    ids = sorted(set(person_ids))
    db.session.flush()
    _forget_undone(ids)
    for _ in range(LONGEST_CHAIN):
        moved = _with_their_owner(ids)
        stranded = _stranded(ids)
        for row, unit, undone in stranded:
            moved |= _go_on(row, unit, undone)
        db.session.flush()
        if not moved:
            return


def _forget_undone(person_ids: list[int]) -> None:
    """Who waits to be confirmed because of a division that never was waits no more."""
    undone = select(UnitOperation.id).where(UnitOperation.undone_at.is_not(None))
    standing = select(Unit.id).where(Unit.withdrawn_at.is_(None))
    db.session.execute(
        delete(Placement).where(
            Placement.person_id.in_(person_ids),
            Placement.operation_id.in_(undone),
            Placement.old_id.in_(standing),
        )
    )


def _with_their_owner(person_ids: list[int]) -> bool:
    """What continues a membership is of the same person; whether anything changed hands."""
    before = aliased(Membership)
    rows = db.session.execute(
        select(Membership.id, before.person_id)
        .join(before, before.id == Membership.continues_id)
        .where(before.person_id.in_(person_ids), Membership.person_id != before.person_id)
        .order_by(Membership.id)
    ).all()
    for row_id, owner in rows:
        db.session.execute(
            update(Membership).where(Membership.id == row_id).values(person_id=owner)
        )
    return bool(rows)


def _stranded(person_ids: list[int]) -> list[tuple[Membership, Unit, bool]]:
    """Memberships of today in units that are not there, or moved by what was undone."""
    rows = db.session.execute(
        select(Membership, Unit, UnitOperation.undone_at)
        .join(Unit, Unit.id == Membership.unit_id)
        .outerjoin(UnitOperation, UnitOperation.id == Membership.moved_by)
        .where(
            Membership.person_id.in_(person_ids),
            or_(Membership.valid_to.is_(None), Membership.valid_to >= today()),
            or_(
                Unit.withdrawn_at.is_not(None),
                Unit.valid_to < today(),
                UnitOperation.undone_at.is_not(None),
            ),
        )
        .order_by(Membership.id)
    )
    return [(row, unit, undone is not None) for row, unit, undone in rows]


def _go_on(row: Membership, unit: Unit, undone: bool) -> bool:
    """One step back or forward; whether there was one."""
    if undone:
        return _step_back(row)
    link = _heir(unit.id, row.person_id)
    if link is None or link.operation_id is None:
        return False
    if unit.withdrawn_at is not None:
        _wait(unit.id, row.person_id, link.new_id, link.operation_id)
        row.unit_id = link.new_id
        return True
    if link.divided:
        _wait(unit.id, row.person_id, link.new_id, link.operation_id)
    _continue(row, unit, link)
    return True


def _continue(row: Membership, unit: Unit, link: _Link) -> None:
    """As `moving.move_people` does it for the others."""
    assert unit.valid_to is not None and link.operation_id is not None
    on = unit.valid_to + timedelta(days=1)
    if row.valid_from >= on:
        facts = {"what": "membership", "row_id": row.id, "from_id": unit.id}
        insert_once(MovedRow, operation_id=link.operation_id, **facts)
        row.unit_id = link.new_id
        return
    following = Membership(
        person_id=row.person_id,
        unit_id=link.new_id,
        kind=row.kind,
        position=row.position,
        valid_from=on,
        valid_to=row.valid_to,
        continues_id=row.id,
        moved_by=link.operation_id,
    )
    db.session.add(following)
    row.valid_to = unit.valid_to


def _step_back(row: Membership) -> bool:
    """The operation that made this row was undone: the one before goes on."""
    before = db.session.get(Membership, row.continues_id) if row.continues_id else None
    if before is None:
        row.moved_by = row.continues_id = None
        return True
    before.valid_to, before.position = row.valid_to, row.position
    db.session.delete(row)
    return True


def _heir(unit_id: int, person_id: int) -> _Link | None:
    """Where those of an ended unit go: where this person was placed, else the main successor."""
    links = db.session.scalars(
        select(UnitSuccession)
        .where(UnitSuccession.old_id == unit_id)
        .order_by(UnitSuccession.rank, UnitSuccession.new_id)
    ).all()
    if not links:
        return None
    placed = db.session.get(Placement, (unit_id, person_id), populate_existing=True)
    by_id = {link.new_id: link for link in links}
    link = by_id.get(placed.new_id, links[0]) if placed else links[0]
    return _Link(link.new_id, link.operation_id, len(links) > 1)


def _wait(old_id: int, person_id: int, new_id: int, operation_id: int) -> None:
    facts = {"old_id": old_id, "person_id": person_id, "new_id": new_id}
    insert_once(Placement, **facts, operation_id=operation_id)
