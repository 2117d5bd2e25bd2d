"""Undo an operation: the tree, people, contacts and roles are what they were, and no count moves.

What was done since then in a unit that the operation made is kept: its people go to the main
old unit and are listed there to be confirmed, and what was counted there counts in the old unit
from which each person came. The unit itself is withdrawn, its code is free again.
"""

from dataclasses import dataclass

from sqlalchemy import and_, delete, exists, or_, select
from sqlalchemy.orm import aliased

from app.accounts import audit
from app.accounts.signed_in import Someone
from app.extensions import db
from app.lib import clock
from app.units import moving, roles
from app.units.carrying_out import hang, put_back, take_turn
from app.units.models import Unit, UnitSuccession
from app.units.operation_models import UnitChange, UnitOperation, UnitVersion


class UndoneAlready(Exception):
    """The operation was undone before; nothing was changed."""


class BuiltOn(Exception):
    """Later operations build on this one; `later` holds them, the last first."""

    def __init__(self, later: list[UnitOperation]) -> None:
        super().__init__(later)
        self.later = later


def built_on(operation: UnitOperation) -> list[UnitOperation]:
    """The standing later operations that build on this one, the last first.

    One builds on another when both changed a unit, when both named one, or when one changed
    what the other one relies on.
    """
    mine, later = aliased(UnitChange), aliased(UnitChange)
    clash = or_(
        mine.role == "changed",
        later.role == "changed",
        and_(mine.role == "named", later.role == "named"),
    )
    meets = exists().where(
        mine.operation_id == operation.id,
        later.operation_id == UnitOperation.id,
        later.unit_id == mine.unit_id,
        clash,
    )
    return list(
        db.session.scalars(
            select(UnitOperation)
            .where(UnitOperation.id > operation.id, UnitOperation.undone_at.is_(None), meets)
            .order_by(UnitOperation.id.desc())
        )
    )


def undo(operation_id: int, actor: Someone | None) -> UnitOperation:
    """Undo an operation. Raises LookupError, UndoneAlready or BuiltOn, and changes nothing."""
    take_turn()
    operation = db.session.get(UnitOperation, operation_id, populate_existing=True)
    if operation is None:
        raise LookupError(operation_id)
    if operation.undone_at is not None:
        raise UndoneAlready(operation_id)
    if later := built_on(operation):
        raise BuiltOn(later)
    actor_id = actor.id if actor else None
    _Undoing(operation).all(actor_id)
    operation.undone_at, operation.undone_by = clock.now(), actor_id
    audit.record(actor_id, "undo_units", f"unit_operation {operation.id}", operation.title)
    db.session.flush()
    return operation


@dataclass
class _Undoing:
    operation: UnitOperation

    def all(self, actor_id: int | None) -> None:
        """The steps of carrying out, backwards."""
        number = self.operation.id
        changes = self._changes()
        made = [c.unit_id for c in changes if c.role == "changed" and c.before is None]
        heirs = self._olds(made)
        roles.bring_roles_back(number, actor_id, made)
        moving.remember_origins(number, [one for one in made if len(heirs[one]) > 1])
        moving.bring_people_back(number)
        moving.bring_team_back(number)
        for change in changes:
            if change.before is not None:
                put_back(db.session.get_one(Unit, change.unit_id), change.before)
        self._links(changes)
        # from the leaves up: what is made under what is made goes first
        for unit_id in reversed(made):
            self._withdraw(unit_id, heirs[unit_id])
        db.session.execute(delete(UnitVersion).where(UnitVersion.operation_id == number))

    def _changes(self) -> list[UnitChange]:
        query = select(UnitChange).where(UnitChange.operation_id == self.operation.id)
        return list(db.session.scalars(query.order_by(UnitChange.position, UnitChange.unit_id)))

    def _olds(self, made: list[int]) -> dict[int, list[int]]:
        """The old units of each made one, in the order of the plan."""
        found: dict[int, list[int]] = {one: [] for one in made}
        rows = db.session.execute(
            select(UnitSuccession.new_id, UnitSuccession.old_id)
            .join(
                UnitChange,
                and_(
                    UnitChange.unit_id == UnitSuccession.old_id,
                    UnitChange.operation_id == self.operation.id,
                ),
            )
            .where(UnitSuccession.operation_id == self.operation.id)
            .order_by(UnitSuccession.rank, UnitChange.position, UnitSuccession.old_id)
        )
        for new, old in rows:
            if new in found:
                found[new].append(old)
        return found

    def _links(self, changes: list[UnitChange]) -> None:
        db.session.execute(
            delete(UnitSuccession).where(UnitSuccession.operation_id == self.operation.id)
        )
        for change in changes:
            for new_id, rank in (change.before or {}).get("links", []):
                link = UnitSuccession(old_id=change.unit_id, new_id=new_id, rank=rank)
                db.session.add(link)
        db.session.flush()

    def _withdraw(self, unit_id: int, olds: list[int]) -> None:
        unit = db.session.get_one(Unit, unit_id)
        home = olds[0] if olds else unit.parent_id
        if home is not None:
            moving.send_home(self.operation.id, unit_id, home)
        below = select(Unit).where(Unit.parent_id == unit_id, Unit.withdrawn_at.is_(None))
        for child in db.session.scalars(below.order_by(Unit.id)).all():
            hang(child, db.session.get(Unit, home) if home is not None else None)
        unit.code = f"{unit.code[:9]}~{unit.id}"
        unit.withdrawn_at = clock.now()
        for rank, old_id in enumerate(olds or ([home] if home is not None else [])):
            db.session.add(
                UnitSuccession(
                    old_id=unit_id, new_id=old_id, rank=rank, operation_id=self.operation.id
                )
            )
        db.session.flush()
