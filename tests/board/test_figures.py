"""Persons against a denominator and a target."""

from datetime import date
from decimal import Decimal

import pytest

from app.board.figures import Figure, Order, Row, arranged, by_level
from app.counts.models import Evidence, Target
from app.counts.queries import Measure


def figure(persons: int, of: int | None = None, target: Target | None = None) -> Figure:
    """So many persons, all by themselves, of so many."""
    measure = Measure(of, "Niên giám 2025", date(2026, 7, 1)) if of else None
    return Figure(by_level([(Evidence.SELF, persons)]), measure, target)


def goal(kind: str, value: str) -> Target:
    """A target of 2026."""
    return Target(kind=kind, value=Decimal(value), year=2026, source="Kế hoạch")


def test_percent_target_counts_whole_persons() -> None:
    reached = figure(3, of=11, target=goal("percent", "80"))
    assert (reached.goal, reached.missing) == (9, 6)
    assert reached.share == pytest.approx(3 / 11)


def test_absolute_target_needs_no_denominator() -> None:
    reached = figure(3, target=goal("absolute", "1000000"))
    assert (reached.missing, reached.share, reached.target_percent) == (999_997, None, None)


def test_absolute_target_is_marked_as_percent_of_the_denominator() -> None:
    assert figure(1, of=200, target=goal("absolute", "50")).target_percent == 25


def test_without_denominator_there_is_no_share_and_nothing_is_divided() -> None:
    reached = figure(3, target=goal("percent", "80"))
    assert (reached.share, reached.goal, reached.missing) == (None, None, None)


def test_a_reached_target_misses_nobody() -> None:
    assert figure(90, of=100, target=goal("percent", "80")).missing == 0


def test_more_persons_than_the_denominator_is_doubtful() -> None:
    assert figure(11, of=10).doubtful
    assert not figure(10, of=10).doubtful


def test_every_level_stands_even_at_zero() -> None:
    assert by_level([("class", 2), ("class", 1)]) == {
        Evidence.EXTERNAL: 0,
        Evidence.ASSISTED: 0,
        Evidence.CLASS: 3,
        Evidence.SELF: 0,
    }


@pytest.mark.parametrize(
    ("order", "titles"),
    [(Order.NAME, "a b c d"), (Order.HIGHEST, "c a d b"), (Order.LOWEST, "a d c b")],
)
def test_rows_without_a_share_stand_last(order: Order, titles: str) -> None:
    figures = {"a": figure(1, of=4), "b": figure(9), "c": figure(3, of=4), "d": figure(1, of=4)}
    rows = [Row(title, item) for title, item in figures.items()]
    assert " ".join(row.title for row in arranged(rows, order)) == titles
