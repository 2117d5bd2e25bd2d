"""The way of each person through a course, as acts at moments of the last months."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.accounts.models import Person
from app.content.models import Course, Step, StepKind
from app.learning.actions import complete_step, enrol
from app.lib.dates import LOCAL
from app.lib.ids import operation_id
from app.ops.demo.exams import hand_in, sit
from app.ops.demo.people import Somebody, Stage
from app.quizzes.models import Attempt

# lessons are read in sittings some days apart
SITTING, PAUSE = (2, 5), (1, 6)
TEST_MINUTES = (9, 19)

TRIES = {
    Stage.FAILED: (False,),
    Stage.TEST_FIRST: (True,),
    Stage.DONE: (True,),
    Stage.DONE_LATER: (False, True),
}


@dataclass(frozen=True)
class Act:
    """Something that somebody does at a moment."""

    at: datetime
    run: Callable[[], object]


@dataclass(frozen=True)
class Calendar:
    """From when to when the demo world lives; both are moments, aware."""

    begins: datetime
    ends: datetime

    @classmethod
    def until(cls, now: datetime, days: int, not_before: date) -> "Calendar":
        """The last `days` days before now, but nothing before a date."""
        first = datetime.combine(not_before, datetime.min.time(), LOCAL)
        return cls(max(first, now - timedelta(days=days)), now - timedelta(minutes=30))

    @property
    def days(self) -> int:
        """How many whole days there are."""
        return (self.ends - self.begins).days

    def moment(self, rng: random.Random, day: int, hours: tuple[int, ...]) -> datetime:
        """A time of day within these hours, `day` days after the beginning."""
        whole = self.begins.astimezone(LOCAL) + timedelta(days=day)
        return whole.replace(
            hour=rng.choice(hours), minute=rng.randrange(50), second=rng.randrange(60)
        )


@dataclass
class Journey:
    """One person's way; the moments are drawn when the acts are asked for."""

    rng: random.Random
    calendar: Calendar
    person: Person
    course: Course
    who: Somebody

    def acts(self) -> Iterator[Act]:
        """Everything this person does, in order; nothing lies in the future."""
        if self.who.stage is Stage.NOT_BEGUN:
            return
        lessons = [step for step in self.course.steps if step.kind is StepKind.LESSON]
        tests = [step for step in self.course.steps if step.kind is StepKind.TEST]
        sittings = self._sittings(lessons[: self._how_many(len(lessons))])
        tries = TRIES.get(self.who.stage, ())
        days = iter(self._days(len(sittings) + len(tries)))
        for number, sitting in enumerate(sittings):
            yield from self._study(next(days), sitting, first=number == 0)
        for passing in tries:
            for test in tests:
                yield from self._test(next(days), test, passing)

    def _how_many(self, lessons: int) -> int:
        if self.who.stage is Stage.FEW:
            return self.rng.randint(0, 4)
        if self.who.stage is Stage.HALF:
            return self.rng.randint(lessons // 3, lessons - 3)
        return lessons - (3 if self.who.stage is Stage.TEST_FIRST else 0)

    def _sittings(self, lessons: list[Step]) -> list[list[Step]]:
        sittings = []
        while lessons:
            size = self.rng.randint(*SITTING)
            sittings.append(lessons[:size])
            lessons = lessons[size:]
        return sittings or [[]]

    def _days(self, count: int) -> list[int]:
        """On which days of the calendar; who is not done yet was active until lately."""
        gaps = [self.rng.randint(*PAUSE) for _ in range(count)]
        span, most = sum(gaps), self.calendar.days - 1
        if span > most:
            gaps, span = [1] * count, count
        finished = self.who.stage in (Stage.DONE, Stage.DONE_LATER)
        earliest = 0 if finished else max(0, most - span - 40)
        day = self.rng.randint(earliest, max(earliest, most - span))
        return [day := min(day + gap, most) for gap in gaps]

    def _study(self, day: int, lessons: list[Step], *, first: bool) -> Iterator[Act]:
        at = self.calendar.moment(self.rng, day, self.who.hours)
        if first:
            yield Act(at, lambda: enrol(self.person, self.course, operation_id()))
        for step in lessons:
            at += timedelta(minutes=max(2, step.minutes + self.rng.randint(-3, 2)))
            yield Act(at, self._complete(step))

    def _complete(self, step: Step) -> Callable[[], object]:
        return lambda: complete_step(
            self.person, self.course, step, self.who.evidence, operation_id()
        )

    def _test(self, day: int, test: Step, passing: bool) -> Iterator[Act]:
        at = self.calendar.moment(self.rng, day, self.who.hours)
        attempts: list[Attempt] = []

        def begin() -> None:
            attempts.append(sit(self.rng, self.person, self.course, test, passing=passing))

        yield Act(at, begin)
        at += timedelta(minutes=self.rng.randint(*TEST_MINUTES))
        yield Act(at, lambda: hand_in(attempts[0], self.course, test))
