"""Reads of operations: is the database there, what stands in it, roles."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.models import Credential, Grant, Person, Role
from app.accounts.queries import audit_lines, held_now, not_ended
from app.certificates.models import AwardInForce, RegisterYear
from app.counts.models import Attainment
from app.extensions import db
from app.learning.models import Enrolment
from app.lib.dates import local_date
from app.lib.paging import Page, offset
from app.units.models import Unit
from app.units.queries import EVERYWHERE, within

GRANTS = 50
MOST_NAMESAKES = 12


def database_answers() -> bool:
    """Whether the database answers and holds our tables."""
    try:
        db.session.execute(select(Person.id).limit(1))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


@dataclass(frozen=True)
class Overview:
    """What an administrator wants to know first; `backup` is the newest one's time and name."""

    people: int
    sign_ins: int
    learners: int
    awards: int
    attained: int
    backup: tuple[datetime, str] | None


def overview() -> Overview:
    """The installation in numbers."""
    people, sign_ins, learners, awards, attained = db.session.execute(
        select(
            select(func.count(Person.id)).where(Person.merged_into.is_(None)).scalar_subquery(),
            select(func.count(func.distinct(Credential.person_id))).scalar_subquery(),
            select(func.count(func.distinct(Enrolment.person_id))).scalar_subquery(),
            select(func.count(AwardInForce.award_id)).scalar_subquery(),
            select(func.count(func.distinct(Attainment.person_id))).scalar_subquery(),
        )
    ).one()
    return Overview(people, sign_ins, learners, awards, attained, _last_backup())


def _last_backup() -> tuple[datetime, str] | None:
    line = next(iter(audit_lines("backup", 1, 0)), None)
    return (line[0].at, line[0].subject) if line else None


def awards_ever() -> int:
    """How many awards the register holds, revoked ones too."""
    return db.session.scalar(select(func.coalesce(func.sum(RegisterYear.awards), 0))) or 0


class GrantLine(NamedTuple):
    """A role: who holds it, and in which unit (None: the whole province)."""

    grant: Grant
    person: Person
    unit: Unit | None

    @property
    def since(self) -> date:
        """The first day of the role."""
        return local_date(self.grant.begins_at or self.grant.granted_at)

    @property
    def last_day(self) -> date | None:
        """The last day on which the role is held, where one was set."""
        end = self.grant.ended_at
        return local_date(end - timedelta(seconds=1)) if end else None


def grants(paths: tuple[str, ...], number: int) -> Page[GrantLine]:
    """Roles held now or later in these subtrees, page `number`: by unit, then role, then name."""
    lines = db.session.execute(
        _joined(select(Grant, Person, Unit), paths)
        .where(not_ended())
        .order_by(Unit.name_sort.nulls_first(), Unit.id, Grant.role, Person.name_sort, Grant.id)
        .limit(GRANTS)
        .offset(offset(number, GRANTS))
    )
    total = db.session.scalar(_joined(select(func.count(Grant.id)), paths).where(not_ended()))
    return Page([GrantLine(*line) for line in lines], number, GRANTS, total or 0)


def grant(grant_id: int, paths: tuple[str, ...]) -> GrantLine | None:
    """A role given in these subtrees, in force or ended, or None."""
    query = _joined(select(Grant, Person, Unit), paths).where(Grant.id == grant_id)
    line = db.session.execute(query).one_or_none()
    return GrantLine(*line) if line else None


def held(person: Person, role: Role, unit: Unit | None) -> Grant | None:
    """The grant by which a person holds exactly this role for exactly this unit, now or later.

    What was handed on to them for a while does not count.
    """
    query = select(Grant).where(
        Grant.person_id == person.id,
        Grant.role == role,
        Grant.unit_id.is_(None) if unit is None else Grant.unit_id == unit.id,
        Grant.handed_from.is_(None),
        not_ended(),
    )
    return db.session.scalars(query.order_by(Grant.id).limit(1)).first()


def reach(person: Person) -> list[str]:
    """The subtrees (paths) in which a person holds any role now or later, read anew."""
    query = select(func.coalesce(Unit.path, EVERYWHERE)).select_from(Grant)
    query = query.outerjoin(Unit, Unit.id == Grant.unit_id)
    return list(db.session.scalars(query.where(Grant.person_id == person.id, not_ended())))


def locked_administrators() -> list[int]:
    """Ids of the grants that administer the whole province, locked until the transaction ends."""
    return list(
        db.session.scalars(
            select(Grant.id)
            .where(
                Grant.role == Role.ADMIN,
                Grant.unit_id.is_(None),
                # whose end is set does not keep the door open
                Grant.ended_at.is_(None),
                held_now(),
            )
            .order_by(Grant.id)
            .with_for_update()
        )
    )


def _joined(query: Select[Any], paths: tuple[str, ...]) -> Select[Any]:
    query = (
        query.select_from(Grant)
        .join(Person, Person.id == Grant.person_id)
        .outerjoin(Unit, Unit.id == Grant.unit_id)
    )
    return query if EVERYWHERE in paths else query.where(within(paths))


def people_by_phone(phone: str) -> list[Person]:
    """The people with this telephone number, by name."""
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.phone == phone)
            .order_by(Person.name_sort, Person.id)
            .limit(MOST_NAMESAKES)
        )
    )
