"""Reads of the staff windows: who is in which unit, and how far each one is in a course.

Every list has a full order, and the number of queries does not grow with people or units.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from app.accounts.models import Person, Role
from app.accounts.signed_in import SignedIn
from app.certificates.models import Award, AwardInForce
from app.certificates.queries import Line, awards_of
from app.content.models import Course, StepKind
from app.content.programme import Indicator
from app.content.shelf import shelf
from app.counts.models import VneidConfirmation
from app.db import contains
from app.extensions import db
from app.learning.models import Enrolment, StepCredit
from app.learning.queries import Progress, progress_of_all
from app.lib.dates import Precision
from app.lib.paging import Page, offset
from app.lib.vietnamese import fold
from app.units.models import Membership, Unit
from app.units.queries import in_force, memberships, scope, today, units_in, within

STAFF_KINDS = ("work", "school")
PAGE_SIZE = 50


class State(StrEnum):
    """How far a person is in a course."""

    DONE = "done"
    UNDER_WAY = "under-way"
    NOT_BEGUN = "not-begun"


@dataclass(frozen=True)
class Desk:
    """What an HR officer may see: subtrees of units, the units in them, and the courses."""

    paths: tuple[str, ...]
    units: list[Unit]
    courses: list[Course]

    @property
    def tops(self) -> list[Unit]:
        """The units that no other unit of the desk holds."""
        ids = {unit.id for unit in self.units}
        return [unit for unit in self.units if unit.parent_id not in ids]


@dataclass(frozen=True)
class Wanted:
    """Which list: a course, subtrees of units, perhaps one state and words of the name."""

    course: Course
    paths: tuple[str, ...]
    state: State | None = None
    words: str = ""


class StaffRow(NamedTuple):
    """One person in a list: as they are now, and the frozen facts of the award, if any."""

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


def desk_of(person: SignedIn) -> Desk:
    """The desk of a person who holds the role HR somewhere."""
    return desk(scope(person, Role.HR))


def desk(paths: tuple[str, ...]) -> Desk:
    """The desk over these subtrees, the courses most taken there first."""
    units = units_in(paths)
    taken = _enrolments(paths)
    courses = visible_courses({unit.kind for unit in units})
    courses.sort(key=lambda course: (-taken.get(course.slug, 0), course.code, course.slug))
    return Desk(paths, units, courses)


def visible_courses(kinds: Iterable[str]) -> list[Course]:
    """The courses that count for people who work or study in units of these kinds.

    Only these: which other courses somebody takes (for people with disabilities, for ethnic
    minorities) is no matter of their office.
    """
    counting = [item for item in shelf.programme.indicators if item.place in STAFF_KINDS]
    fitting = [item for item in counting if _concerns(item, set(kinds))] or counting
    slugs = {slug for item in fitting for slug in item.courses}
    private = {group.id for group in shelf.programme.groups if group.sensitive}
    return [
        course
        for course in shelf.published()
        if course.slug in slugs and private.isdisjoint(course.audience)
    ]


def _concerns(indicator: Indicator, kinds: set[str]) -> bool:
    return not indicator.unit_kinds or not kinds.isdisjoint(indicator.unit_kinds)


def _enrolments(paths: tuple[str, ...]) -> dict[str, int]:
    rows = db.session.execute(
        select(Enrolment.course_slug, func.count(Enrolment.person_id.distinct()))
        .join(Membership, Membership.person_id == Enrolment.person_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(_is_staff(paths))
        .group_by(Enrolment.course_slug)
        .order_by(Enrolment.course_slug)
    )
    return dict(rows.tuples().all())


def _is_staff(paths: tuple[str, ...]) -> ColumnElement[bool]:
    return and_(within(paths), Membership.kind.in_(STAFF_KINDS), in_force(Membership, today()))


def summary(wanted: Wanted) -> dict[State, int]:
    """How many distinct persons are in each state; words and state of the list do not count."""
    state = _state()
    everyone = Wanted(wanted.course, wanted.paths)
    rows = db.session.execute(
        _joined(select(state, func.count(Person.id)), everyone).group_by(state)
    )
    return {State.DONE: 0, State.UNDER_WAY: 0, State.NOT_BEGUN: 0} | {
        State(name): number for name, number in rows
    }


def page(wanted: Wanted, number: int) -> Page[StaffRow]:
    """One page of a list, by unit, given name and id."""
    total = db.session.scalars(_joined(select(func.count(Person.id)), wanted)).one()
    rows = _listed(wanted).limit(PAGE_SIZE).offset(offset(number, PAGE_SIZE))
    return Page(_rows(rows, wanted.course), number, PAGE_SIZE, total)


def everyone(wanted: Wanted) -> list[StaffRow]:
    """The whole of a list, in the same order."""
    return _rows(_listed(wanted), wanted.course)


def _rows(query: Select[Any], course: Course) -> list[StaffRow]:
    found = []
    for slugs, *facts in db.session.execute(query):
        done = _done_of(course, course.credited(frozenset((slugs or "").split(","))))
        found.append(StaffRow._make((*facts[:6], State(facts[6]), *done, *facts[7:])))
    return found


def _listed(wanted: Wanted) -> Select[Any]:
    columns = select(
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
    return _joined(columns, wanted).order_by(Unit.name_sort, Unit.id, Person.name_sort, Person.id)


def _joined(columns: Select[Any], wanted: Wanted) -> Select[Any]:
    slug = wanted.course.slug
    query = (
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
        .where(Membership.id.in_(_one_place_each(wanted.paths)))
    )
    if wanted.state:
        query = query.where(_state() == wanted.state)
    if fold(wanted.words):
        query = query.where(contains(Person.name_fold, fold(wanted.words)))
    return query


def _one_place_each(paths: tuple[str, ...]) -> Select[tuple[int]]:
    """The ids of one membership per person: who works in two of the units is one person."""
    return (
        select(func.min(Membership.id))
        .join(Unit, Unit.id == Membership.unit_id)
        .where(_is_staff(paths))
        .group_by(Membership.person_id)
        .correlate(None)
    )


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


@dataclass(frozen=True)
class StaffMember:
    """One person as HR sees them: where they work or study inside HR's units."""

    person: Person
    places: list[Membership]
    vneid: VneidConfirmation | None


class CourseOfPerson(NamedTuple):
    """How far a person is in a course; `award` is in force, `revoked` the last one that is not."""

    course: Course
    state: State
    lessons_done: int
    tests_done: int
    award: Award | None
    revoked: Award | None


def staff_member(person_id: int, paths: tuple[str, ...]) -> StaffMember | None:
    """A person who works or studies in one of these subtrees today, else None."""
    places = [
        place
        for place in memberships(person_id)
        if place.kind in STAFF_KINDS and place.unit.path.startswith(paths)
    ]
    person = db.session.get(Person, person_id) if places else None
    if person is None:
        return None
    return StaffMember(person, places, db.session.get(VneidConfirmation, person_id))


def courses_of(person_id: int, courses: list[Course]) -> list[CourseOfPerson]:
    """How far a person is in each of these courses, in their order; two queries."""
    far = {item.course.slug: item for item in progress_of_all(person_id, tuple(courses))}
    lines = awards_of(person_id)
    return [_course_of(course, far.get(course.slug), lines) for course in courses]


def _course_of(course: Course, far: Progress | None, lines: list[Line]) -> CourseOfPerson:
    papers = [line for line in lines if line.award.course_slug == course.slug]
    award = next((line.award for line in papers if line.in_force), None)
    revoked = next((line.award for line in papers if line.revocation), None)
    done = far.done if far else frozenset()
    lessons, tests = _done_of(course, done)
    state = State.DONE if award else State.UNDER_WAY if far else State.NOT_BEGUN
    return CourseOfPerson(course, state, lessons, tests, award, revoked)


def _done_of(course: Course, done: frozenset[str]) -> tuple[int, int]:
    """How many lessons and how many tests of a course are among these steps."""
    kinds = [step.kind for step in course.steps if step.slug in done]
    return kinds.count(StepKind.LESSON), kinds.count(StepKind.TEST)
