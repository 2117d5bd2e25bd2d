"""Reads of requests about personal data: whose one may see, what is due, for whom one may file."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, true

from app.accounts.models import Person, Role
from app.accounts.queries import holders_of_roles
from app.accounts.signed_in import SignedIn
from app.extensions import db
from app.field.models import HelpedPerson
from app.lib.paging import Page, offset
from app.persons.models import DataRequest
from app.units.models import Membership, Unit
from app.units.queries import EVERYWHERE, in_force, scope, today, within

PER_PAGE = 30
MOST_FOUND = 12
KEEPERS = (Role.OFFICER, Role.ADMIN)


@dataclass(frozen=True)
class Asked:
    """A request and whoever asks."""

    request: DataRequest
    person: Person


def paths_of(keeper: SignedIn) -> tuple[str, ...]:
    """The subtrees whose people's requests somebody answers."""
    return scope(keeper, *KEEPERS)


def inbox(paths: tuple[str, ...], number: int, *, answered: bool) -> Page[Asked]:
    """Page `number` of the open requests, what is due first on top; or of those answered."""
    state = DataRequest.outcome.is_not(None) if answered else DataRequest.outcome.is_(None)
    conditions = (state, _within(paths))
    # not acknowledged yet: that day comes first
    due = case(
        (DataRequest.acknowledged_at.is_(None), DataRequest.acknowledge_by),
        else_=DataRequest.answer_by,
    )
    order = DataRequest.answered_at.desc() if answered else due
    rows = db.session.execute(
        select(DataRequest, Person)
        .join(Person, Person.id == DataRequest.person_id)
        .where(*conditions)
        .order_by(order, DataRequest.id)
        .limit(PER_PAGE)
        .offset(offset(number, PER_PAGE))
    )
    total = db.session.scalar(select(func.count(DataRequest.id)).where(*conditions)) or 0
    return Page([Asked(*row) for row in rows], number, PER_PAGE, total)


def one_of(paths: tuple[str, ...], request_id: int) -> Asked | None:
    """One request of these subtrees, or None."""
    row = db.session.execute(
        select(DataRequest, Person)
        .join(Person, Person.id == DataRequest.person_id)
        .where(DataRequest.id == request_id, _within(paths))
    ).one_or_none()
    return Asked(*row) if row else None


def _within(paths: tuple[str, ...]) -> ColumnElement[bool]:
    """Whoever asks belonged there on the day on which they asked."""
    if EVERYWHERE in paths:
        return true()
    then = and_(
        Membership.valid_from <= DataRequest.filed_on,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= DataRequest.filed_on),
    )
    return exists().where(
        Membership.person_id == DataRequest.person_id,
        Membership.unit_id == Unit.id,
        then,
        within(paths),
    )


def locked(request_id: int) -> DataRequest:
    """The request as it stands now, held until the transaction ends."""
    return db.session.scalars(
        select(DataRequest)
        .where(DataRequest.id == request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def own(person_id: int) -> list[DataRequest]:
    """What somebody asked about their data, newest first."""
    return list(
        db.session.scalars(
            select(DataRequest)
            .where(DataRequest.person_id == person_id)
            .order_by(DataRequest.id.desc())
            .limit(50)
        )
    )


def may_ask_for(clerk: SignedIn, person_id: int) -> tuple[Person, str] | None:
    """Somebody for whom this clerk may file a request, and as what: "office" or "helper"."""
    person = db.session.scalars(
        select(Person).where(
            Person.id == person_id, Person.merged_into.is_(None), Person.erased_at.is_(None)
        )
    ).one_or_none()
    if person is None:
        return None
    if db.session.scalar(select(Person.id).where(Person.id == person_id, _mine(paths_of(clerk)))):
        return person, "office"
    helped = select(HelpedPerson.person_id).where(
        HelpedPerson.helper_id == clerk.id,
        HelpedPerson.person_id == person_id,
        HelpedPerson.ended_at.is_(None),
    )
    if Role.HELPER in clerk.roles and db.session.scalar(helped):
        return person, "helper"
    return None


def found(paths: tuple[str, ...], who: str) -> list[Person]:
    """People of these subtrees with this telephone number or this id, by name."""
    if not who.isdecimal() or len(who) > 10:
        return []
    here = Person.phone == who if len(who) == 10 else Person.id == int(who)
    query = select(Person).where(
        here, Person.merged_into.is_(None), Person.erased_at.is_(None), _mine(paths)
    )
    return list(db.session.scalars(query.order_by(Person.name_sort, Person.id).limit(MOST_FOUND)))


def _mine(paths: tuple[str, ...]) -> ColumnElement[bool]:
    if EVERYWHERE in paths:
        return true()
    return exists().where(
        Membership.person_id == Person.id,
        Membership.unit_id == Unit.id,
        in_force(Membership, today()),
        within(paths),
    )


def holds_role(person_id: int) -> bool:
    """Whether somebody works here with data of others."""
    return bool(holders_of_roles([person_id]))
