"""Reads about possible twins: whom somebody may decide on, and what was proposed.

Somebody decides where one of the two is among their own people and the other one is nobody
else's: no other office has them on its list. What lies between two offices is decided above.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from app.accounts.models import Credential, Person
from app.accounts.queries import holders_of_roles
from app.extensions import db
from app.learning.models import Enrolment
from app.lib.paging import Page, offset
from app.persons.models import PersonMerge, TwinProposal
from app.units.card_desk import STAFF_KINDS, CardDesk
from app.units.models import Membership, Unit
from app.units.queries import EVERYWHERE, in_force, memberships, today, within

PER_PAGE = 20


@dataclass(frozen=True)
class Record:
    """One of two records as it may be shown beside the other."""

    person: Person
    places: list[Membership]
    signs_in: bool
    courses: int


def seen(desk: CardDesk) -> ColumnElement[bool]:
    """A condition on Membership and Unit: this desk has the person on its list today."""
    as_staff = and_(within(desk.staff_of), Membership.kind.in_(STAFF_KINDS))
    return and_(in_force(Membership, today()), or_(within(desk.all_of), as_staff))


def own_people(desk: CardDesk) -> Select[tuple[int]] | None:
    """The ids of a desk's own people; None: everybody."""
    if EVERYWHERE in desk.all_of:
        return None
    place = select(Membership.person_id).join(Unit, Unit.id == Membership.unit_id)
    return place.where(seen(desk))


def may_decide(desk: CardDesk, one: Any, other: Any) -> ColumnElement[bool]:
    """A condition on two (aliased) persons: this desk may say whether they are one."""
    mine = own_people(desk)
    if mine is None:
        return true()
    return and_(
        or_(one.id.in_(mine), other.id.in_(mine)),
        not_(_elsewhere(desk, one)),
        not_(_elsewhere(desk, other)),
    )


def _elsewhere(desk: CardDesk, person: Any) -> ColumnElement[bool]:
    """Somebody else has them on a list. Where one lives is no matter of a personnel officer."""
    kinds = Membership.kind.in_(STAFF_KINDS) if desk.staff_of else true()
    return exists().where(
        Membership.person_id == person.id,
        Membership.unit_id == Unit.id,
        in_force(Membership, today()),
        kinds,
        not_(seen(desk)),
    )


def pair(desk: CardDesk, one_id: int, other_id: int) -> tuple[Person, Person] | None:
    """Two records that stand by themselves and on which this desk may decide, else None."""
    one, other = aliased(Person), aliased(Person)
    row = db.session.execute(
        select(one, other).where(
            one.id == one_id,
            other.id == other_id,
            one.id != other.id,
            one.merged_into.is_(None),
            other.merged_into.is_(None),
            may_decide(desk, one, other),
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def proposals(desk: CardDesk, number: int) -> Page[tuple[TwinProposal, Person, Person]]:
    """Page `number` of what is open for this desk: what is most alike first."""
    low, high = aliased(Person), aliased(Person)
    condition = and_(
        TwinProposal.decision.is_(None),
        low.merged_into.is_(None),
        high.merged_into.is_(None),
        may_decide(desk, low, high),
    )
    query = (
        select(TwinProposal, low, high)
        .join(low, low.id == TwinProposal.low_id)
        .join(high, high.id == TwinProposal.high_id)
        .where(condition)
    )
    total = db.session.scalar(select(func.count()).select_from(_only_ids(query))) or 0
    rows = db.session.execute(
        query.order_by(TwinProposal.alike, low.name_sort, TwinProposal.low_id, TwinProposal.high_id)
        .limit(PER_PAGE)
        .offset(offset(number, PER_PAGE))
    )
    return Page([(row[0], row[1], row[2]) for row in rows], number, PER_PAGE, total)


def _only_ids(query: Select[Any]) -> FromClause:
    return query.with_only_columns(TwinProposal.low_id, TwinProposal.high_id).subquery()


def record(person: Person) -> Record:
    """What tells one of two records from the other; nothing that only its own office knows."""
    mine = Credential.person_id == person.id
    taken = select(func.count()).where(Enrolment.person_id == person.id)
    return Record(
        person,
        memberships(person.id),
        bool(db.session.scalar(select(exists().where(mine)))),
        db.session.scalar(taken) or 0,
    )


def holds_role(one: Person, other: Person) -> bool:
    """Whether one of them holds a role: only the whole province's administrator decides then."""
    return bool(holders_of_roles([one.id, other.id]))


def merges(desk: CardDesk, number: int) -> Page[tuple[PersonMerge, Person, Person]]:
    """Page `number` of what was merged into this desk's people, newest first."""
    old, new = aliased(Person), aliased(Person)
    mine = own_people(desk)
    condition = true() if mine is None else new.id.in_(mine)
    query = (
        select(PersonMerge, old, new)
        .join(old, old.id == PersonMerge.old_id)
        .join(new, new.id == PersonMerge.new_id)
        .where(condition)
    )
    ids = query.with_only_columns(PersonMerge.id).subquery()
    total = db.session.scalar(select(func.count()).select_from(ids)) or 0
    rows = db.session.execute(
        query.order_by(PersonMerge.id.desc()).limit(PER_PAGE).offset(offset(number, PER_PAGE))
    )
    return Page([(row[0], row[1], row[2]) for row in rows], number, PER_PAGE, total)


def merge_of(desk: CardDesk, merge_id: int) -> tuple[PersonMerge, Person, Person] | None:
    """One merge into one of this desk's people, with both records, or None."""
    mine = own_people(desk)
    old, new = aliased(Person), aliased(Person)
    row = db.session.execute(
        select(PersonMerge, old, new)
        .join(old, old.id == PersonMerge.old_id)
        .join(new, new.id == PersonMerge.new_id)
        .where(PersonMerge.id == merge_id, true() if mine is None else new.id.in_(mine))
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None
