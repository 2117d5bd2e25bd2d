"""Reads of the unit tree: by code and date, subtrees, memberships, what a role may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import contains_eager

from app.accounts.models import Role
from app.accounts.signed_in import SignedIn
from app.db import columns
from app.extensions import db
from app.lib import clock
from app.lib.dates import local_date
from app.lib.vietnamese import fold
from app.units.models import (
    COMMUNE_KINDS,
    WORKPLACE_KINDS,
    Membership,
    TeamMember,
    Unit,
    UnitSuccession,
)

EVERYWHERE = "/"
# more names than one reads; a large commune has a team in each village
MOST_OF_A_TEAM = 40


def today() -> date:
    """Today's date where the province is."""
    return local_date(clock.now())


def in_force(model: type[Unit] | type[Membership], on: date) -> ColumnElement[bool]:
    """A condition: the row of this dated table is valid on that day."""
    dated = and_(model.valid_from <= on, or_(model.valid_to.is_(None), model.valid_to >= on))
    return and_(dated, Unit.withdrawn_at.is_(None)) if model is Unit else dated


def within(paths: Iterable[str]) -> ColumnElement[bool]:
    """A condition: the unit lies in one of these subtrees; no path means no unit."""
    return or_(False, *(Unit.path.startswith(path, autoescape=True) for path in paths))


def unit_by_code(code: str, on: date | None = None) -> Unit | None:
    """The unit that bears this code on that day (today), or None."""
    return db.session.scalars(
        select(Unit)
        .where(Unit.code == code, in_force(Unit, on or today()))
        .order_by(Unit.valid_from.desc())
        .limit(1)
    ).one_or_none()


def waiting_unit(code: str) -> Unit | None:
    """The unit that bore this code last, while nothing has taken its place yet, or None."""
    followed = exists().where(UnitSuccession.old_id == Unit.id)
    return db.session.scalars(
        select(Unit)
        .where(Unit.code == code, Unit.valid_to < today(), Unit.withdrawn_at.is_(None), ~followed)
        .order_by(Unit.valid_to.desc(), Unit.id.desc())
        .limit(1)
    ).one_or_none()


def unit(unit_id: int) -> Unit | None:
    """The unit with this id, or None."""
    return db.session.get(Unit, unit_id)


def communes(on: date | None = None) -> list[Unit]:
    """The communes, wards and special zones of that day (today), by name."""
    return _of_kinds(COMMUNE_KINDS, on)


def workplaces(on: date | None = None) -> list[Unit]:
    """The agencies, schools, enterprises … of that day (today), by name."""
    return _of_kinds(WORKPLACE_KINDS, on)


def _of_kinds(kinds: tuple[str, ...], on: date | None) -> list[Unit]:
    return list(
        db.session.scalars(
            select(Unit)
            .where(Unit.kind.in_(kinds), in_force(Unit, on or today()))
            .order_by(Unit.name_sort, Unit.id)
        )
    )


def province(on: date | None = None) -> Unit | None:
    """The root of the tree on that day (today), or None before any import."""
    return db.session.scalars(
        select(Unit)
        .where(Unit.parent_id.is_(None), in_force(Unit, on or today()))
        .order_by(Unit.id)
        .limit(1)
    ).one_or_none()


def scope(person: SignedIn, *allowed: Role) -> tuple[str, ...]:
    """The subtrees (paths) in which a person holds one of these roles; ("/",) is everywhere."""
    held = [grant for grant in person.grants if grant.in_force and grant.role in allowed]
    if any(grant.unit_id is None for grant in held):
        return (EVERYWHERE,)
    ids = {grant.unit_id for grant in held}
    return tuple(db.session.scalars(select(Unit.path).where(Unit.id.in_(ids)).order_by(Unit.path)))


def units_in(paths: tuple[str, ...], on: date | None = None) -> list[Unit]:
    """The units of these subtrees on that day (today), in the order of the tree."""
    return list(
        db.session.scalars(
            select(Unit)
            .where(within(paths), in_force(Unit, on or today()))
            .order_by(Unit.path, Unit.id)
        )
    )


def unit_within(unit_id: int, paths: tuple[str, ...]) -> Unit | None:
    """The unit with this id when it lies in one of these subtrees, else None."""
    return db.session.scalars(select(Unit).where(Unit.id == unit_id, within(paths))).one_or_none()


def memberships(person_id: int, on: date | None = None) -> list[Membership]:
    """Where a person lives, works and studies on that day (today), units loaded, oldest first."""
    return list(
        db.session.scalars(
            select(Membership)
            .join(Membership.unit)
            .options(contains_eager(Membership.unit))
            .where(Membership.person_id == person_id, in_force(Membership, on or today()))
            .order_by(Membership.id)
        )
    )


def lives_somewhere(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: it is known where this person lives on the day bound as `today`."""
    place = columns(Membership)
    return exists().where(
        place.person_id == person_id,
        place.kind == "residence",
        place.valid_from <= bindparam("today"),
        or_(place.valid_to.is_(None), place.valid_to >= bindparam("today")),
    )


def unit_named(name: str, paths: tuple[str, ...]) -> Unit | None:
    """The one unit of these subtrees with this name, marks and case ignored; None if unclear."""
    found: list[Any] = list(
        db.session.scalars(
            select(Unit)
            .where(Unit.name_fold == fold(name), within(paths), in_force(Unit, today()))
            .order_by(Unit.id)
            .limit(2)
        )
    )
    return found[0] if len(found) == 1 else None


def team(unit_id: int) -> list[TeamMember]:
    """Whom the people of a unit may call, by given name."""
    return list(
        db.session.scalars(
            select(TeamMember)
            .where(TeamMember.unit_id == unit_id, TeamMember.removed_at.is_(None))
            .order_by(TeamMember.name_sort, TeamMember.id)
            .limit(MOST_OF_A_TEAM)
        )
    )


def team_near(person_id: int) -> tuple[Unit | None, list[TeamMember]]:
    """The commune where somebody lives today and whom its people may call; nobody known: []."""
    home = next((m.unit for m in memberships(person_id) if m.kind == "residence"), None)
    return home, team(home.id) if home else []


def team_member(member_id: int, paths: tuple[str, ...]) -> TeamMember | None:
    """Somebody on the list of a unit in these subtrees, or None."""
    return db.session.scalars(
        select(TeamMember)
        .join(Unit, Unit.id == TeamMember.unit_id)
        .where(TeamMember.id == member_id, TeamMember.removed_at.is_(None), within(paths))
    ).one_or_none()


def team_member_by_phone(unit_id: int, phone: str) -> TeamMember | None:
    """Who is on a unit's list with this phone, or None."""
    return db.session.scalars(
        select(TeamMember).where(
            TeamMember.unit_id == unit_id,
            TeamMember.phone == phone,
            TeamMember.removed_at.is_(None),
        )
    ).one_or_none()
