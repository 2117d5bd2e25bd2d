"""Random histories of a province; after every step rule 5 holds.

People come, move, finish the course, are merged and parted; units merge, are divided, renamed,
moved, dissolved, and all of it is undone. Every published count is distinct persons, the leaves
sum to the province, nothing that is done to units or records changes a total, undo restores
exactly, and the ledgers equal their rebuilds.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.content.models import Course, StepKind
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.actions import merging
from app.persons.models import PersonMerge
from app.persons.queries.merging import may_be_undone
from app.units import confirming, planning
from app.units.actions import UnitProblem, UnitRow, add_unit, join
from app.units.carrying_out import carry_out
from app.units.models import Unit
from app.units.operation_models import Placement, UnitOperation
from app.units.planning import Act, Named
from app.units.plans import Facts, Plan
from app.units.queries import today
from app.units.undoing import built_on, undo
from tests.units.rule_5 import Rule5, totals, units_of_today
from tests.units.world import leaves, picture

BEGAN, FIRST_DAY = date(2020, 1, 1), datetime(2026, 1, 1, 2, tzinfo=UTC)
NUMBERS = st.integers(0, 1_000)
# whether it is undone at once, and how many days late it was written down
FATES = st.tuples(st.booleans(), st.integers(0, 3))
LEVELS = st.sampled_from([Evidence.SELF, Evidence.CLASS, Evidence.ASSISTED])
# a year has so many days for the acts of one history
LONGEST = settings(
    max_examples=100, stateful_step_count=30, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
SHORT = settings(LONGEST, max_examples=20, stateful_step_count=15, derandomize=True, database=None)


class Histories(Rule5):
    """A province of three communes, each with a village and an office; numbers choose."""

    course: Course

    def __init__(self) -> None:
        super().__init__()
        self.days = ExitStack()
        self.day = FIRST_DAY
        self.made = self.late = 0

    def teardown(self) -> None:
        """Nothing was committed: the next history begins in the same empty database."""
        self.days.close()
        db.session.rollback()
        db.session.expunge_all()

    @initialize()
    def begin(self) -> None:
        """The tree, in every unit of it an adult; all but two have finished the course."""
        self.days.enter_context(clock.frozen(self.day))
        self.root = add_unit(UnitRow("48", "Đà Nẵng", "Thành phố", valid_from=BEGAN), None)
        for name in ("A", "B", "C"):
            commune = self._unit(f"Xã {name}", "Xã", self.root)
            for kind in ("Thôn", "Cơ quan"):
                self._unit(f"{kind} {name}", kind, commune)
        for unit in units_of_today():
            self._person(unit, unit)
        for person in self._people()[2:]:
            self._study(person, Evidence.SELF, lessons_only=False)

    # people

    @rule(home=NUMBERS, work=NUMBERS)
    def newcomer(self, home: int, work: int) -> None:
        """Somebody new lives in one unit and works in another."""
        self._person(self._one(units_of_today(), home), self._one(units_of_today(), work))

    @rule(who=NUMBERS, level=LEVELS, lessons_only=st.booleans())
    def complete(self, who: int, level: Evidence, lessons_only: bool) -> None:
        """Study a course, to its end or not yet."""
        self._study(self._one(self._people(), who), level, lessons_only)

    @rule(who=NUMBERS, home=NUMBERS)
    def move_home(self, who: int, home: int) -> None:
        """Somebody lives elsewhere from today on."""
        before, person = totals(), self._one(self._people(), who)
        join(person, self._one(units_of_today(), home), "residence")
        self.went_elsewhere.add(person.id)
        assert totals() == before

    @rule(one=NUMBERS, other=NUMBERS)
    def merge_people(self, one: int, other: int) -> None:
        """Two records are of one human being: who was counted twice counts once."""
        old, new = self._one(self._people(), one), self._one(self._people(), other)
        if old.id == new.id:
            return
        self.went_elsewhere |= {old.id, new.id}
        before, counted = self._everything(), self._counted()
        merged = merging.merge(new, old.id, new.id, operation_id())
        assert self._counted() <= counted
        if other % 3 == 0:
            merging.undo(new, merged, operation_id())
            assert self._everything() == before and self._counted() == counted

    @rule(which=NUMBERS)
    def part_people(self, which: int) -> None:
        """They were two after all."""
        merges = list(db.session.scalars(select(PersonMerge).order_by(PersonMerge.id)))
        undoable = [one for one in merges if may_be_undone(one)]
        if undoable:
            merging.undo(self._people()[0], self._one(undoable, which), operation_id())

    # units

    @rule(first=NUMBERS, second=NUMBERS, stays=st.booleans(), fate=FATES)
    def merge_units(self, first: int, second: int, stays: bool, fate: tuple[bool, int]) -> None:
        """Two units of one kind become one."""
        one = self._one(units_of_today(), first)
        like = [unit for unit in units_of_today() if unit.kind == one.kind]
        other = self._one(like, second)
        into: Unit | Named = one if stays else self._named(one.kind)
        self._do(lambda: planning.merge([one, other], into, self._act()), fate)

    @rule(which=NUMBERS, other=NUMBERS, inside=NUMBERS, fate=FATES)
    def split(self, which: int, other: int, inside: int, fate: tuple[bool, int]) -> None:
        """A unit is divided, perhaps partly into one that is there."""
        unit = self._one(units_of_today(), which)
        like = [one for one in units_of_today() if one.kind == unit.kind and one.id != unit.id]
        second: Unit | Named = self._named(unit.kind)
        if like and other % 2:
            second = self._one(like, other)
        children = {c.id: (inside + n) % 2 for n, c in enumerate(planning.children_of(unit))}
        parts = [self._named(unit.kind), second]
        self._do(lambda: planning.split(unit, parts, children, self._act()), fate)

    @rule(which=NUMBERS, fate=FATES)
    def rename(self, which: int, fate: tuple[bool, int]) -> None:
        """A unit is called otherwise."""
        unit, new = self._one(units_of_today(), which), self._named("Xã")
        facts = Facts(new.code, new.name, unit.kind, not unit.remote)
        self._do(lambda: planning.rename(unit, facts, self._act()), fate)

    @rule(which=NUMBERS, under=NUMBERS, fate=FATES)
    def move(self, which: int, under: int, fate: tuple[bool, int]) -> None:
        """A unit comes under another one."""
        unit, parent = self._one(units_of_today(), which), self._one(units_of_today(), under)
        self._do(lambda: planning.move(unit, parent, self._act()), fate)

    @rule(which=NUMBERS, into=NUMBERS, fate=FATES)
    def dissolve(self, which: int, into: int, fate: tuple[bool, int]) -> None:
        """A unit ends and another one takes in its people."""
        unit, other = self._one(units_of_today(), which), self._one(units_of_today(), into)
        self._do(lambda: planning.dissolve(unit, other, self._act()), fate)

    @rule(which=NUMBERS)
    def undo_units(self, which: int) -> None:
        """An operation on which nothing builds is undone, whatever came since."""
        standing = db.session.scalars(
            select(UnitOperation)
            .where(UnitOperation.undone_at.is_(None))
            .order_by(UnitOperation.id)
        )
        free = [one for one in standing if not built_on(one)]
        if free:
            before = totals()
            undo(self._one(free, which).id, None)
            assert totals() == before

    @rule(who=NUMBERS, where=NUMBERS)
    def confirm(self, who: int, where: int) -> None:
        """Somebody of a divided unit is placed where they belong."""
        query = select(Placement).where(Placement.confirmed_at.is_(None))
        waiting = list(db.session.scalars(query.order_by(Placement.old_id, Placement.person_id)))
        if not waiting:
            return
        before, one = totals(), self._one(waiting, who)
        target = self._one(confirming.successors(one.old_id), where)
        person = self._people()[0]
        confirming.place(person, one.old_id, target.id, [one.person_id], operation_id())
        assert totals() == before

    # how it is done

    def _do(self, plan: Callable[[], Plan], fate: tuple[bool, int]) -> None:
        """Carry an operation out the next day; nothing is counted otherwise. Perhaps undo it."""
        undone, self.late = fate
        self._sleep()
        before, counted, spread = picture(), totals(), leaves()
        try:
            made = plan()
        except UnitProblem:
            # what cannot be is refused, and tests/units/test_operations.py looks at that
            return
        done = carry_out(made, None)
        assert totals() == counted
        if undone:
            undo(done.id, None)
            assert picture() == before and totals() == counted and leaves() == spread

    def _study(self, person: Person, level: Evidence, lessons_only: bool) -> None:
        for step in self.course.steps:
            if step.kind is StepKind.TEST and lessons_only:
                continue
            score = 90 if step.kind is StepKind.TEST else None
            complete_step(person, self.course, step, level, operation_id(), score=score)

    def _sleep(self) -> None:
        self.day += timedelta(days=1)
        self.days.enter_context(clock.frozen(self.day))

    def _act(self) -> Act:
        return Act("12/QĐ-UBND", today() - timedelta(days=self.late))

    def _named(self, kind: str) -> Named:
        self.made += 1
        return Named(f"N{self.made}", f"{kind} Mới {self.made}", kind)

    def _unit(self, name: str, kind: str, parent: Unit) -> Unit:
        self.made += 1
        return add_unit(UnitRow(f"U{self.made}", name, kind, valid_from=BEGAN), parent)

    def _person(self, home: Unit, work: Unit) -> None:
        person = add_person("Bh'riu Thị Zơrâm", birth_date=date(1970, 1, 1))
        join(person, home, "residence")
        join(person, work, "work")
        db.session.flush()

    def _people(self) -> list[Person]:
        query = select(Person).where(Person.merged_into.is_(None)).order_by(Person.id)
        return list(db.session.scalars(query))

    def _one(self, among: list, number: int):  # type: ignore[type-arg]
        return among[number % len(among)]

    def _everything(self) -> object:
        return picture(), leaves(), totals()

    def _counted(self) -> int:
        return sum(totals().values())


@pytest.mark.parametrize(
    "profile", [SHORT, pytest.param(LONGEST, marks=pytest.mark.faults)], ids=["short", "long"]
)
def test_rule_5_holds_through_every_history(app: Flask, course: Course, profile: settings) -> None:
    Histories.course = course
    run_state_machine_as_test(Histories, settings=profile)  # type: ignore[no-untyped-call]
