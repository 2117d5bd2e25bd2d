"""Whose cards a commune, a school or an office prints: the people of one's own units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from app.accounts.models import Card, Person, Role
from app.accounts.queries import cards_of, holders_of_roles
from app.accounts.signed_in import SignedIn
from app.db import contains
from app.extensions import db
from app.lib.paging import Page, offset
from app.lib.vietnamese import fold
from app.units.models import Membership, Unit
from app.units.queries import in_force, scope, today, units_in, within

# as many as one prints and cuts at a time: five sheets
PAGE_SIZE = 50
# who lives where is the commune's matter, not a personnel officer's
STAFF_KINDS = ("work", "school")


@dataclass(frozen=True)
class CardDesk:
    """Whom somebody prints cards for: all people of some subtrees, only the staff of others."""

    all_of: tuple[str, ...]
    staff_of: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All its subtrees."""
        return tuple(dict.fromkeys(self.all_of + self.staff_of))


@dataclass(frozen=True)
class CardLine:
    """One person and their card. `by_password`: holds a role, so a card is not for them."""

    person: Person
    place: str
    card: Card | None
    by_password: bool

    @property
    def since(self) -> datetime | None:
        """When the card in force was issued."""
        return self.card.issued_at if self.card else None


def desk_of(person: SignedIn) -> CardDesk:
    """The desk of whoever administers units or keeps their staff lists."""
    return CardDesk(scope(person, Role.ADMIN), scope(person, Role.HR))


def units_of(desk: CardDesk) -> list[Unit]:
    """The units of a desk, in the order of the tree."""
    return units_in(desk.paths)


def top_of(desk: CardDesk) -> Unit | None:
    """The unit of a desk that holds all others, or comes first; None when all have ended."""
    return next(iter(units_of(desk)), None)


def lines(desk: CardDesk, unit: Unit | None, words: str, number: int) -> Page[CardLine]:
    """Page `number` of the people, by name; of one unit and all below it, when given."""
    found = select(Person).where(_belongs(desk, unit))
    if words.strip():
        found = found.where(contains(Person.name_fold, fold(words)))
    total = db.session.scalar(select(func.count()).select_from(found.subquery()))
    ordered = found.order_by(Person.name_sort, Person.id)
    people = db.session.scalars(ordered.limit(PAGE_SIZE).offset(offset(number, PAGE_SIZE))).all()
    return Page(_told(desk, people), number, PAGE_SIZE, total or 0)


def chosen(desk: CardDesk, person_ids: Iterable[int]) -> list[Person]:
    """Those of these people whom this desk sees, by name."""
    known = select(Person).where(Person.id.in_(set(person_ids)), _belongs(desk, None))
    return list(db.session.scalars(known.order_by(Person.name_sort, Person.id)))


def _belongs(desk: CardDesk, unit: Unit | None) -> ColumnElement[bool]:
    ways = [Membership.person_id == Person.id, Membership.unit_id == Unit.id, _seen(desk)]
    if unit:
        ways.append(within([unit.path]))
    return exists().where(*ways)


def _seen(desk: CardDesk) -> ColumnElement[bool]:
    as_staff = and_(within(desk.staff_of), Membership.kind.in_(STAFF_KINDS))
    return and_(in_force(Membership, today()), or_(within(desk.all_of), as_staff))


def _told(desk: CardDesk, people: Iterable[Person]) -> list[CardLine]:
    ids = [person.id for person in people]
    places = _places(desk, ids)
    cards, holders = cards_of(ids), holders_of_roles(ids)
    return [
        CardLine(one, places.get(one.id, ""), cards.get(one.id), one.id in holders)
        for one in people
    ]


def _places(desk: CardDesk, person_ids: list[int]) -> dict[int, str]:
    """Where each of them belongs, as far as this desk sees; the newest where there are several."""
    found = db.session.scalars(
        select(Membership)
        .join(Membership.unit)
        .options(contains_eager(Membership.unit))
        .where(Membership.person_id.in_(person_ids), _seen(desk))
        .order_by(Membership.id)
    )
    return {one.person_id: one.unit.name for one in found}
