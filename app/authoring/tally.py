"""Numbers of one test question, added up answer by answer: classical item analysis.

Difficulty is the item's mean score (the p-value of classical test theory; with partial credit the
mean share of points). Discrimination is the corrected item-total correlation: the point-biserial
coefficient, or Pearson's r where there is partial credit, between the points of the question and
the score of the rest of the test, since with the question itself in the score a short test would
flatter every question (Henrysson 1963, "Correction of item-total correlations in item analysis",
Psychometrika 28, 211-218). Each attempt draws its own questions, so the rest is a mean, not a sum.
"""

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from statistics import median

from app.quizzes.queries import GivenAnswer

# an answer that took a day was not being thought about
LONGEST_SECONDS = 86_400.0


class Tally:
    """What is known of one question from the answers added so far."""

    def __init__(self) -> None:
        self.times = 0
        self._points = 0.0
        # over answers that have a rest to compare with: n, sums of points, rests and products
        self._pairs = 0
        self._own = self._rests = self._own_squared = self._rests_squared = self._products = 0.0
        self._chosen: Counter[str] = Counter()
        self._seconds = array("f")

    def add(self, answer: GivenAnswer, rest: float | None) -> None:
        """One more answer; `rest`: the mean points of the other questions of its attempt."""
        points = answer.points
        self.times += 1
        self._points += points
        self._chosen[answer.chosen] += 1
        if answer.shown_at and answer.answered_at:
            self._add_time(answer.shown_at, answer.answered_at)
        if rest is not None:
            self._pairs += 1
            self._own += points
            self._rests += rest
            self._own_squared += points * points
            self._rests_squared += rest * rest
            self._products += points * rest

    def _add_time(self, shown_at: datetime, answered_at: datetime) -> None:
        seconds = (answered_at - shown_at).total_seconds()
        if 0 <= seconds <= LONGEST_SECONDS:
            self._seconds.append(seconds)

    @property
    def difficulty(self) -> float | None:
        """The mean share of points, 0…1: the higher, the easier. None without answers."""
        return self._points / self.times if self.times else None

    @property
    def discrimination(self) -> float | None:
        """-1…1; None where everybody got the same, here or in the rest."""
        if not self._pairs:
            return None
        n = self._pairs
        own_spread = n * self._own_squared - self._own**2
        spread = own_spread * (n * self._rests_squared - self._rests**2)
        if spread <= 1e-9:
            return None
        together = n * self._products - self._own * self._rests
        return max(-1.0, min(1.0, together / math.sqrt(spread)))

    @property
    def timed(self) -> int:
        """For how many answers the time is known."""
        return len(self._seconds)

    @property
    def seconds(self) -> float | None:
        """The median time until the first answer, in seconds."""
        return median(self._seconds) if self._seconds else None

    def chosen(self) -> Counter[str]:
        """How often each option was chosen, alone or among others."""
        found: Counter[str] = Counter()
        for answer, times in self._chosen.items():
            for option in set(json.loads(answer)):
                found[option] += times
        return found

    def answers(self) -> list[tuple[list[str], int]]:
        """Whole answers and how often each was given, commonest first."""
        ordered = sorted(self._chosen.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(json.loads(answer), times) for answer, times in ordered]


def tallies(answers: Iterable[GivenAnswer]) -> tuple[dict[str, Tally], int]:
    """The tally of each question by id, and how many attempts there were.

    `answers`: whole attempts one after the other; one attempt is held at a time.
    """
    found: dict[str, Tally] = {}
    attempts = 0
    for _, sheet in groupby(answers, key=attrgetter("attempt_id")):
        attempts += 1
        _add_sheet(found, list(sheet))
    return found, attempts


def _add_sheet(found: dict[str, Tally], sheet: list[GivenAnswer]) -> None:
    total, others = math.fsum(answer.points for answer in sheet), len(sheet) - 1
    for answer in sheet:
        tally = found.get(answer.question_id)
        if tally is None:
            tally = found[answer.question_id] = Tally()
        tally.add(answer, (total - answer.points) / others if others else None)
