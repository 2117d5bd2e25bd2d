"""Carry out a plan, all of it in the caller's transaction, and note what undoing needs."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import String, func, literal, select, update

from app.accounts import audit
from app.db import take_turns
from app.extensions import db
from app.lib.vietnamese import fold, nfc, text_key
from app.units import moving, roles
from app.units.actions import add_unit
from app.units.models import Unit, UnitSuccession
from app.units.operation_models import UnitChange, UnitOperation, UnitVersion
from app.units.plans import Facts, Plan, Ref

STAGES = ("units", "links", "people", "team", "roles")
Watch = Callable[[str], None]


def carry_out(
    plan: Plan, actor_id: int | None, watch: Watch = lambda _stage: None
) -> UnitOperation:
    """Do what a plan says; `watch` hears of each of STAGES as it is done.

    The plan was checked when it was made; whoever makes it holds the turn of the tree
    (`take_turn`) from then until the transaction ends.
    """
    operation = UnitOperation(
        kind=plan.kind,
        title=plan.title[:400],
        decision=plan.decision,
        in_force_on=plan.on,
        done_by=actor_id,
    )
    db.session.add(operation)
    db.session.flush()
    _Doing(plan, operation, actor_id).all(watch)
    detail = f"{plan.title[:300]} · {plan.decision or 'không ghi quyết định'}"
    audit.record(actor_id, f"{plan.kind}_units", f"unit_operation {operation.id}", detail)
    db.session.flush()
    return operation


def take_turn() -> None:
    """Be alone with the tree until the transaction ends."""
    take_turns("unit tree")


class _Doing:
    def __init__(self, plan: Plan, operation: UnitOperation, actor_id: int | None) -> None:
        self.plan, self.operation, self.actor_id = plan, operation, actor_id
        self.made: dict[str, Unit] = {}

    def all(self, watch: Watch) -> None:
        """Everything, in the order of STAGES."""
        plan, number = self.plan, self.operation.id
        units = self._locked()
        self._note(units)
        self._make()
        for unit_id, facts in plan.renamed.items():
            self._rename(units[unit_id], facts)
        for unit_id, ref in plan.parents.items():
            self._hang(units[unit_id], self._unit(ref))
        watch("units")
        self._end(units)
        watch("links")
        counts = {"memberships": moving.move_people(number, plan.on)}
        watch("people")
        counts["team"] = moving.move_team(number)
        watch("team")
        counts["roles"] = roles.move_roles(number, self.actor_id, self._heirs())
        watch("roles")
        self.operation.counts = counts | {"units": len(plan.parents)}

    def _locked(self) -> dict[int, Unit]:
        ids = [unit_id for unit_id, _ in self.plan.touched()]
        rows = db.session.scalars(
            select(Unit).where(Unit.id.in_(ids)).order_by(Unit.id).with_for_update()
        )
        return {unit.id: unit for unit in rows}

    def _note(self, units: Mapping[int, Unit]) -> None:
        links = _links(self.plan.ends)
        for position, (unit_id, role) in enumerate(self.plan.touched()):
            before = _facts(units[unit_id]) | {"links": links.get(unit_id, [])}
            self._changed(unit_id, role, position, before if role != "relied" else None)

    def _changed(self, unit_id: int, role: str, position: int, before: Any) -> None:
        change = UnitChange(
            operation_id=self.operation.id,
            unit_id=unit_id,
            role=role,
            position=position,
            before=before,
        )
        db.session.add(change)

    def _make(self) -> None:
        for position, new in enumerate(self.plan.created):
            parent = None if new.parent is None else self._unit(new.parent)
            unit = add_unit(new.row, parent)
            self.made[new.row.code] = unit
            self._changed(unit.id, "changed", position, None)
        db.session.flush()

    def _unit(self, ref: Ref) -> Unit:
        return self.made[ref] if isinstance(ref, str) else db.session.get_one(Unit, ref)

    def _rename(self, unit: Unit, facts: Facts) -> None:
        self._keep(unit)
        unit.code, unit.kind, unit.remote = facts.code, facts.kind, facts.remote
        unit.name = nfc(facts.name)
        unit.name_fold, unit.name_sort = fold(facts.name), text_key(facts.name)

    def _hang(self, unit: Unit, parent: Unit) -> None:
        self._keep(unit)
        hang(unit, parent)

    def _keep(self, unit: Unit) -> None:
        """Keep the facts that end, unless the unit or they themselves began only that day."""
        since = unit.facts_since or unit.valid_from
        if since >= self.plan.on:
            return
        version = UnitVersion(
            unit_id=unit.id,
            operation_id=self.operation.id,
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            parent_id=unit.parent_id,
            remote=unit.remote,
            valid_from=since,
            valid_to=self.plan.on - timedelta(days=1),
        )
        db.session.add(version)
        unit.facts_since = self.plan.on

    def _end(self, units: Mapping[int, Unit]) -> None:
        last = self.plan.on - timedelta(days=1)
        for unit_id, heirs in self.plan.ends.items():
            unit = units[unit_id]
            if unit.valid_to is None or unit.valid_to > last:
                unit.valid_to = last
            for rank, ref in enumerate(heirs):
                self._link(unit_id, self._unit(ref).id, rank)
        db.session.flush()

    def _link(self, old_id: int, new_id: int, rank: int) -> None:
        link = db.session.get(UnitSuccession, (old_id, new_id))
        if link is None:
            link = UnitSuccession(old_id=old_id, new_id=new_id)
            db.session.add(link)
        link.rank, link.operation_id = rank, self.operation.id

    def _heirs(self) -> dict[int, list[int]]:
        """To which units the roles held on an ending unit go.

        The main successor takes its people in; another one only counts when a subunit of the
        unit went there. A dissolved unit's roles go on where they reached: to what stood under
        it, because what takes its people in is no successor.
        """
        under = self._under()
        found = {one: self._successors(one, under) for one in self.plan.ends}
        for one in self.plan.dissolved:
            found[one] = self._reached(one, under)
        return found

    def _successors(self, unit_id: int, under: Mapping[int, list[int]]) -> list[int]:
        main, *others = self.plan.ends[unit_id]
        taken = {self.plan.parents.get(child) for child in under.get(unit_id, ())}
        return self._ids((main, *(ref for ref in others if ref in taken)))

    def _reached(self, unit_id: int, under: Mapping[int, list[int]]) -> list[int]:
        found: list[int] = []
        for child in under.get(unit_id, ()):
            if child in self.plan.dissolved:
                found += self._reached(child, under)
            elif child in self.plan.ends:
                found += self._successors(child, under)
            else:
                found.append(child)
        return list(dict.fromkeys(found))

    def _under(self) -> dict[int, list[int]]:
        """What stood right below each unit before, as far as the operation touches it."""
        found: dict[int, list[int]] = {}
        query = select(UnitChange).where(UnitChange.operation_id == self.operation.id)
        for change in db.session.scalars(query.order_by(UnitChange.position, UnitChange.unit_id)):
            parent = (change.before or {}).get("parent_id")
            if parent is not None:
                found.setdefault(parent, []).append(change.unit_id)
        return found

    def _ids(self, refs: tuple[Ref, ...]) -> list[int]:
        return [self._unit(ref).id for ref in refs]


def _links(old_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """The links that an import made already: {old unit: [(new unit, rank)]}."""
    found: dict[int, list[tuple[int, int]]] = {}
    query = select(UnitSuccession).where(UnitSuccession.old_id.in_(list(old_ids)))
    for link in db.session.scalars(query.order_by(UnitSuccession.rank, UnitSuccession.new_id)):
        found.setdefault(link.old_id, []).append((link.new_id, link.rank))
    return found


def _facts(unit: Unit) -> dict[str, Any]:
    """What is put back when an operation is undone."""
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "remote": unit.remote,
        "parent_id": unit.parent_id,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "facts_since": unit.facts_since.isoformat() if unit.facts_since else None,
    }


def put_back(unit: Unit, before: Mapping[str, Any]) -> None:
    """Give a unit the facts that were noted, and its place in the tree."""
    for day in ("valid_to", "facts_since"):
        setattr(unit, day, date.fromisoformat(before[day]) if before[day] else None)
    for name in ("code", "name", "kind", "remote"):
        setattr(unit, name, before[name])
    unit.name_fold, unit.name_sort = fold(unit.name), text_key(unit.name)
    if unit.parent_id != before["parent_id"]:
        parent = before["parent_id"]
        hang(unit, db.session.get_one(Unit, parent) if parent is not None else None)


def hang(unit: Unit, parent: Unit | None) -> None:
    """Put a unit, with all that stands below it, under another one."""
    db.session.flush()
    old, new = unit.path, f"{parent.path if parent else '/'}{unit.id}/"
    below = Unit.path.startswith(old, autoescape=True)
    tail = func.substr(Unit.path, len(old) + 1)
    unit.parent_id = parent.id if parent else None
    db.session.flush()
    db.session.execute(
        update(Unit).where(below).values(path=literal(new, String).concat(tail)),
        execution_options={"synchronize_session": False},
    )
    for one in db.session.identity_map.values():
        if isinstance(one, Unit):
            db.session.expire(one, ["path"])
