"""The tree as it was on a day, and where whoever was counted in an ended unit is counted."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.extensions import db
from app.units.models import COMMUNE_KINDS, Unit, UnitSuccession
from app.units.operation_models import Placement, UnitVersion

# mergers of mergers; a longer chain means a circle in hand-made data
LONGEST_CHAIN = 16


class Place(NamedTuple):
    """A unit as it was on a day: what it was called, its kind, its parent."""

    id: int
    name: str
    kind: str
    parent_id: int | None
    in_force: bool


class Standing:
    """All units as they were on one day, in the order of their names."""

    def __init__(self, on: date) -> None:
        self.on = on
        past = _past(on)
        rows = db.session.scalars(select(Unit).order_by(Unit.name_sort, Unit.id)).all()
        self.units = {unit.id: unit for unit in rows}
        self.places = {unit.id: _place(unit, past.get(unit.id), on) for unit in rows}
        self._paths: dict[int, str] = {}

    def path(self, unit_id: int) -> str:
        """The ids from the root down to the unit on that day, as Unit.path."""
        if unit_id not in self._paths:
            parent = self.places[unit_id].parent_id
            above = self.path(parent) if parent is not None else "/"
            self._paths[unit_id] = f"{above}{unit_id}/"
        return self._paths[unit_id]

    def communes(self) -> dict[int, Place]:
        """The communes of that day."""
        return self._where(lambda place: place.kind in COMMUNE_KINDS)

    def parts_of(self, unit_id: int) -> dict[int, Place]:
        """The units right below another one on that day."""
        return self._where(lambda place: place.parent_id == unit_id)

    def _where(self, wanted: Callable[[Place], bool]) -> dict[int, Place]:
        return {one.id: one for one in self.places.values() if one.in_force and wanted(one)}


def _past(on: date) -> dict[int, UnitVersion]:
    """The facts that were replaced after that day, by unit: the earliest of them held then."""
    rows = db.session.scalars(
        select(UnitVersion)
        .where(UnitVersion.valid_to >= on)
        .order_by(UnitVersion.valid_to.desc(), UnitVersion.id.desc())
    )
    return {row.unit_id: row for row in rows}


def _place(unit: Unit, past: UnitVersion | None, on: date) -> Place:
    facts = past or unit
    begun = unit.valid_from <= on and unit.withdrawn_at is None
    in_force = begun and (unit.valid_to is None or unit.valid_to >= on)
    return Place(unit.id, facts.name, facts.kind, facts.parent_id, in_force)


class Heirs:
    """Who takes the place of the units that have ended before a day, or never were."""

    def __init__(self, on: date) -> None:
        self._next: dict[int, list[int]] = {}
        rows = db.session.execute(
            select(UnitSuccession.old_id, UnitSuccession.new_id, Unit.valid_to, Unit.withdrawn_at)
            .join(Unit, Unit.id == UnitSuccession.old_id)
            .order_by(UnitSuccession.old_id, UnitSuccession.rank, UnitSuccession.new_id)
        )
        for old, new, valid_to, withdrawn in rows:
            if withdrawn or (valid_to is not None and valid_to < on):
                self._next.setdefault(old, []).append(new)

    def is_divided(self, unit_id: int) -> bool:
        """Whether people counted in a unit may be in one of several now."""
        return any(len(self._next.get(one, ())) > 1 for one in self._chain(unit_id))

    def main(self, unit_id: int) -> int:
        """The unit that stands for this one, following main successors."""
        return self._chain(unit_id)[-1]

    def of_person(self, unit_id: int, homes: dict[int, int]) -> int:
        """The same for one person, whose `homes` say where they went from divided units."""
        return self._chain(unit_id, homes)[-1]

    def divided(self, unit_ids: Iterable[int]) -> set[int]:
        """Those of these units for which each person must be looked at."""
        return {one for one in unit_ids if self.is_divided(one)}

    def _chain(self, unit_id: int, homes: dict[int, int] | None = None) -> list[int]:
        chain = [unit_id]
        for _ in range(LONGEST_CHAIN):
            following = self._next.get(chain[-1])
            if not following:
                break
            home = (homes or {}).get(chain[-1])
            chain.append(home if home in following else following[0])
        return chain


def homes_of(person_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """{person: {divided unit: the successor where they belong}}."""
    found: dict[int, dict[int, int]] = {}
    ids = sorted(set(person_ids))
    for start in range(0, len(ids), 10_000):
        rows = db.session.execute(
            select(Placement.person_id, Placement.old_id, Placement.new_id).where(
                Placement.person_id.in_(ids[start : start + 10_000])
            )
        )
        for person, old, new in rows:
            found.setdefault(person, {})[old] = new
    return found
