"""Who may be meant by the rows of a roster: reads in a fixed number of queries per 400 rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, column, func, select, values
from sqlalchemy.orm import contains_eager

from app.accounts.models import Person
from app.counts.models import VneidConfirmation
from app.extensions import db
from app.units.models import Membership, Unit
from app.units.queries import in_force, today, within

T = TypeVar("T")
# below the number of variables that every database takes
CHUNK = 400


@dataclass(frozen=True)
class Known:
    """People by number hash and by folded name; `places` are memberships inside the unit."""

    by_number: dict[str, Person]
    by_name: dict[str, list[Person]]
    places: dict[int, list[Membership]]
    vneid: dict[int, date]


def known(
    unit: Unit, kind: str, numbers: Sequence[str], names: Sequence[tuple[str, date]]
) -> Known:
    """The people of a unit (memberships of this kind), and whoever else has one of these
    number hashes, or one of these pairs of folded name and birth date."""
    staff = _staff_of(unit, kind)
    people = {place.person_id: place.person for place in staff}
    for hashes in chunks(numbers):
        _add(people, Person.number_hash.in_(hashes))
    for pairs in chunks(names):
        _add(people, Person.id.in_(_born_so(pairs)))
    by_name: dict[str, list[Person]] = {}
    for person in sorted(people.values(), key=lambda person: person.id):
        by_name.setdefault(person.name_fold, []).append(person)
    held: dict[int, list[Membership]] = {}
    for place in staff:
        held.setdefault(place.person_id, []).append(place)
    by_number = {person.number_hash: person for person in people.values() if person.number_hash}
    return Known(by_number, by_name, held, _confirmations(sorted(people)))


def stamp(unit: Unit, kind: str, numbers: Sequence[str], names: Sequence[tuple[str, date]]) -> int:
    """In this process the same while `known` would find the same.

    Of plain columns, as the write lock is held meanwhile.
    """
    facts = (Person.id, Person.full_name, Person.birth_date, Person.birth_precision, Person.phone)
    who = (*facts, Person.number_hash, Person.merged_into)
    place = (Membership.id, Membership.unit_id, Membership.position, Membership.valid_from)
    there = select(*place, *who).join(Membership.unit).join(Membership.person)
    inside = (within((unit.path,)), Membership.kind == kind, in_force(Membership, today()))
    asked = [there.where(*inside)]
    asked += [select(*who).where(Person.number_hash.in_(some)) for some in chunks(numbers)]
    asked += [select(*who).where(Person.id.in_(_born_so(some))) for some in chunks(names)]
    return hash(tuple(frozenset(map(tuple, db.session.execute(one))) for one in asked))


def newest_id() -> int:
    """The highest id of a person so far; 0 before the first."""
    return db.session.scalar(select(func.max(Person.id))) or 0


def ids_by_stamp(after: int) -> dict[str, int]:
    """Ids of the people who came after that id, by the random stamp each one got."""
    rows = db.session.execute(
        select(Person.session_stamp, Person.id).where(Person.id > after).order_by(Person.id)
    )
    return dict(rows.tuples().all())


def confirmations(person_ids: Sequence[int]) -> list[VneidConfirmation]:
    """The confirmations on VNeID of these people."""
    return [
        row
        for chunk in chunks(person_ids)
        for row in db.session.scalars(
            select(VneidConfirmation)
            .where(VneidConfirmation.person_id.in_(chunk))
            .order_by(VneidConfirmation.person_id)
        )
    ]


def chunks(values: Sequence[T]) -> Iterator[list[T]]:
    """The values in portions, each small enough for one statement."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _born_so(pairs: list[tuple[str, date]]) -> Select[tuple[int]]:
    """The ids of the people with one of these pairs of name and birth date.

    Joined, for SQLite goes through the whole table for an IN of pairs.
    """
    names = [column("name_fold", Person.name_fold.type), column("born", Person.birth_date.type)]
    asked = values(*names, name="asked").data(pairs).cte()
    return select(Person.id).join(
        asked,
        and_(Person.name_fold == asked.c.name_fold, Person.birth_date == asked.c.born),
    )


def _staff_of(unit: Unit, kind: str) -> list[Membership]:
    return list(
        db.session.scalars(
            select(Membership)
            .join(Membership.unit)
            .join(Membership.person)
            .options(contains_eager(Membership.unit), contains_eager(Membership.person))
            .where(within((unit.path,)), Membership.kind == kind, in_force(Membership, today()))
            .order_by(Membership.id)
        )
    )


def _add(people: dict[int, Person], condition: ColumnElement[bool]) -> None:
    standing = select(Person).where(condition, Person.merged_into.is_(None))
    for person in db.session.scalars(standing.order_by(Person.id)):
        people[person.id] = person


def _confirmations(person_ids: Sequence[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for chunk in chunks(person_ids):
        rows = db.session.execute(
            select(VneidConfirmation.person_id, VneidConfirmation.confirmed_on).where(
                VneidConfirmation.person_id.in_(chunk)
            )
        )
        found.update(rows.tuples().all())
    return found
