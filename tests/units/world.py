"""A small province whose units change: two wards, an office and a village, people in each."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.accounts.actions import add_person
from app.accounts.models import Grant, Person
from app.counts.actions import attain
from app.counts.models import Evidence
from app.counts.queries import tallies
from app.extensions import db
from app.units.actions import UnitRow, add_unit, join
from app.units.models import Membership, TeamMember, Unit, UnitSuccession
from app.units.operation_models import Placement, UnitVersion
from app.units.planning import Act
from app.units.queries import in_force, today

BEGAN = date(2020, 1, 1)
ADULTS = "nguoi-truong-thanh"


@dataclass
class World:
    """The units by name."""

    root: Unit
    an: Unit
    binh: Unit
    village: Unit
    office: Unit


def build() -> World:
    """The tree; nobody in it."""
    root = unit("48", "Thành phố Đà Nẵng", "Thành phố", None)
    an, binh = unit("A", "Xã An", "Xã", root), unit("B", "Xã Bình", "Xã", root)
    village = unit("A-1", "Thôn Một", "Thôn", an)
    return World(root, an, binh, village, unit("CQ", "Văn phòng xã An", "Cơ quan", an))


def unit(code: str, name: str, kind: str, parent: Unit | None) -> Unit:
    """A unit that was there long ago."""
    return add_unit(UnitRow(code, name, kind, valid_from=BEGAN), parent)


def person(home: Unit, kind: str = "residence", on: date = BEGAN) -> Person:
    """Somebody new who belongs there."""
    one = add_person("Bh'riu Thị Zơrâm", birth_date=date(1970, 1, 1))
    join(one, home, kind, on=on)
    return one


def count(one: Person, unit_id: int | None, on: date | None = None) -> None:
    """The person reaches the indicator of the tests; the award has the number of the person."""
    attain(one.id, ADULTS, unit_id, Evidence.SELF, one.id, on or today())


def act(days_ago: int = 0) -> Act:
    """A decision in force since some days."""
    return Act("12/QĐ-UBND", today() - timedelta(days=days_ago))


def leaves(on: date | None = None) -> dict[str, int]:
    """Persons counted by the name of their leaf ("": unknown)."""
    names = dict(db.session.execute(select(Unit.id, Unit.name)).tuples().all())
    found: dict[str, int] = {}
    for tally in tallies(on or today()):
        name = names.get(tally.unit_id, "")
        found[name] = found.get(name, 0) + tally.persons
    return found


def people_of(one: Unit) -> set[int]:
    """Who belongs to a unit itself today."""
    db.session.flush()
    query = select(Membership.person_id).where(Membership.unit_id == one.id)
    return set(db.session.scalars(query.where(in_force(Membership, today()))))


def picture() -> dict[str, list[str]]:
    """Everything that undoing must restore: what is in force, and nothing of what was withdrawn."""
    db.session.flush()
    db.session.expire_all()
    gone = select(Unit.id).where(Unit.withdrawn_at.is_not(None))
    wanted = {
        "unit": select(Unit.__table__).where(Unit.withdrawn_at.is_(None)),
        "membership": select(Membership.__table__),
        "role": select(Grant.person_id, Grant.role, Grant.unit_id).where(Grant.ended_at.is_(None)),
        "team": select(TeamMember.__table__),
        "link": select(UnitSuccession.__table__).where(UnitSuccession.old_id.not_in(gone)),
        "version": select(UnitVersion.__table__),
        "placement": select(Placement.__table__).where(Placement.old_id.not_in(gone)),
    }
    return {name: sorted(map(str, db.session.execute(query))) for name, query in wanted.items()}
