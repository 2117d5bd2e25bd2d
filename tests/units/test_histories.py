"""Random histories of a province; after every step rule 5 holds.

People come, move, finish the course, are merged and parted; units merge, are divided, renamed,
moved, dissolved, and all of it is undone. Every published count is distinct persons, the leaves
sum to the province, nothing that is done to units or records changes a total, undo restores
exactly, and the ledgers equal their rebuilds.
"""

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.content.models import Course, StepKind
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.lib.ids import operation_id
from app.persons.actions import merging
from app.persons.models import PersonMerge
from app.persons.queries.merging import may_be_undone
from app.units import confirming, planning
from app.units.actions import join
from app.units.models import Unit
from app.units.operation_models import Placement, UnitOperation
from app.units.planning import Named
from app.units.plans import Facts
from app.units.undoing import built_on, undo
from tests.units.province import Province, totals

NUMBERS = st.integers(0, 1_000)
LEVELS = st.sampled_from([Evidence.SELF, Evidence.CLASS, Evidence.ASSISTED])
# a year has so many days for the acts of one history
LONGEST = settings(
    max_examples=100, stateful_step_count=30, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
SHORT = settings(LONGEST, max_examples=12, stateful_step_count=14, derandomize=True)


class Histories(Province):
    """What can be done in the province; numbers choose whom it meets."""

    course: Course

    # people

    @rule(home=NUMBERS, work=NUMBERS)
    def newcomer(self, home: int, work: int) -> None:
        """Somebody new lives in one unit and works in another."""
        self._person(self._one(self._units(), home), self._one(self._units(), work))

    @rule(who=NUMBERS, level=LEVELS, lessons_only=st.booleans())
    def complete(self, who: int, level: Evidence, lessons_only: bool) -> None:
        """Study a course, to its end or not yet."""
        person = self._one(self._people(), who)
        for step in self.course.steps:
            if step.kind is StepKind.TEST and lessons_only:
                continue
            score = 90 if step.kind is StepKind.TEST else None
            complete_step(person, self.course, step, level, operation_id(), score=score)

    @rule(who=NUMBERS, home=NUMBERS)
    def move_home(self, who: int, home: int) -> None:
        """Somebody lives elsewhere from today on."""
        before = totals()
        join(self._one(self._people(), who), self._one(self._units(), home), "residence")
        assert totals() == before

    @rule(one=NUMBERS, other=NUMBERS)
    def merge_people(self, one: int, other: int) -> None:
        """Two records are of one human being: who was counted twice counts once."""
        old, new = self._one(self._people(), one), self._one(self._people(), other)
        if old.id == new.id:
            return
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

    @rule(first=NUMBERS, second=NUMBERS, stays=st.booleans(), undone=st.booleans())
    def merge_units(self, first: int, second: int, stays: bool, undone: bool) -> None:
        """Two units of one kind become one."""
        one = self._one(self._units(), first)
        like = [unit for unit in self._units() if unit.kind == one.kind]
        other = self._one(like, second)
        into: Unit | Named = one if stays else self._named(one.kind)
        self._do(lambda: planning.merge([one, other], into, self._act()), undone)

    @rule(which=NUMBERS, other=NUMBERS, inside=NUMBERS, undone=st.booleans())
    def split(self, which: int, other: int, inside: int, undone: bool) -> None:
        """A unit is divided, perhaps partly into one that is there."""
        unit = self._one(self._units(), which)
        like = [one for one in self._units() if one.kind == unit.kind and one.id != unit.id]
        second: Unit | Named = self._named(unit.kind)
        if like and other % 2:
            second = self._one(like, other)
        children = {c.id: (inside + n) % 2 for n, c in enumerate(planning.children_of(unit))}
        parts = [self._named(unit.kind), second]
        self._do(lambda: planning.split(unit, parts, children, self._act()), undone)

    @rule(which=NUMBERS, undone=st.booleans())
    def rename(self, which: int, undone: bool) -> None:
        """A unit is called otherwise."""
        unit, new = self._one(self._units(), which), self._named("Xã")
        facts = Facts(new.code, new.name, unit.kind, not unit.remote)
        self._do(lambda: planning.rename(unit, facts, self._act()), undone)

    @rule(which=NUMBERS, under=NUMBERS, undone=st.booleans())
    def move(self, which: int, under: int, undone: bool) -> None:
        """A unit comes under another one."""
        unit, parent = self._one(self._units(), which), self._one(self._units(), under)
        self._do(lambda: planning.move(unit, parent, self._act()), undone)

    @rule(which=NUMBERS, into=NUMBERS, undone=st.booleans())
    def dissolve(self, which: int, into: int, undone: bool) -> None:
        """A unit ends and another one takes in its people."""
        unit, other = self._one(self._units(), which), self._one(self._units(), into)
        self._do(lambda: planning.dissolve(unit, other, self._act()), undone)

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


@pytest.mark.parametrize(
    "profile", [SHORT, pytest.param(LONGEST, marks=pytest.mark.faults)], ids=["short", "long"]
)
def test_rule_5_holds_through_every_history(app: Flask, course: Course, profile: settings) -> None:
    Histories.course = course
    run_state_machine_as_test(Histories, settings=profile)  # type: ignore[no-untyped-call]
