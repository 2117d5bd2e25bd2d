"""Who is too young to agree alone."""

from datetime import date

from app.lib.clock import now
from app.lib.dates import local_date

ADULT_CONSENT_AGE = 16


def is_child(born: date | None, precision: str) -> bool:
    """Whether somebody is under 16; where only the year is known, whether they may be."""
    if born is None:
        return False
    today = local_date(now())
    youngest = date(born.year, 12, 31) if precision == "year" else born
    had_birthday = (today.month, today.day) >= (youngest.month, youngest.day)
    return today.year - youngest.year - (not had_birthday) < ADULT_CONSENT_AGE
