"""Reads of the register."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.certificates.models import Award, AwardInForce, Revocation
from app.extensions import db


class Line(NamedTuple):
    """An award and, when it is no longer in force, its revocation."""

    award: Award
    revocation: Revocation | None


def line_by_code(code: str) -> Line | None:
    """The line with this verification code, or None."""
    return _one(Award.code == code)


def line_by_id(award_id: int) -> Line | None:
    """The line with this id, or None."""
    return _one(Award.id == award_id)


def _one(condition: object) -> Line | None:
    row = db.session.execute(
        select(Award, Revocation)
        .outerjoin(Revocation, Revocation.award_id == Award.id)
        .where(condition)  # type: ignore[arg-type]
    ).one_or_none()
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
    rows = db.session.execute(
        select(Award, Revocation)
        .outerjoin(Revocation, Revocation.award_id == Award.id)
        .where(Award.person_id == person_id, Award.course_slug == course_slug)
        .order_by(Award.id)
    )
    return [Line(*row) for row in rows]


def awards_of(person_id: int) -> list[Line]:
    """All lines of one person, newest first."""
    rows = db.session.execute(
        select(Award, Revocation)
        .outerjoin(Revocation, Revocation.award_id == Award.id)
        .where(Award.person_id == person_id)
        .order_by(Award.id.desc())
    )
    return [Line(*row) for row in rows]


def register_lines(year: int | None, limit: int, offset: int) -> list[Line]:
    """The register, newest line first, of one year or of all."""
    query = (
        select(Award, Revocation)
        .outerjoin(Revocation, Revocation.award_id == Award.id)
        .order_by(Award.year.desc(), Award.number.desc())
        .limit(limit)
        .offset(offset)
    )
    if year:
        query = query.where(Award.year == year)
    return [Line(*row) for row in db.session.execute(query)]


def standing_awards() -> list[Award]:
    """Every award in force, in the order of the register: what the count is rebuilt from."""
    return list(
        db.session.scalars(
            select(Award)
            .join(AwardInForce, AwardInForce.award_id == Award.id)
            .order_by(Award.year, Award.line)
        )
    )
