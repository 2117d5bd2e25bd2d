"""Reads of the count: whom a course counts for, and rollups by unit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from app.accounts.models import Person
from app.content.programme import Indicator
from app.counts.models import Attainment, Denominator, Target, VneidConfirmation
from app.extensions import db
from app.units.models import Membership, Unit
from app.units.queries import EVERYWHERE, in_force, today, within
from app.units.standing import Heirs, homes_of


class Claim(NamedTuple):
    """An indicator that an award counts for, and the unit (None: unknown) it counts in."""

    indicator: str
    unit_id: int | None


def claims(
    person: Person, indicators: Sequence[Indicator], memberships: Sequence[Membership], on: date
) -> list[Claim]:
    """For which of these indicators a person counts, and where, on that day."""
    found = []
    for indicator in indicators:
        places = [m for m in memberships if m.kind == indicator.place]
        if indicator.unit_kinds:
            places = [m for m in places if m.unit.kind in indicator.unit_kinds]
        if not _old_enough(person, indicator, on):
            continue
        if places:
            found.append(Claim(indicator.id, places[0].unit_id))
        elif indicator.place == "residence":
            # everyone lives somewhere: counted for the province, commune unknown
            found.append(Claim(indicator.id, None))
    return found


def _old_enough(person: Person, indicator: Indicator, on: date) -> bool:
    if person.birth_date is None:
        # an office listed this person as staff; a resident must say how old
        return indicator.place != "residence" or indicator.min_age == 0
    born = person.birth_date
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= indicator.min_age


class Rollup(NamedTuple):
    """Distinct persons of one unit, indicator and evidence level."""

    indicator: str
    unit_id: int | None
    evidence: str
    persons: int


def rollups(paths: tuple[str, ...] = (EVERYWHERE,)) -> list[Rollup]:
    """Attainments counted by indicator, leaf unit and evidence; the leaves sum to the total."""
    query = (
        select(
            Attainment.indicator,
            Attainment.unit_id,
            Attainment.evidence,
            func.count(Attainment.person_id),
        )
        .group_by(Attainment.indicator, Attainment.unit_id, Attainment.evidence)
        .order_by(Attainment.indicator, Attainment.unit_id, Attainment.evidence)
    )
    if paths != (EVERYWHERE,):
        query = query.join(Unit, Unit.id == Attainment.unit_id).where(within(paths))
    return [Rollup(*row) for row in db.session.execute(query)]


class Tally(NamedTuple):
    """Distinct persons of an indicator and evidence level at one leaf (None: unknown).

    `path`: where the leaf stands in today's tree.
    """

    indicator: str
    unit_id: int | None
    evidence: str
    persons: int
    path: str | None = None


def tallies(on: date, indicator: str | None = None) -> list[Tally]:
    """All attainments reached by that day (of one indicator), at the units of that day.

    Who was counted in a unit that has ended by then counts in what took its place; from a
    divided unit everyone goes where they belong. The leaves sum to the persons counted.
    """
    group = (Attainment.indicator, Attainment.unit_id, Attainment.evidence)
    query = (
        select(
            *group, func.count(Attainment.person_id), Unit.path, Unit.valid_to, Unit.withdrawn_at
        )
        .outerjoin(Unit, Unit.id == Attainment.unit_id)
        .where(Attainment.attained_on <= on)
        .group_by(*group, Unit.path, Unit.valid_to, Unit.withdrawn_at)
        .order_by(*group)
    )
    if indicator:
        query = query.where(Attainment.indicator == indicator)
    rows = db.session.execute(query).all()
    # mergers are rare: what became of units is read only when somebody is counted in an ended one
    gone = any(row.valid_to or row.withdrawn_at for row in rows)
    found = [Tally(*row[:5]) for row in rows]
    return _at_home(found, Heirs(on), on) if gone else found


def _at_home(counted: list[Tally], heirs: Heirs, on: date) -> list[Tally]:
    divided = heirs.divided({tally.unit_id for tally in counted if tally.unit_id})
    found = Counter[tuple[str, int | None, str]]()
    for indicator, unit_id, evidence, persons, _ in counted:
        if unit_id not in divided:
            home = heirs.main(unit_id) if unit_id else None
            found[indicator, home, evidence] += persons
    wanted = {tally.indicator for tally in counted if tally.unit_id in divided}
    for person, indicator, unit_id, evidence in _counted_in(divided, wanted, on):
        found[indicator, heirs.of_person(unit_id, person), evidence] += 1
    paths = dict(
        db.session.execute(
            select(Unit.id, Unit.path).where(Unit.id.in_({unit for _, unit, _ in found if unit}))
        )
        .tuples()
        .all()
    )
    return [
        Tally(*key, persons, paths[key[1]] if key[1] else None) for key, persons in found.items()
    ]


def _counted_in(
    unit_ids: set[int], indicators: set[str], on: date
) -> Iterator[tuple[dict[int, int], str, int, str]]:
    """Each attainment in these units, with where its person belongs."""
    rows = db.session.execute(
        select(
            Attainment.person_id, Attainment.indicator, Attainment.unit_id, Attainment.evidence
        ).where(
            Attainment.unit_id.in_(sorted(unit_ids)),
            Attainment.indicator.in_(sorted(indicators)),
            Attainment.attained_on <= on,
        )
    ).all()
    homes = homes_of(row.person_id for row in rows)
    for person, indicator, unit_id, evidence in rows:
        yield homes.get(person, {}), indicator, unit_id, evidence


@dataclass(frozen=True)
class Measure:
    """The latest denominator of an indicator in a unit."""

    value: int
    source: str
    as_of: date


def denominators(on: date) -> dict[tuple[str, int], Measure]:
    """The latest denominators known on that day, by (indicator, unit id)."""
    rows = db.session.scalars(
        select(Denominator)
        .where(Denominator.as_of <= on)
        .order_by(Denominator.as_of, Denominator.id)
    )
    return {(r.indicator, r.unit_id): Measure(r.value, r.source, r.as_of) for r in rows}


def targets(year: int) -> dict[tuple[str, int], Target]:
    """The targets in force in a year (the year's own or the latest before), by the same key."""
    rows = db.session.scalars(
        select(Target).where(Target.year <= year).order_by(Target.year, Target.id)
    )
    return {(target.indicator, target.unit_id): target for target in rows}


def vneid_confirmed(paths: tuple[str, ...] = (EVERYWHERE,), on: date | None = None) -> int:
    """How many persons living in these subtrees are recorded as confirmed on VNeID.

    `on`: who lived there and was confirmed by that day (today).
    """
    day = on or today()
    query = select(func.count(func.distinct(VneidConfirmation.person_id)))
    if on:
        query = query.where(VneidConfirmation.confirmed_on <= on)
    if paths != (EVERYWHERE,):
        query = (
            query.join(Membership, Membership.person_id == VneidConfirmation.person_id)
            .join(Unit, Unit.id == Membership.unit_id)
            .where(within(paths), Membership.kind == "residence", in_force(Membership, day))
        )
    return db.session.scalars(query).one()


def attainments() -> dict[tuple[int, str], tuple[int | None, str, int]]:
    """Every attainment as {(person, indicator): (unit, evidence, award)}, for the rebuild."""
    rows = db.session.execute(
        select(
            Attainment.person_id,
            Attainment.indicator,
            Attainment.unit_id,
            Attainment.evidence,
            Attainment.award_id,
        ).order_by(Attainment.id)
    )
    return {
        (person, indicator): (unit, evidence, award)
        for person, indicator, unit, evidence, award in rows
    }
