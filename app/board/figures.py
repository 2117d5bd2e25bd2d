"""The arithmetic of the board: persons reached, measured against a denominator and a target."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.counts.models import Evidence, Target
from app.counts.queries import Measure
from app.units.models import Unit


@dataclass(frozen=True)
class Figure:
    """Distinct persons of one indicator in one place, by evidence level.

    `measure` None: nobody typed in a denominator, so there is no share. `target` None: none set.
    """

    evidence: dict[Evidence, int]
    measure: Measure | None = None
    target: Target | None = None

    @property
    def persons(self) -> int:
        """All persons, whatever the evidence."""
        return sum(self.evidence.values())

    @property
    def share(self) -> float | None:
        """Persons over the denominator, 0…1 (more when the denominator is too small)."""
        return self.persons / self.measure.value if self.measure else None

    @property
    def goal(self) -> int | None:
        """How many persons the target asks for; None without target or, in percent, denominator."""
        if self.target is None:
            return None
        if self.target.kind == "absolute":
            return math.ceil(self.target.value)
        return math.ceil(self.measure.value * self.target.value / 100) if self.measure else None

    @property
    def missing(self) -> int | None:
        """How many persons are still missing to the target, 0 when it is reached; None: unknown."""
        return None if self.goal is None else max(0, self.goal - self.persons)

    @property
    def target_percent(self) -> float | None:
        """The target as percent of the denominator, for the mark on a bar; None when unknown."""
        if self.target is None:
            return None
        if self.target.kind == "percent":
            return float(self.target.value)
        return float(100 * self.target.value / self.measure.value) if self.measure else None

    @property
    def doubtful(self) -> bool:
        """More persons than the denominator holds: the denominator must be looked at."""
        return self.share is not None and self.share > 1


class Order(StrEnum):
    """How the rows of a breakdown are sorted; the value stands in the address."""

    NAME = "ten"
    HIGHEST = "cao"
    LOWEST = "thap"


@dataclass(frozen=True)
class Row:
    """One line of a breakdown; `unit` None: persons whom no part of the place holds."""

    title: str
    figure: Figure
    unit: Unit | None = None


@dataclass(frozen=True)
class Breakdown:
    """An indicator by the parts of a place. The rows sum to the total."""

    rows: list[Row]
    total: Figure


def by_level(counted: Iterable[tuple[str, int]]) -> dict[Evidence, int]:
    """(evidence, persons) pairs summed by evidence level, weakest level first; none left out."""
    levels = dict.fromkeys(Evidence, 0)
    for evidence, persons in counted:
        levels[Evidence(evidence)] += persons
    return levels


def arranged(rows: Sequence[Row], order: Order) -> list[Row]:
    """The rows in this order, ties by the order given; rows without a share stand last."""
    if order is Order.NAME:
        return list(rows)
    sign = -1 if order is Order.HIGHEST else 1
    return sorted(rows, key=lambda row: _rank(row.figure.share, sign))


def _rank(share: float | None, sign: int) -> tuple[bool, float]:
    return share is None, sign * (share or 0.0)
