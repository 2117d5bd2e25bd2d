"""Who waits in the main successor of a divided unit is placed where they really belong."""

from collections.abc import Sequence

from sqlalchemy import select, update

from app.accounts import audit, operations
from app.accounts.signed_in import Someone
from app.extensions import db
from app.lib import clock
from app.units.carrying_out import take_turn
from app.units.models import Membership, Unit, UnitSuccession
from app.units.operation_models import MovedRow, Placement


def successors(old_id: int) -> list[Unit]:
    """The units among which a divided unit's people are placed, the main one first."""
    query = select(Unit).join(UnitSuccession, UnitSuccession.new_id == Unit.id)
    query = query.where(UnitSuccession.old_id == old_id)
    return list(db.session.scalars(query.order_by(UnitSuccession.rank, Unit.id)))


def place(actor: Someone, old_id: int, new_id: int, person_ids: Sequence[int], op_id: str) -> int:
    """Say in which successor of a divided unit these people belong; returns how many.

    As if the division had put them there at once: their memberships and what was counted in
    the old unit go along. No total changes. Raises LookupError for a unit that is no successor,
    OperationConflict for a used operation id.
    """
    wanted = sorted(set(person_ids))
    if operations.begin(op_id, actor.id, "place_people", [old_id, new_id, wanted]):
        return 0
    take_turn()
    if new_id not in {unit.id for unit in successors(old_id)}:
        raise LookupError(new_id)
    waiting = db.session.scalars(
        select(Placement).where(
            Placement.old_id == old_id,
            Placement.person_id.in_(wanted),
            Placement.confirmed_at.is_(None),
        )
    ).all()
    for one in waiting:
        _move(one, new_id)
        one.new_id, one.confirmed_at, one.confirmed_by = new_id, clock.now(), actor.id
    audit.record(actor.id, "place_people", f"unit {new_id}", f"{len(waiting)} người")
    db.session.flush()
    return len(waiting)


def _move(one: Placement, new_id: int) -> None:
    """The memberships that came from the divided unit and still stand in the supposed one."""
    old = select(Membership.id).where(
        Membership.unit_id == one.old_id, Membership.person_id == one.person_id
    )
    shifted = select(MovedRow.row_id).where(
        MovedRow.operation_id == one.operation_id,
        MovedRow.what == "membership",
        MovedRow.from_id == one.old_id,
    )
    came = Membership.continues_id.in_(old) | Membership.id.in_(shifted)
    db.session.execute(
        update(Membership)
        .where(Membership.person_id == one.person_id, Membership.unit_id == one.new_id, came)
        .values(unit_id=new_id)
    )
