"""Reads of the board: what a place has reached, and how its parts share in it.

People are counted where an award put them; who was counted in a unit that has ended counts in
what took its place. So reports follow today's structure, or that of any day before, and every
sum stays what it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from app.board.figures import Breakdown, Figure, Order, Row, arranged, by_level
from app.content.programme import Indicator
from app.counts.models import Evidence, Target
from app.counts.queries import Measure, Tally, denominators, tallies, targets, vneid_confirmed
from app.extensions import db
from app.lib.messages import message
from app.units.models import COMMUNE_KINDS, Unit
from app.units.queries import EVERYWHERE, in_force, province, today, unit_within, within
from app.units.standing import Standing

UNKNOWN = message("Chưa rõ xã, phường")


@dataclass(frozen=True)
class Place:
    """The unit a board is about; `whole`: all of the province, unknown communes included.

    `day`: as it was then (None: today). Of the whole province of a day before the provinces
    were merged, the parts are the communes of both.
    """

    unit: Unit
    whole: bool
    day: date | None = None

    @property
    def on(self) -> date:
        """The day whose structure and counts are shown."""
        return self.day or today()

    @property
    def paths(self) -> tuple[str, ...]:
        """The subtrees of the place, as other rooms' queries take them."""
        return (EVERYWHERE,) if self.whole else (self.unit.path,)


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


def place(unit_id: int, paths: tuple[str, ...], day: date | None = None) -> Place | None:
    """The place of a unit in this scope; None for an unknown unit and one outside."""
    unit = unit_within(unit_id, paths)
    return place_of(unit, day) if unit else None


def place_of(unit: Unit, day: date | None = None) -> Place:
    """The place of a unit, as on a day (today): today's root is the whole province."""
    ended = unit.valid_to is not None and unit.valid_to < today()
    return Place(unit, unit.parent_id is None and not ended, day)


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
    tree = _Tree(place)
    counted = [tally for tally in tallies(place.on) if tree.holds(tally)]
    figure = _figures(place.on, tree.above)
    return [
        (item, figure(item.id, place.unit, (t for t in counted if t.indicator == item.id)))
        for item in indicators
    ]


def breakdown(place: Place, indicator: Indicator, order: Order = Order.NAME) -> Breakdown:
    """An indicator by the communes of the province, or by the units right below another place.

    Persons who are counted in none of these parts stand in rows of their own, last.
    """
    tree = _Tree(place)
    counted = [tally for tally in tallies(place.on, indicator.id) if tree.holds(tally)]
    figure = _figures(place.on, tree.above)
    parts = tree.parts()
    by_part: dict[int | None, list[Tally]] = {}
    for tally in counted:
        by_part.setdefault(tree.part(tally, parts), []).append(tally)
    rows = [
        Row(name, figure(indicator.id, unit, by_part.get(unit.id, ())), unit)
        for unit, name in parts.values()
    ]
    others = [
        Row(title, Figure(_levels(by_part.get(key, ())))) for key, title in _other_rows(place)
    ]
    return Breakdown(arranged(rows, order) + others, figure(indicator.id, place.unit, counted))


def vneid(place: Place) -> int:
    """How many persons of the place are recorded as confirmed on VNeID: never added to a count."""
    return vneid_confirmed(place.paths, place.day)


class _Tree:
    """The tree in which a place is shown: today's, or as it was on the place's day."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.past = Standing(place.day) if place.day else None

    def above(self, unit: Unit) -> list[int]:
        """The ids from the root down to a unit."""
        return _ids(self.past.path(unit.id) if self.past else unit.path)

    def holds(self, tally: Tally) -> bool:
        """Whether the persons of a tally are counted in the place."""
        return self.place.whole or self.place.unit.id in self._above(tally)

    def _above(self, tally: Tally) -> list[int]:
        if self.past and tally.unit_id:
            return _ids(self.past.path(tally.unit_id))
        return _ids(tally.path or "")

    def parts(self) -> dict[int, tuple[Unit, str]]:
        """The units by which the place is broken down, by id, with their names, by name."""
        if self.past:
            places = self.past.communes() if self.place.whole else None
            places = places or self.past.parts_of(self.place.unit.id)
            return {one: (self.past.units[one], place.name) for one, place in places.items()}
        unit = self.place.unit
        kind = Unit.kind.in_(COMMUNE_KINDS) if self.place.whole else Unit.parent_id == unit.id
        rows = db.session.scalars(
            select(Unit)
            .where(kind, within([unit.path]), in_force(Unit, today()))
            .order_by(Unit.name_sort, Unit.id)
        )
        return {unit.id: (unit, unit.name) for unit in rows}

    def part(self, tally: Tally, parts: dict[int, tuple[Unit, str]]) -> int | None:
        """The part that holds a tally's persons, else the place itself, else None (unknown)."""
        if tally.unit_id is None:
            return None
        path = self._above(tally)
        if self.past is None and self.place.unit.id not in path:
            return None
        return next((key for key in path if key in parts), self.place.unit.id)


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _other_rows(place: Place) -> list[tuple[int | None, str]]:
    direct = (place.unit.id, message("Thuộc thẳng %(unit)s", unit=place.unit.name))
    return [direct, (None, UNKNOWN)] if place.whole else [direct]


def _figures(
    on: date, above: Callable[[Unit], list[int]]
) -> Callable[[str, Unit, Iterable[Tally]], Figure]:
    """A maker of figures with the denominators and targets known on that day."""
    measures, aims = denominators(on), targets(on.year)

    def figure(indicator: str, unit: Unit, counted: Iterable[Tally]) -> Figure:
        return Figure(
            _levels(counted),
            measures.get((indicator, unit.id)),
            _target(indicator, unit.id, above(unit), aims),
        )

    return figure


def _levels(counted: Iterable[Tally]) -> dict[Evidence, int]:
    return by_level((tally.evidence, tally.persons) for tally in counted)


def _target(
    indicator: str, own_id: int, path: list[int], aims: dict[tuple[str, int], Target]
) -> Target | None:
    """The unit's own target, else the percentage that an area above it set for all."""
    for unit_id in reversed(path):
        target = aims.get((indicator, unit_id))
        if target and (unit_id == own_id or target.kind == "percent"):
            return target
    return None


def denominator(indicator: str, unit_id: int) -> Measure | None:
    """The latest denominator of an indicator in a unit, or None."""
    return denominators(today()).get((indicator, unit_id))
