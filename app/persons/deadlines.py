"""Until when a request about personal data is acknowledged and answered (Decree 356/2025)."""

import re
from datetime import date

from pydantic import field_validator

from app.lib.working_days import Calendar
from app.persons.models import Wish
from app.persons.office_files import Facts, read

FILE = "holidays.yaml"
# working days
ACKNOWLEDGE = 2
ANSWER = {
    Wish.VIEW: 10,
    Wish.CORRECT: 10,
    Wish.COPY: 10,
    Wish.WITHDRAW: 15,
    Wish.RESTRICT: 15,
    Wish.OBJECT: 15,
    Wish.ERASE: 20,
}


class Year(Facts):
    """The holidays of one year beside the fixed ones; `checked`: somebody read the source."""

    source: str
    checked: bool = False
    days_off: tuple[date, ...] = ()
    worked_days: tuple[date, ...] = ()


class Holidays(Facts):
    """`yearly`: "04-30" for 30 April; `years`: those that were decided."""

    yearly: tuple[str, ...]
    years: dict[int, Year]

    @field_validator("yearly")
    @classmethod
    def refuse_other_days(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        """A month and a day that a calendar has."""
        for day in days:
            if not re.fullmatch(r"\d\d-\d\d", day):
                raise ValueError(f"“{day}” phải viết như 04-30")
            date.fromisoformat(f"2024-{day}")
        return days


def calendar() -> Calendar:
    """The working days as this office knows them. Raises office_files.WrongFile."""
    known = read(FILE, Holidays)
    fixed = (date.fromisoformat(f"2024-{day}") for day in known.yearly)
    years = known.years.values()
    return Calendar(
        frozenset((day.month, day.day) for day in fixed),
        frozenset(day for year in years for day in year.days_off),
        frozenset(day for year in years for day in year.worked_days),
        frozenset(known.years),
    )


def deadlines(wish: Wish, filed_on: date) -> tuple[date, date]:
    """The days by which a request filed on that day is acknowledged, and answered."""
    known = calendar()
    return known.after(filed_on, ACKNOWLEDGE), known.after(filed_on, ANSWER[wish])
