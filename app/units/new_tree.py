"""`units merge FILE`: a new tree comes in force where the old units say what they become.

What becomes of an old unit stands in its successor codes. Units without such codes whose
subunits all end, or that had ended themselves (districts), are dissolved into what their nearest
ancestor becomes. Workplaces and villages go with the unit they stand in; of a divided unit they
go to the main successor, unless they name their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from app.extensions import db
from app.units.actions import UnitProblem, UnitRow
from app.units.models import AREA_KINDS, Unit, UnitSuccession
from app.units.operation_models import Kind
from app.units.plans import Facts, NewUnit, Plan, Ref
from app.units.queries import in_force


def plan(rows: Sequence[UnitRow], decision: str, on: date, title: str) -> Plan:
    """What putting these units in force does; an empty plan when all of it is done.

    Raises UnitProblem and names every successor code that no unit of the new tree bears.
    """
    return _Reading(rows, on).plan(decision, title)


class _Reading:
    def __init__(self, rows: Sequence[UnitRow], on: date) -> None:
        self.on, self.rows = on, {row.code: row for row in rows}
        units = db.session.scalars(
            select(Unit).where(Unit.withdrawn_at.is_(None)).order_by(Unit.id)
        ).all()
        self.units = {unit.id: unit for unit in units}
        self.under: dict[int | None, list[Unit]] = {}
        for unit in units:
            self.under.setdefault(unit.parent_id, []).append(unit)
        self.bearing = self._bearing(units)
        self.done = self._done()

    def _bearing(self, units: Iterable[Unit]) -> dict[str, Unit]:
        """The units of the new tree that are there: born then, or unchanged and in force."""
        found = {}
        for unit in units:
            stays = unit.valid_to is None or unit.valid_to >= self.on
            if stays and unit.valid_from <= self.on and not self._leaves(unit):
                found[unit.code] = unit
        return found

    def _leaves(self, unit: Unit) -> bool:
        return bool(unit.successor_codes) and unit.valid_from < self.on

    def _done(self) -> set[int]:
        """The units that an operation ended already."""
        query = select(UnitSuccession.old_id).where(UnitSuccession.operation_id.is_not(None))
        return set(db.session.scalars(query))

    def plan(self, decision: str, title: str) -> Plan:
        ends = self._ends()
        dissolved = self._dissolved(ends)
        parents = self._rehung(ends)
        renamed: dict[int, Facts] = {}
        for code, row in self.rows.items():
            if unit := self.bearing.get(code):
                self._kept(unit, row, parents, renamed)
        return Plan(
            Kind.RESTRUCTURE,
            title,
            decision,
            self.on,
            self._created(),
            ends,
            dissolved,
            parents,
            renamed,
        )

    def _ends(self) -> dict[int, tuple[Ref, ...]]:
        ends: dict[int, tuple[Ref, ...]] = {}
        missing: list[str] = []
        for unit in self.units.values():
            if not self._leaves(unit) or unit.id in self.done:
                continue
            codes = unit.successor_codes.split()
            missing += [f"{c} (của {unit.name})" for c in codes if not self._known(c)]
            ends[unit.id] = tuple(self._ref(code) for code in codes if self._known(code))
        if missing:
            raise UnitProblem("Không có đơn vị mang mã kế tiếp: " + ", ".join(missing) + ".")
        return ends

    def _known(self, code: str) -> bool:
        return code in self.rows or code in self.bearing

    def _ref(self, code: str) -> Ref:
        return self.bearing[code].id if code in self.bearing else code

    def _dissolved(self, ends: dict[int, tuple[Ref, ...]]) -> frozenset[int]:
        """Add to `ends` the areas between that end without a successor of their own."""
        found = set()
        for unit in self.units.values():
            if unit.id in ends or unit.id in self.done or not self._falls(unit, ends):
                continue
            heir = self._nearest(unit, ends)
            if heir is not None:
                ends[unit.id] = (heir,)
                found.add(unit.id)
        return frozenset(found)

    def _falls(self, unit: Unit, ends: dict[int, tuple[Ref, ...]]) -> bool:
        if unit.kind not in AREA_KINDS or unit.successor_codes or unit.valid_from >= self.on:
            return False
        areas = [one for one in self.under.get(unit.id, ()) if one.kind in AREA_KINDS]
        ended = unit.valid_to is not None and unit.valid_to < self.on
        return ended or (bool(areas) and all(one.id in ends for one in areas))

    def _nearest(self, unit: Unit, ends: dict[int, tuple[Ref, ...]]) -> Ref | None:
        above = self.units.get(unit.parent_id or 0)
        while above is not None:
            if above.id in ends:
                return ends[above.id][0]
            if above in self.bearing.values():
                return above.id
            above = self.units.get(above.parent_id or 0)
        return None

    def _rehung(self, ends: dict[int, tuple[Ref, ...]]) -> dict[int, Ref]:
        """What stands under an ending unit and goes on."""
        return {
            child.id: ends[old][0]
            for old in ends
            for child in self.under.get(old, ())
            if child.id not in ends and (child.valid_to is None or child.valid_to >= self.on)
        }

    def _kept(
        self, unit: Unit, row: UnitRow, parents: dict[int, Ref], renamed: dict[int, Facts]
    ) -> None:
        """A unit of the new tree that is there already may be called or placed otherwise."""
        if unit.valid_from >= self.on:
            return
        remote = unit.remote if row.remote is None else row.remote
        facts = replace(Facts.of(unit), name=row.name, kind=row.kind, remote=remote)
        if facts != Facts.of(unit):
            renamed[unit.id] = facts
        if row.parent_code and self._known(row.parent_code):
            parent = self._ref(row.parent_code)
            if parent != unit.parent_id:
                parents[unit.id] = parent

    def _created(self) -> tuple[NewUnit, ...]:
        """The units to make, parents first."""
        waiting = {code: row for code, row in self.rows.items() if code not in self.bearing}
        made: list[NewUnit] = []
        while waiting:
            ready = [row for row in waiting.values() if row.parent_code not in waiting]
            if not ready:
                raise UnitProblem("Các đơn vị cấp trên xoay vòng: " + ", ".join(waiting) + ".")
            for row in ready:
                del waiting[row.code]
                made.append(NewUnit(replace(row, valid_from=self.on), self._parent(row)))
        return tuple(made)

    def _parent(self, row: UnitRow) -> Ref | None:
        if not row.parent_code:
            return None
        if not self._known(row.parent_code):
            raise UnitProblem(f"Đơn vị {row.code}: chưa có đơn vị cấp trên mã {row.parent_code}.")
        return self._ref(row.parent_code)


def day_of(rows: Iterable[UnitRow]) -> date | None:
    """The one day from which the units of a file hold; None when they say several."""
    days = {row.valid_from for row in rows}
    return days.pop() if len(days) == 1 else None


def old_tree(on: date) -> bool:
    """Whether some unit was in force on the day before."""
    day = on - timedelta(days=1)
    return (
        db.session.scalars(select(Unit.id).where(in_force(Unit, day)).limit(1)).first() is not None
    )
