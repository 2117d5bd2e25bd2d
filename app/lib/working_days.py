"""Days on which offices work: Monday to Friday, without holidays, with days worked in exchange."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """What is known of holidays. `yearly`: (month, day) of every year; `off`: single days;
    `worked`: Saturdays and Sundays worked in exchange; `years`: those whose days are decided."""

    yearly: frozenset[tuple[int, int]] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    years: Collection[int] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.worked:
            return True
        return (
            day.weekday() < SATURDAY
            and (day.month, day.day) not in self.yearly
            and day not in self.off
        )

    def after(self, day: date, number: int) -> date:
        """The last of so many working days after this day, which itself does not count."""
        while number:
            day += timedelta(days=1)
            number -= self.is_working(day)
        return day

    def left(self, today: date, until: date) -> int:
        """Working days after today up to and including that day; below zero once it is over."""
        first, last = sorted((today, until))
        between = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        number = sum(map(self.is_working, between))
        return number if today <= until else -number

    def unknown(self, since: date, until: date) -> list[int]:
        """The years between these days whose holidays nobody has decided or entered yet."""
        return [year for year in range(since.year, until.year + 1) if year not in self.years]
