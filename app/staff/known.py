"""Who may be meant by the rows of a roster: reads in a fixed number of queries per 400 rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, func, select
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
    for hashes in _chunks(numbers):
        _add(people, Person.number_hash.in_(hashes))
    for pairs in _chunks(names):
        folded, births = {name for name, _ in pairs}, {birth for _, birth in pairs}
        _add(people, and_(Person.name_fold.in_(folded), Person.birth_date.in_(births)))
    by_name: dict[str, list[Person]] = {}
    for person in sorted(people.values(), key=lambda person: person.id):
        by_name.setdefault(person.name_fold, []).append(person)
    held: dict[int, list[Membership]] = {}
    for place in staff:
        held.setdefault(place.person_id, []).append(place)
    by_number = {person.number_hash: person for person in people.values() if person.number_hash}
    return Known(by_number, by_name, held, _confirmations(sorted(people)))


def newest_id() -> int:
    """The highest id of a person so far; 0 before the first."""
    return db.session.scalar(select(func.max(Person.id))) or 0


def ids_by_stamp(after: int) -> dict[str, int]:
    """Ids of the people who came after that id, by the random stamp each one got."""
    rows = db.session.execute(
        select(Person.session_stamp, Person.id).where(Person.id > after).order_by(Person.id)
    )
    return dict(rows.tuples().all())


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
    for chunk in _chunks(person_ids):
        rows = db.session.execute(
            select(VneidConfirmation.person_id, VneidConfirmation.confirmed_on).where(
                VneidConfirmation.person_id.in_(chunk)
            )
        )
        found.update(rows.tuples().all())
    return found


def _chunks(values: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
