"""Days on which offices work."""

from datetime import date

import pytest

from app.lib.working_days import Calendar

KNOWN = Calendar(
    yearly=frozenset({(4, 30), (5, 1)}),
    off=frozenset({date(2026, 2, 16), date(2026, 4, 27)}),
    worked=frozenset({date(2026, 8, 22)}),
    years={2026},
)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 24), True),
        (date(2026, 4, 25), False),
        (date(2026, 4, 27), False),
        (date(2026, 4, 30), False),
        (date(2027, 4, 30), False),
        (date(2027, 2, 16), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 23), False),
    ],
)
def test_a_day(day: date, working: bool) -> None:
    assert KNOWN.is_working(day) is working


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2026, 4, 24), 0, date(2026, 4, 24)),
        # Saturday, Sunday, a holiday moved to Monday
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2026, 4, 24), 2, date(2026, 4, 29)),
        # 30 April, 1 May and a weekend
        (date(2026, 4, 24), 3, date(2026, 5, 4)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_so_many_working_days_later(day: date, number: int, then: date) -> None:
    assert KNOWN.after(day, number) == then


@pytest.mark.parametrize("number", [1, 2, 3, 20])
def test_what_is_left_is_what_was_counted(number: int) -> None:
    day = date(2026, 4, 24)
    until = KNOWN.after(day, number)
    assert KNOWN.left(day, until) == number
    assert KNOWN.left(until, day) == -number
    assert KNOWN.left(until, until) == 0


def test_years_of_which_nothing_is_known_are_named() -> None:
    assert KNOWN.unknown(date(2026, 12, 20), date(2028, 1, 5)) == [2027, 2028]
    assert KNOWN.unknown(date(2026, 1, 1), date(2026, 12, 31)) == []
