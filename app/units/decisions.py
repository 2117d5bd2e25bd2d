"""Decisions about units as an administrator types them: planned, put in force, undone."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from app.accounts import audit, operations
from app.accounts.signed_in import Someone
from app.extensions import db
from app.ui.i18n import gettext as _
from app.units import imports, planning, tree_queries
from app.units.actions import UnitProblem, UnitRow, add_unit
from app.units.carrying_out import carry_out, take_turn
from app.units.models import Unit
from app.units.operation_models import Kind, UnitOperation
from app.units.planning import Act, Named
from app.units.plans import Facts, Plan
from app.units.queries import EVERYWHERE
from app.units.undoing import undo
from app.units.unit_file import FileLine


@dataclass(frozen=True)
class Decision:
    """What shall happen to a unit, by which act.

    `others`: ids of the units merged with it; `elsewhere`: more of them, by code or name with
    commas between; `into`: by code or name, what takes it in; `parts`: what it is divided into
    (without a name: the unit that bears the code); `children`: subunit to the number of its part.
    """

    kind: Kind
    unit_id: int
    act: Act
    others: tuple[int, ...] = ()
    elsewhere: str = ""
    into: str = ""
    stays: bool = False
    parts: tuple[Named, ...] = ()
    children: dict[int, int] = field(default_factory=dict)
    facts: Facts | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The same as JSON can hold."""
        told = asdict(self)
        children = sorted(self.children.items())
        return told | {"act": [self.act.decision, self.act.on.isoformat()], "children": children}


def plan_of(decision: Decision) -> Plan:
    """What the decision would do today. Raises UnitProblem with what is in the way."""
    return PLANS[decision.kind](_unit(decision.unit_id), decision)


def put_in_force(actor: Someone, decision: Decision, op_id: str) -> UnitOperation:
    """Carry a decision out; the same act again gives the same operation.

    Raises UnitProblem, having changed nothing, and OperationConflict.
    """
    if replay := operations.begin(op_id, actor.id, "decide_units", decision.content):
        return db.session.get_one(UnitOperation, int(replay.outcome))
    take_turn()
    try:
        plan = plan_of(decision)
    except UnitProblem:
        operations.release(op_id)
        raise
    done = carry_out(plan, actor.id)
    operations.conclude(op_id, str(done.id))
    return done


def take_back(actor: Someone, operation_id: int, op_id: str) -> None:
    """Undo an operation once. Raises what `undo` raises, having changed nothing."""
    if operations.begin(op_id, actor.id, "undo_units", operation_id):
        return
    try:
        undo(operation_id, actor)
    except Exception:
        operations.release(op_id)
        raise


def add(actor: Someone, row: UnitRow, parent: Unit, op_id: str) -> Unit:
    """Put a new unit under another one; the same act again gives the same unit.

    Raises UnitProblem, having changed nothing, and OperationConflict.
    """
    content = [row.code, row.name, row.kind, row.valid_from.isoformat(), parent.id]
    if replay := operations.begin(op_id, actor.id, "add_unit", content):
        return db.session.get_one(Unit, int(replay.outcome))
    take_turn()
    try:
        planning.check_newcomer(row, parent)
    except UnitProblem:
        operations.release(op_id)
        raise
    unit = add_unit(row, parent)
    audit.record(actor.id, "add_unit", f"unit {unit.id}", f"{row.code} · {row.name}"[:200])
    operations.conclude(op_id, str(unit.id))
    return unit


def take_file(
    actor: Someone, lines: list[FileLine], fingerprint: str, op_id: str
) -> imports.Imported | None:
    """Take a units file whole or not at all; None when this act was done before.

    Raises UnitProblem, having changed nothing, and OperationConflict.
    """
    if operations.begin(op_id, actor.id, "import_units", fingerprint):
        return None
    take_turn()
    try:
        with db.session.begin_nested():
            return imports.import_lines(lines, actor.id)
    except UnitProblem:
        operations.release(op_id)
        raise


def _merge(unit: Unit, decision: Decision) -> Plan:
    units = [unit, *map(_unit, decision.others), *map(_meant, _listed(decision.elsewhere))]
    units = list(dict.fromkeys(units))
    into: Unit | Named = unit if decision.stays else _new(decision.parts)
    return planning.merge(units, into, decision.act)


def _split(unit: Unit, decision: Decision) -> Plan:
    parts = [part if part.name else _meant(part.code) for part in decision.parts]
    if any(number >= len(parts) for number in decision.children.values()):
        raise UnitProblem(_("Có thôn, tổ, cơ quan được giao cho phần chưa ghi."))
    return planning.split(unit, parts, decision.children, decision.act)


def _rename(unit: Unit, decision: Decision) -> Plan:
    assert decision.facts
    return planning.rename(unit, decision.facts, decision.act)


def _move(unit: Unit, decision: Decision) -> Plan:
    return planning.move(unit, _meant(decision.into), decision.act)


def _dissolve(unit: Unit, decision: Decision) -> Plan:
    return planning.dissolve(unit, _meant(decision.into), decision.act)


PLANS: dict[Kind, Callable[[Unit, Decision], Plan]] = {
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
    Kind.RENAME: _rename,
    Kind.MOVE: _move,
    Kind.DISSOLVE: _dissolve,
}


# what pages offer, by the word in the address
ACTS = {kind.value for kind in PLANS}


def _listed(text: str) -> list[str]:
    return [one for part in text.split(",") if (one := part.strip())]


def _unit(unit_id: int) -> Unit:
    unit = tree_queries.one(unit_id, (EVERYWHERE,))
    if unit is None:
        raise UnitProblem(_("Đơn vị này không còn trong cây."))
    return unit


def _meant(text: str) -> Unit:
    unit = tree_queries.meant(text)
    if unit is None:
        raise UnitProblem(
            _("Không có đơn vị “%(unit)s”, hoặc nhiều đơn vị cùng tên: ghi mã.", unit=text[:60])
        )
    return unit


def _new(parts: tuple[Named, ...]) -> Named:
    return parts[0] if parts else Named("", "", "")
