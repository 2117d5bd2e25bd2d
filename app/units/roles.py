"""Roles follow the units: who holds one on an ended unit holds it on what the unit became."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Grant
from app.accounts.queries import not_ended
from app.db import insert_once
from app.extensions import db
from app.lib import clock
from app.units.operation_models import MovedRow

Heirs = Mapping[int, Iterable[int]]


def roles_on(unit_ids: Iterable[int]) -> list[Grant]:
    """The roles held now or later on these units, oldest first."""
    wanted = sorted(set(unit_ids))
    query = select(Grant).where(Grant.unit_id.in_(wanted), not_ended()).order_by(Grant.id)
    return list(db.session.scalars(query))


def move_roles(operation_id: int, actor_id: int | None, heirs: Heirs) -> int:
    """End the roles on ended units and give them on the heirs; returns how many were ended.

    An end that was set before stays; the same role on the same unit is given once.
    """
    now, moved = clock.now(), roles_on(heirs)
    held = {
        (grant.person_id, grant.role, grant.unit_id): grant.id
        for grant in roles_on(unit for units in heirs.values() for unit in units)
    }
    # what was handed on comes after what it was handed on from, and follows it
    became: dict[tuple[int | None, int], int] = {}
    for grant in moved:
        assert grant.unit_id is not None
        for unit_id in heirs[grant.unit_id]:
            key = (grant.person_id, grant.role, unit_id)
            if key not in held:
                source = became.get((grant.handed_from, unit_id), grant.handed_from)
                held[key] = _give(operation_id, grant, unit_id, source)
            became[grant.id, unit_id] = held[key]
        _note(operation_id, "role_ended", grant.id, grant.id)
        grant.ended_at, grant.ended_by = now, actor_id
    db.session.flush()
    return len(moved)


def _give(operation_id: int, before: Grant, unit_id: int, handed_from: int | None) -> int:
    given = Grant(
        person_id=before.person_id,
        role=before.role,
        unit_id=unit_id,
        granted_by=before.granted_by,
        ended_at=before.ended_at,
        ended_by=before.ended_by,
        begins_at=before.begins_at,
        handed_from=handed_from,
        reason=before.reason,
    )
    db.session.add(given)
    db.session.flush()
    _note(operation_id, "role_given", given.id, before.id)
    return given.id


def _note(operation_id: int, what: str, row_id: int, from_id: int) -> None:
    insert_once(MovedRow, operation_id=operation_id, what=what, row_id=row_id, from_id=from_id)


def bring_roles_back(operation_id: int, actor_id: int | None, made: Iterable[int]) -> None:
    """Undo `move_roles`. A role that was taken away in the meantime stays away.

    Roles that were given on a unit of the operation's own making end with it: they covered
    the staff of several old units, and nobody has said who of them should see which.
    """
    given = _noted(operation_id, "role_given")
    alive = {grant.id for grant in given.values() if grant.is_open}
    successors_of = _givers(operation_id)
    for old in _noted(operation_id, "role_ended").values():
        gone = successors_of.get(old.id, set())
        if not gone or gone & alive:
            old.ended_at = _end_before(gone, given)
            old.ended_by = None
    now = clock.now()
    for grant in (*given.values(), *roles_on(made)):
        if grant.is_open:
            grant.ended_at, grant.ended_by = now, actor_id
    db.session.flush()


def _end_before(gone: set[int], given: Mapping[int, Grant]) -> datetime | None:
    """The end that the role had: what was given in its place carries it."""
    ends = [given[key].ended_at for key in gone if given[key].is_open]
    return ends[0] if ends else None


def _noted(operation_id: int, what: str) -> dict[int, Grant]:
    rows = db.session.scalars(
        select(Grant)
        .join(MovedRow, MovedRow.row_id == Grant.id)
        .where(MovedRow.operation_id == operation_id, MovedRow.what == what)
        .order_by(Grant.id)
    )
    return {grant.id: grant for grant in rows}


def _givers(operation_id: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = db.session.scalars(
        select(MovedRow).where(MovedRow.operation_id == operation_id, MovedRow.what == "role_given")
    )
    for row in rows:
        found.setdefault(row.from_id, set()).add(row.row_id)
    return found
