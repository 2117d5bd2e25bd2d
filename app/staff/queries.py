"""Reads of the staff windows: who is in which unit, and how far each one is in a course.

Every list has a full order, and the number of queries does not grow with people or units. Who
stands on a page is found first, by few and narrow columns, and only then what is shown of them.
For a crowd the first is asked of the standings that are kept (standing.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
)

from app.accounts.models import Person
from app.certificates.models import Award, AwardInForce
from app.content.models import Course, StepKind
from app.counts.models import VneidConfirmation
from app.db import contains
from app.extensions import db
from app.learning.assignments import EVERYBODY, NO_DEADLINES, Deadlines
from app.learning.models import Enrolment, StepCredit
from app.lib.dates import Precision
from app.lib.paging import Page, offset
from app.lib.vietnamese import fold
from app.staff.desks import staff_of
from app.units.models import Membership, Unit
from app.units.queries import today

PAGE_SIZE = 50
# the second above every id, so that one number holds whether somebody is late and an id
LATE, NOT_LATE = literal(0, BigInteger), literal(1 << 40, BigInteger)


class State(StrEnum):
    """How far a person is in a course; who is overdue is under way or has not begun as well."""

    DONE = "done"
    UNDER_WAY = "under-way"
    NOT_BEGUN = "not-begun"
    OVERDUE = "overdue"


STATES = (State.DONE, State.UNDER_WAY, State.NOT_BEGUN)


class Sort(StrEnum):
    """In which order a list stands."""

    UNIT = "unit"
    NAME = "name"


@dataclass(frozen=True)
class Wanted:
    """Which list: a course, units, by when each shall finish, perhaps one state, words of the
    name, an order; `crowded`: so many people that the kept standings are asked."""

    course: Course
    units: tuple[Unit, ...]
    deadlines: Deadlines = NO_DEADLINES
    state: State | None = None
    words: str = ""
    sort: Sort = Sort.UNIT
    crowded: bool = False

    @property
    def unit_ids(self) -> list[int]:
        """The ids of its units, in order."""
        return sorted(unit.id for unit in self.units)


class StaffRow(NamedTuple):
    """One person in a list: as they are now, and the frozen facts of the award, if any.

    `due_on`: by when they shall finish; `overdue`: that day has passed and they have not.
    """

    person_id: int
    full_name: str
    birth_date: date | None
    birth_precision: Precision
    position: str
    unit_name: str
    state: State
    lessons_done: int
    tests_done: int
    vneid_on: date | None
    course_title: str | None
    hours: str | None
    result: str | None
    printed_number: str | None
    awarded_on: date | None
    certified_name: str | None
    due_on: date | None
    overdue: bool


def summary(wanted: Wanted) -> dict[State, int]:
    """How many distinct persons are in each state; words and state of the list do not count.

    Those who are overdue are among those under way and not begun.
    """
    state, is_late = _state(), flag(_late(wanted))
    rows = db.session.execute(
        _found(select(state, is_late, func.count(Membership.id)), wanted)
        .group_by(state, is_late)
        .order_by(state, is_late)
    )
    return counted((State(name), late == 1, number) for name, late, number in rows)


def counted(groups: Iterable[tuple[State, bool, int]]) -> dict[State, int]:
    """The summary of (state, whether late, how many)."""
    counts = dict.fromkeys(State, 0)
    for state, is_late, number in groups:
        counts[state] += number
        if is_late and state is not State.DONE:
            counts[State.OVERDUE] += number
    return counts


def number_in(counts: dict[State, int], state: State | None = None) -> int:
    """How many people a summary counts in this state; all of them for None."""
    return counts[state] if state else sum(counts[one] for one in STATES)


def page(wanted: Wanted, number: int, counts: dict[State, int]) -> Page[StaffRow]:
    """One page of a list; `counts` is its summary, which knows how long a list without words is."""
    if fold(wanted.words):
        total = db.session.scalars(_chosen(select(func.count(Membership.id)), wanted)).one()
    else:
        total = number_in(counts, wanted.state)
    ids = _ordered(_chosen(select(Membership.id), wanted), wanted.sort)
    found = db.session.scalars(ids.limit(PAGE_SIZE).offset(offset(number, PAGE_SIZE)))
    return Page(rows_of(list(found), wanted), number, PAGE_SIZE, total)


def everyone(wanted: Wanted) -> list[StaffRow]:
    """The whole of a list, by unit and given name, or by given name alone."""
    return _rows(_ordered(_chosen(_facts(wanted), wanted), wanted.sort), wanted)


def rows_of(membership_ids: Sequence[int], wanted: Wanted) -> list[StaffRow]:
    """What is shown of these memberships, in their order; one query."""
    query = _joined(_facts(wanted), wanted).where(Membership.id.in_(membership_ids))
    found = {row[0]: _row(row, wanted) for row in db.session.execute(query)}
    return [found[one] for one in membership_ids if one in found]


def _rows(query: Select[Any], wanted: Wanted) -> list[StaffRow]:
    return [_row(row, wanted) for row in db.session.execute(query)]


def _row(row: Any, wanted: Wanted) -> StaffRow:
    _, unit_id, group, slugs, *facts = row
    course, state = wanted.course, State(facts[6])
    done = done_of(course, course.credited(frozenset((slugs or "").split(","))))
    due_on = wanted.deadlines.of(unit_id, group)
    overdue = state is not State.DONE and due_on is not None and due_on < today()
    return StaffRow._make((*facts[:6], state, *done, *facts[7:], due_on, overdue))


def _facts(wanted: Wanted) -> Select[Any]:
    return select(
        Membership.id,
        Membership.unit_id,
        Person.group,
        _credits(wanted.course),
        Person.id,
        Person.full_name,
        Person.birth_date,
        Person.birth_precision,
        Membership.position,
        Unit.name,
        _state(),
        VneidConfirmation.confirmed_on,
        Award.course_title,
        Award.hours,
        Award.result,
        Award.printed_number,
        Award.awarded_on,
        Award.full_name,
    )


def _joined(columns: Select[Any], wanted: Wanted) -> Select[Any]:
    slug = wanted.course.slug
    return (
        columns.select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .outerjoin(Enrolment, and_(Enrolment.person_id == Person.id, Enrolment.course_slug == slug))
        .outerjoin(
            AwardInForce,
            and_(AwardInForce.person_id == Person.id, AwardInForce.course_slug == slug),
        )
        .outerjoin(Award, Award.id == AwardInForce.award_id)
        .outerjoin(VneidConfirmation, VneidConfirmation.person_id == Person.id)
    )


def _found(columns: Select[Any], wanted: Wanted) -> Select[Any]:
    """Everybody of these units, each in one place."""
    return _joined(columns, wanted).where(Membership.id.in_(_one_place_each(wanted)))


def _chosen(columns: Select[Any], wanted: Wanted) -> Select[Any]:
    """Those in the state and with the words that are wanted."""
    query = _found(columns, wanted)
    if wanted.state is State.OVERDUE:
        query = query.where(_late(wanted), AwardInForce.award_id.is_(None))
    elif wanted.state:
        query = query.where(_state() == wanted.state)
    if fold(wanted.words):
        query = query.where(contains(Person.name_fold, fold(wanted.words)))
    return query


def _ordered(query: Select[Any], sort: Sort) -> Select[Any]:
    by_name = (Person.name_sort, Membership.id)
    return query.order_by(*(by_name if sort is Sort.NAME else (Unit.name_sort, Unit.id, *by_name)))


def _one_place_each(wanted: Wanted) -> Select[Any]:
    """The ids of one membership per person: who works in two of the units is one person.

    The place that is late counts, of several the oldest.
    """
    rank = case((_late(wanted), LATE), else_=NOT_LATE) + Membership.id
    return (
        select(func.min(rank) % NOT_LATE)
        .join(Person, Person.id == Membership.person_id)
        .where(staff_of(wanted.unit_ids))
        .group_by(Membership.person_id)
        .correlate(None)
    )


def _late(wanted: Wanted) -> ColumnElement[bool]:
    return late(wanted, Membership.unit_id, Person.group)


def late(wanted: Wanted, unit_id: Any, group: Any) -> ColumnElement[bool]:
    """A condition: the day by which the people of this unit and group shall finish has passed."""
    passed = wanted.deadlines.passed(today())
    return or_(
        false(),
        *(
            unit_id.in_(units) if key == EVERYBODY else and_(group == key, unit_id.in_(units))
            for key, units in passed.items()
        ),
    )


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """A condition as 0 or 1, by which can be grouped even where it is plainly false."""
    return case((condition, 1), else_=0)


def _state() -> ColumnElement[str]:
    return case(
        (AwardInForce.award_id.is_not(None), State.DONE.value),
        (Enrolment.person_id.is_not(None), State.UNDER_WAY.value),
        else_=State.NOT_BEGUN.value,
    )


def _credits(course: Course) -> ColumnElement[str]:
    """The slugs in the ledger of the person of the row, of whichever version, with commas."""
    return (
        select(func.aggregate_strings(StepCredit.step_slug, ","))
        .where(StepCredit.person_id == Person.id, StepCredit.course_slug == course.slug)
        .correlate(Person)
        .scalar_subquery()
    )


def done_of(course: Course, done: frozenset[str]) -> tuple[int, int]:
    """How many lessons and how many tests of a course are among these steps."""
    kinds = [step.kind for step in course.steps if step.slug in done]
    return kinds.count(StepKind.LESSON), kinds.count(StepKind.TEST)
