"""The register as the registrar leafs through it: years, pages, a number looked up."""

import re
from dataclasses import dataclass

from sqlalchemy import func, select

from app.certificates import queries
from app.certificates.models import Award, RegisterYear
from app.certificates.queries import Line
from app.extensions import db
from app.lib.ids import is_code, normalise_code
from app.lib.paging import Page, offset

LINES = 50
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"0*([1-9][0-9]{0,8})(?:/([0-9]{4}))?(?:/.*)?")


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a year, and a number or a code as somebody reads it off a paper."""

    year: int | None = None
    text: str = ""


def wanted(year: str, text: str) -> Wanted:
    """What an address asks for; a year that is none counts as all years."""
    return Wanted(int(year) if _YEAR.fullmatch(year) else None, text.strip())


def years() -> list[int]:
    """The years in which something was awarded, newest first."""
    return list(
        db.session.scalars(
            select(RegisterYear.year)
            .where(RegisterYear.awards > 0)
            .order_by(RegisterYear.year.desc())
        )
    )


def leaf(asked: Wanted, number: int) -> Page[Line]:
    """Page `number` of the lines asked for, newest first; text that is no number finds nothing."""
    if not asked.text:
        lines = queries.register_lines(asked.year, LINES, offset(number, LINES))
        return Page(lines, number, LINES, _awards(asked.year))
    lines = _looked_up(asked.text, asked.year)
    return Page(lines, 1, LINES, len(lines))


def _awards(year: int | None) -> int:
    query = select(func.coalesce(func.sum(RegisterYear.awards), 0))
    return db.session.scalar(query.where(RegisterYear.year == year) if year else query) or 0


def _looked_up(text: str, year: int | None) -> list[Line]:
    code = normalise_code(text)
    if is_code(code):
        line = queries.line_by_code(code)
        return [line] if line else []
    match = _NUMBER.fullmatch(text)
    if match is None:
        return []
    year = int(match[2]) if match[2] else year
    query = (
        queries.LINES.where(Award.number == int(match[1]))
        .order_by(Award.year.desc(), Award.id)
        .limit(LINES)
    )
    found = db.session.execute(query.where(Award.year == year) if year else query)
    return [Line(*row) for row in found]
