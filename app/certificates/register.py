"""The chain of the register: how a line is hashed, added, and how the whole is checked."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.queries import survivor
from app.certificates.models import (
    Award,
    AwardInForce,
    AwardSetAside,
    RegisterYear,
    Revocation,
)
from app.db import insert_once
from app.extensions import db
from app.lib.hashing import canonical_json, digest

START = "0" * 64

AWARD_FACTS = (
    "year", "number", "line", "code", "person_id", "course_slug", "course_title",
    "course_version", "hours", "full_name", "birth_date", "birth_precision", "unit_name",
    "issuer", "result", "evidence", "awarded_at", "awarded_on", "claims", "printed_number",
)  # fmt: skip
REVOCATION_FACTS = ("award_id", "year", "line", "reason", "revoked_by", "revoked_at")


def locked_year(year: int) -> RegisterYear:
    """The head of a year's register, locked until the transaction ends; created when new."""
    insert_once(RegisterYear, year=year, awards=0, lines=0, head=START)
    return db.session.scalars(
        select(RegisterYear)
        .where(RegisterYear.year == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def append(head: RegisterYear, line: Award | Revocation) -> None:
    """Add a line under a locked head: give it its place and chain it to the line before."""
    head.lines += 1
    line.year, line.line = head.year, head.lines
    line.previous_hash = head.head
    line.hash = line_hash(line)
    head.head = line.hash
    db.session.add(line)
    db.session.flush()


def line_hash(line: Award | Revocation) -> str:
    """SHA-256 over the line's facts and the hash of the line before."""
    names = AWARD_FACTS if isinstance(line, Award) else REVOCATION_FACTS
    facts = {name: getattr(line, name) for name in names}
    for name in ("awarded_at", "awarded_on", "revoked_at", "birth_date"):
        if facts.get(name) is not None:
            facts[name] = facts[name].isoformat()
    return digest(canonical_json([line.previous_hash, type(line).__tablename__, facts]))


@dataclass(frozen=True)
class Fault:
    """Something in the register that is not as it must be; `place` names year and line."""

    place: str
    message: str


def faults() -> Iterator[Fault]:
    """Read the whole register again: chain, places, numbers, and what is in force."""
    for head in db.session.scalars(select(RegisterYear).order_by(RegisterYear.year)):
        yield from _faults_of_year(head)
    yield from _faults_in_force()


def _faults_of_year(head: RegisterYear) -> Iterator[Fault]:
    previous, number, place = START, 0, 0
    for line in _lines(head.year):
        place += 1
        where = f"{head.year}, dòng {line.line}"
        if line.line != place:
            yield Fault(where, f"thiếu dòng {place}")
            place = line.line
        if line.previous_hash != previous or line.hash != line_hash(line):
            yield Fault(where, "nội dung đã bị sửa: mã băm không khớp")
        previous = line.hash
        if isinstance(line, Award):
            number += 1
            if line.number != number:
                yield Fault(where, f"số {line.number}, phải là số {number}")
                number = line.number
    if (head.head, head.awards, head.lines) != (previous, number, place):
        yield Fault(str(head.year), "đầu sổ không khớp dòng cuối: có dòng bị xóa")


def _lines(year: int) -> list[Award | Revocation]:
    lines: list[Award | Revocation] = [
        *db.session.scalars(select(Award).where(Award.year == year)),
        *db.session.scalars(select(Revocation).where(Revocation.year == year)),
    ]
    return sorted(lines, key=lambda line: (line.line, line.id))


def _faults_in_force() -> Iterator[Fault]:
    standing = set(
        db.session.execute(
            select(survivor(), Award.course_slug, Award.id)
            .join(Person, Person.id == Award.person_id)
            .outerjoin(Revocation, Revocation.award_id == Award.id)
            .outerjoin(AwardSetAside, AwardSetAside.award_id == Award.id)
            .where(Revocation.id.is_(None), AwardSetAside.award_id.is_(None))
        ).tuples()
    )
    marked = set(
        db.session.execute(
            select(AwardInForce.person_id, AwardInForce.course_slug, AwardInForce.award_id)
        ).tuples()
    )
    for _, course, award_id in sorted(standing ^ marked):
        yield Fault(f"dòng có id {award_id}", f"hiệu lực không khớp sổ (khóa {course})")
