"""Reads of roles handed on for a while: what I hold, whom I asked, who may be asked."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from app.accounts.models import Credential, Grant, Person, Role
from app.accounts.queries import held_now
from app.accounts.signed_in import Someone
from app.extensions import db
from app.lib.dates import local_date
from app.lib.vietnamese import fold
from app.units.models import Membership, Unit
from app.units.queries import in_force, today, within

# a helper's learners trust that one person, and an administrator could give roles away for good
HANDED_ON = (Role.TRAINER, Role.HR, Role.OFFICER, Role.REGISTRAR)
MOST_SHOWN = 50
STAFF_KINDS = ("work", "school")


class HeldRole(NamedTuple):
    """A role that somebody holds; `other`: who handed it on, or to whom it was handed."""

    grant: Grant
    unit: Unit | None
    other: Person | None

    @property
    def last_day(self) -> date | None:
        """The last day on which it is held, where one was set."""
        end = self.grant.ended_at
        return local_date(end - timedelta(seconds=1)) if end else None

    @property
    def may_be_handed_on(self) -> bool:
        """Whether its holder may ask somebody to stand in; who stands in may not."""
        return self.grant.handed_from is None and self.grant.role in HANDED_ON


def held_by(person_id: int) -> list[HeldRole]:
    """The roles that somebody holds now, oldest first; `other`: who handed it on."""
    source, giver = aliased(Grant), aliased(Person)
    query = (
        _with_unit(select(Grant, Unit, giver))
        .outerjoin(source, source.id == Grant.handed_from)
        .outerjoin(giver, giver.id == source.person_id)
        .where(Grant.person_id == person_id, held_now())
    )
    return _lines(query.order_by(Grant.id))


def handed_on_by(person_id: int) -> list[HeldRole]:
    """What somebody handed on, newest first, ended or not; `other`: to whom."""
    source = aliased(Grant)
    query = (
        _with_unit(select(Grant, Unit, Person))
        .join(source, source.id == Grant.handed_from)
        .join(Person, Person.id == Grant.person_id)
        .where(source.person_id == person_id)
    )
    return _lines(query.order_by(Grant.id.desc()))


def _with_unit(query: Select[Any]) -> Select[Any]:
    return query.select_from(Grant).outerjoin(Unit, Unit.id == Grant.unit_id)


def _lines(query: Select[Any]) -> list[HeldRole]:
    return [HeldRole(*row) for row in db.session.execute(query.limit(MOST_SHOWN))]


def colleague(full_name: str, email: str, unit: Unit | None) -> Person | None:
    """Who signs in by this e-mail, has this name (marks and case ignored) and belongs to the
    staff of the unit or below (None: anywhere); None for anybody else."""
    signs_in = (Credential.kind == "password", Credential.login == email)
    query = select(Person).where(
        Person.name_fold == fold(full_name)[:160],
        exists().where(Credential.person_id == Person.id, *signs_in),
    )
    if unit:
        works = (
            select(Membership.person_id)
            .join(Unit, Unit.id == Membership.unit_id)
            .where(within([unit.path]), in_force(Membership, today()))
            .where(Membership.kind.in_(STAFF_KINDS))
        )
        query = query.where(Person.id.in_(works))
    return db.session.scalars(query.order_by(Person.id).limit(1)).first()


def stands_in(holder: Someone, grant_id: int) -> Grant | None:
    """A grant that this person handed on, or None."""
    source = aliased(Grant)
    query = select(Grant).join(source, source.id == Grant.handed_from)
    return db.session.scalars(
        query.where(Grant.id == grant_id, source.person_id == holder.id)
    ).one_or_none()
