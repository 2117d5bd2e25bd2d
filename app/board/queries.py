"""Reads of the board: what a place has reached, and how its parts share in it.

People are counted where an award put them; a unit that was merged into one other since then
counts there, so that reports follow today's structure and every sum stays what it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select

from app.board.figures import Breakdown, Figure, Order, Row, arranged, by_level
from app.content.programme import Indicator
from app.counts.models import Attainment, Evidence, Target
from app.counts.queries import Measure, denominators, targets, vneid_confirmed
from app.extensions import db
from app.lib.messages import message
from app.units.models import COMMUNE_KINDS, Unit, UnitSuccession
from app.units.queries import EVERYWHERE, in_force, province, today, unit_within, within

MERGERS_FOLLOWED = 8
UNKNOWN = message("Chưa rõ xã, phường")


@dataclass(frozen=True)
class Place:
    """The unit a board is about; `whole`: all of the province, unknown communes included."""

    unit: Unit
    whole: bool

    @property
    def paths(self) -> tuple[str, ...]:
        """The subtrees of the place, as other rooms' queries take them."""
        return (EVERYWHERE,) if self.whole else (self.unit.path,)

    def holds(self, path: str | None) -> bool:
        """Whether a person counted at this path (None: unknown) is counted in the place."""
        return self.whole or (path is not None and path.startswith(self.unit.path))


class Tally(NamedTuple):
    """Distinct persons of an indicator and evidence level at one leaf (None: unknown)."""

    indicator: str
    path: str | None
    evidence: str
    persons: int


def own_units(paths: tuple[str, ...]) -> list[Unit]:
    """The units at the top of a scope, by name: where a person's boards begin."""
    if EVERYWHERE in paths:
        root = province()
        return [root] if root else []
    return list(
        db.session.scalars(
            select(Unit).where(Unit.path.in_(paths)).order_by(Unit.name_sort, Unit.id)
        )
    )


def place(unit_id: int, paths: tuple[str, ...]) -> Place | None:
    """The place of a unit in this scope; None for an unknown unit and one outside."""
    unit = unit_within(unit_id, paths)
    return place_of(unit) if unit else None


def place_of(unit: Unit) -> Place:
    """The place of a unit: the root of today's tree is the whole province."""
    ended = unit.valid_to is not None and unit.valid_to < today()
    return Place(unit, unit.parent_id is None and not ended)


def areas(paths: tuple[str, ...]) -> list[Unit]:
    """The province and the communes of today in these subtrees, the widest first, then by name."""
    return list(
        db.session.scalars(
            select(Unit)
            .where(
                or_(Unit.parent_id.is_(None), Unit.kind.in_(COMMUNE_KINDS)),
                within(paths),
                in_force(Unit, today()),
            )
            .order_by(Unit.parent_id.is_not(None), Unit.name_sort, Unit.id)
        )
    )


def overview(place: Place, indicators: Iterable[Indicator]) -> list[tuple[Indicator, Figure]]:
    """Each indicator with what the place has reached, in the order given."""
    counted = [tally for tally in _tallies() if place.holds(tally.path)]
    figure = _figures(today())
    return [
        (item, figure(item.id, place.unit, (t for t in counted if t.indicator == item.id)))
        for item in indicators
    ]


def breakdown(place: Place, indicator: Indicator, order: Order = Order.NAME) -> Breakdown:
    """An indicator by the communes of the province, or by the units right below another place.

    Persons who are counted in none of these parts stand in rows of their own, last.
    """
    parts = _parts(place)
    counted = [tally for tally in _tallies(indicator.id) if place.holds(tally.path)]
    figure = _figures(today())
    by_part: dict[int | None, list[Tally]] = {}
    for tally in counted:
        by_part.setdefault(_part(tally.path, place, parts), []).append(tally)
    rows = [
        Row(unit.name, figure(indicator.id, unit, by_part.get(unit.id, ())), unit)
        for unit in parts.values()
    ]
    others = [
        Row(title, Figure(_levels(by_part.get(key, ())))) for key, title in _other_rows(place)
    ]
    return Breakdown(arranged(rows, order) + others, figure(indicator.id, place.unit, counted))


def vneid(place: Place) -> int:
    """How many persons of the place are recorded as confirmed on VNeID: never added to a count."""
    return vneid_confirmed(place.paths)


def _parts(place: Place) -> dict[int, Unit]:
    """The units by which a place is broken down, by id, in the order of their names."""
    kind = Unit.kind.in_(COMMUNE_KINDS) if place.whole else Unit.parent_id == place.unit.id
    rows = db.session.scalars(
        select(Unit)
        .where(kind, within([place.unit.path]), in_force(Unit, today()))
        .order_by(Unit.name_sort, Unit.id)
    )
    return {unit.id: unit for unit in rows}


def _part(path: str | None, place: Place, parts: dict[int, Unit]) -> int | None:
    """The part in which a path lies, else the place itself, else None (unknown)."""
    if path is None or not path.startswith(place.unit.path):
        return None
    return next((key for key in _ids(path) if key in parts), place.unit.id)


def _other_rows(place: Place) -> list[tuple[int | None, str]]:
    direct = (place.unit.id, message("Thuộc thẳng %(unit)s", unit=place.unit.name))
    return [direct, (None, UNKNOWN)] if place.whole else [direct]


def _tallies(indicator: str | None = None) -> list[Tally]:
    """All attainments (of one indicator) by leaf and evidence, at their place of today."""
    query = (
        select(
            Attainment.indicator,
            Unit.path,
            Attainment.evidence,
            func.count(Attainment.person_id),
            Unit.valid_to,
        )
        .outerjoin(Unit, Unit.id == Attainment.unit_id)
        .group_by(Attainment.indicator, Unit.path, Attainment.evidence, Unit.valid_to)
        .order_by(Attainment.indicator, Unit.path, Attainment.evidence)
    )
    if indicator:
        query = query.where(Attainment.indicator == indicator)
    rows = db.session.execute(query).all()
    # mergers are rare: their table is read only when somebody is counted in an ended unit
    successors = _successors() if any(row.valid_to for row in rows) else {}
    return [Tally(row[0], _path_today(row.path, successors), row.evidence, row[3]) for row in rows]


def _successors() -> dict[int, str]:
    """{id of an old unit: path of the one unit it was merged into}; split units are left out."""
    rows = db.session.execute(
        select(UnitSuccession.old_id, func.min(Unit.path))
        .join(Unit, Unit.id == UnitSuccession.new_id)
        .group_by(UnitSuccession.old_id)
        .having(func.count() == 1)
        .order_by(UnitSuccession.old_id)
    )
    return dict(rows.tuples().all())


def _path_today(path: str | None, successors: dict[int, str]) -> str | None:
    for _ in range(MERGERS_FOLLOWED):
        ids = reversed(_ids(path or ""))
        following = next((successors[key] for key in ids if key in successors), None)
        if following is None:
            break
        path = following
    return path


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _figures(on: date) -> Callable[[str, Unit, Iterable[Tally]], Figure]:
    """A maker of figures with the denominators and targets known on that day."""
    measures, aims = denominators(on), targets(on.year)

    def figure(indicator: str, unit: Unit, counted: Iterable[Tally]) -> Figure:
        return Figure(
            _levels(counted),
            measures.get((indicator, unit.id)),
            _target(indicator, unit, aims),
        )

    return figure


def _levels(counted: Iterable[Tally]) -> dict[Evidence, int]:
    return by_level((tally.evidence, tally.persons) for tally in counted)


def _target(indicator: str, unit: Unit, aims: dict[tuple[str, int], Target]) -> Target | None:
    """The unit's own target, else the percentage that an area above it set for all."""
    for unit_id in reversed(_ids(unit.path)):
        target = aims.get((indicator, unit_id))
        if target and (unit_id == unit.id or target.kind == "percent"):
            return target
    return None


def denominator(indicator: str, unit_id: int) -> Measure | None:
    """The latest denominator of an indicator in a unit, or None."""
    return denominators(today()).get((indicator, unit_id))
