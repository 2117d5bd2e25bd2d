"""Reads of the register."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.accounts.queries import records
from app.certificates.models import Award, AwardInForce, AwardSetAside, Revocation
from app.extensions import db


class Line(NamedTuple):
    """An award and, when it is no longer in force, why.

    `kept_number`: it rests beside this award of the same person and course.
    """

    award: Award
    revocation: Revocation | None
    kept_number: str | None = None

    @property
    def in_force(self) -> bool:
        """Whether it is the award in force of its person and course."""
        return self.revocation is None and self.kept_number is None


class Held(NamedTuple):
    """An award in force and who holds it: the record that stands for the human being today."""

    award: Award
    person_id: int


_kept = aliased(Award)
LINES = (
    select(Award, Revocation, _kept.printed_number)
    .outerjoin(Revocation, Revocation.award_id == Award.id)
    .outerjoin(AwardSetAside, AwardSetAside.award_id == Award.id)
    .outerjoin(_kept, _kept.id == AwardSetAside.kept_id)
)


def line_by_code(code: str) -> Line | None:
    """The line with this verification code, or None."""
    return _one(Award.code == code)


def public_line(code: str) -> tuple[Line | None, bool]:
    """The line with this verification code, or None; and whether its name was withdrawn.

    It is once the data of whoever it was issued to were erased.
    """
    query = LINES.add_columns(Person.erased_at).join(Person, Person.id == Award.person_id)
    row = db.session.execute(query.where(Award.code == code)).one_or_none()
    return (Line(*row[:3]), row[3] is not None) if row else (None, False)


def line_by_id(award_id: int) -> Line | None:
    """The line with this id, or None."""
    return _one(Award.id == award_id)


def _one(condition: object) -> Line | None:
    row = db.session.execute(LINES.where(condition)).one_or_none()  # type: ignore[arg-type]
    return Line(*row) if row else None


def in_force(person_id: int, course_slug: str) -> Award | None:
    """The award in force of a person and a course, or None."""
    return db.session.scalars(
        select(Award)
        .join(AwardInForce, AwardInForce.award_id == Award.id)
        .where(AwardInForce.person_id == person_id, AwardInForce.course_slug == course_slug)
    ).one_or_none()


class Paper(NamedTuple):
    """What a page needs to point at a certificate in force."""

    course_slug: str
    code: str
    printed_number: str
    awarded_on: date


def lines_of_course(person_id: int, course_slug: str) -> list[Line]:
    """All lines of one person and one course, oldest first; mostly none or one."""
    mine = Award.person_id.in_(records(person_id))
    rows = db.session.execute(
        LINES.where(mine, Award.course_slug == course_slug).order_by(Award.id)
    )
    return [Line(*row) for row in rows]


def awards_of(person_id: int) -> list[Line]:
    """All lines of one person, newest first."""
    mine = Award.person_id.in_(records(person_id))
    rows = db.session.execute(LINES.where(mine).order_by(Award.id.desc()))
    return [Line(*row) for row in rows]


def register_lines(year: int | None, limit: int, offset: int) -> list[Line]:
    """The register, newest line first, of one year or of all."""
    query = LINES.order_by(Award.year.desc(), Award.number.desc()).limit(limit).offset(offset)
    if year:
        query = query.where(Award.year == year)
    return [Line(*row) for row in db.session.execute(query)]


def standing_awards(person_ids: Iterable[int] | None = None) -> list[Held]:
    """Every award in force (of these people), in the order of the register: what the count is
    rebuilt from."""
    query = (
        select(Award, AwardInForce.person_id)
        .join(AwardInForce, AwardInForce.award_id == Award.id)
        .order_by(Award.year, Award.line)
    )
    if person_ids is not None:
        query = query.where(AwardInForce.person_id.in_(list(person_ids)))
    return [Held(*row) for row in db.session.execute(query)]
