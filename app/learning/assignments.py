"""Courses that an office gives to its people: until when, who is asked, taking it back.

Whether somebody is overdue is asked anew each time, of the day and of the register; nobody has
to note it at midnight.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, String, bindparam, cast, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts import audit, operations
from app.accounts.models import Person
from app.accounts.signed_in import Someone
from app.content.models import Course
from app.db import Prepared, columns, take_turns
from app.extensions import db
from app.learning.models import Assignment
from app.lib import clock
from app.lib.dates import short_date
from app.lib.paging import Page, offset
from app.units.models import Membership, Unit
from app.units.queries import today, within

# whom a unit may give a course to: its people, not its residents
PLACES = ("work", "school")
EVERYBODY = ""
PAGE_SIZE = 50


class AlreadyGiven(Exception):
    """These people have this course with another day; `known` is what stands."""

    def __init__(self, known: Assignment) -> None:
        super().__init__(known.id)
        self.known = known


class Given(NamedTuple):
    """An assignment with the name of its unit and of who gave it."""

    assignment: Assignment
    unit_name: str
    by: str


class Due(NamedTuple):
    """The day by which somebody shall finish a course."""

    day: date
    passed: bool


@dataclass(frozen=True)
class Deadlines:
    """Until when the people of units shall finish one course: by audience group ("" stands for
    everybody), by unit."""

    by_group: Mapping[str, Mapping[int, date]] = field(default_factory=dict)

    def of(self, unit_id: int, group: str | None) -> date | None:
        """The first day by which somebody of this unit and group shall have finished."""
        asked = {EVERYBODY, group or EVERYBODY}
        days = [by_unit.get(unit_id) for key, by_unit in self.by_group.items() if key in asked]
        return min((day for day in days if day), default=None)

    def passed(self, on: date) -> dict[str, list[int]]:
        """The units whose day was before this one, by group; groups without any are left out."""
        late = {
            group: sorted(unit_id for unit_id, day in by_unit.items() if day < on)
            for group, by_unit in self.by_group.items()
        }
        return {group: units for group, units in late.items() if units}


NO_DEADLINES = Deadlines()


def assign(
    actor: Someone, unit: Unit, course: Course, due_on: date, group: str, op_id: str
) -> Assignment:
    """Give a course to the people of a unit and of all below it, or to one audience group of
    them. The same day again changes nothing; another day raises AlreadyGiven.

    Raises OperationConflict.
    """
    take_turns(f"assignments of {unit.id}")
    content = [unit.id, course.slug, due_on.isoformat(), group]
    replay = operations.begin(op_id, actor.id, "assign", content)
    if replay:
        return db.session.get_one(Assignment, int(replay.outcome))
    given = _in_force(unit.id, course.slug, group) or _given(actor, unit, course, due_on, group)
    if given.due_on != due_on:
        operations.release(op_id)
        raise AlreadyGiven(given)
    operations.conclude(op_id, str(given.id))
    return given


def _given(actor: Someone, unit: Unit, course: Course, due_on: date, group: str) -> Assignment:
    given = Assignment(
        unit_id=unit.id,
        course_slug=course.slug,
        group=group,
        due_on=due_on,
        assigned_by=actor.id,
        assigned_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    audit.record(actor.id, "assign", f"unit {unit.id}", _words(given))
    return given


def end(actor: Someone, given: Assignment, op_id: str) -> None:
    """Take an assignment back; what was learnt stays. Raises OperationConflict."""
    if operations.begin(op_id, actor.id, "end_assignment", given.id):
        return
    if given.ended_at is None:
        given.ended_at, given.ended_by = clock.now(), actor.id
        audit.record(actor.id, "end_assignment", f"unit {given.unit_id}", _words(given))


def give_again(actor: Someone, given: Assignment, op_id: str) -> None:
    """Undo the end of an assignment.

    Raises OperationConflict, and AlreadyGiven when the same people have the course again.
    """
    take_turns(f"assignments of {given.unit_id}")
    if operations.begin(op_id, actor.id, "give_again", given.id):
        return
    known = _in_force(given.unit_id, given.course_slug, given.group)
    if known is not None and known.id != given.id:
        operations.release(op_id)
        raise AlreadyGiven(known)
    if given.ended_at is not None:
        given.ended_at = given.ended_by = None
        audit.record(actor.id, "give_again", f"unit {given.unit_id}", _words(given))


def _in_force(unit_id: int, slug: str, group: str) -> Assignment | None:
    return db.session.scalars(
        select(Assignment).where(
            Assignment.unit_id == unit_id,
            Assignment.course_slug == slug,
            Assignment.group == group,
            Assignment.ended_at.is_(None),
        )
    ).one_or_none()


def _words(given: Assignment) -> str:
    group = f" · {given.group}" if given.group else ""
    return f"{given.course_slug} · {short_date(given.due_on)}{group}"


def assignments(paths: tuple[str, ...], number: int) -> Page[Given]:
    """One page of what was given to units of these subtrees, and to all above them: those in
    force first, the nearest day first."""
    seen = or_(within(paths), Unit.id.in_(_above(paths)))
    count = select(func.count(Assignment.id)).join(Unit, Unit.id == Assignment.unit_id)
    total = db.session.scalars(count.where(seen)).one()
    rows = _all_given().where(seen).limit(PAGE_SIZE).offset(offset(number, PAGE_SIZE))
    return Page([Given(*row) for row in db.session.execute(rows)], number, PAGE_SIZE, total)


def assignment(assignment_id: int, paths: tuple[str, ...]) -> Given | None:
    """What was given under this id to a unit of these subtrees, else None."""
    row = db.session.execute(
        _all_given().where(Assignment.id == assignment_id, within(paths))
    ).one_or_none()
    return Given(*row) if row else None


def _all_given() -> Select[Any]:
    who = aliased(Person)
    return (
        select(Assignment, Unit.name, who.full_name)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(who, who.id == Assignment.assigned_by)
        .order_by(Assignment.ended_at.is_not(None), Assignment.due_on, Assignment.id)
    )


def _above(paths: Iterable[str]) -> list[int]:
    return sorted({int(part) for path in paths for part in path.split("/") if part})


def deadlines(course_slug: str, units: Sequence[Unit]) -> Deadlines:
    """Until when the people of these units shall finish a course; one query.

    What was given to a unit above holds below, and of several days the first.
    """
    given = db.session.execute(
        select(Unit.path, Assignment.group, Assignment.due_on)
        .join(Assignment, Assignment.unit_id == Unit.id)
        .where(Assignment.course_slug == course_slug, Assignment.ended_at.is_(None))
        .order_by(Assignment.due_on.desc(), Assignment.id)
    )
    found: dict[str, dict[int, date]] = {}
    # the latest day first, so that the first one is what stands in the end
    for path, group, due_on in given:
        below = {unit.id: due_on for unit in units if unit.path.startswith(path)}
        if below:
            found.setdefault(group, {}).update(below)
    return Deadlines(found)


_asked, _place, _person = columns(Assignment), columns(Membership), columns(Person)
_there, _here = Unit.__table__.alias("there"), Unit.__table__.alias("here")
# which courses with which days concern a person: those given to a unit in which they work or
# study today, or to one above it
_CONCERNS = (
    select(_asked.course_slug, func.min(_asked.due_on).label("due_on"))
    .select_from(
        Assignment.__table__.join(_there, _there.c.id == _asked.unit_id)
        .join(_here, func.substr(_here.c.path, 1, func.length(_there.c.path)) == _there.c.path)
        .join(Membership.__table__, _place.unit_id == _here.c.id)
        .join(Person.__table__, _person.id == _place.person_id)
    )
    .where(
        _person.id == bindparam("person_id"),
        _place.kind.in_(PLACES),
        _place.valid_from <= bindparam("today"),
        or_(_place.valid_to.is_(None), _place.valid_to >= bindparam("today")),
        _asked.ended_at.is_(None),
        or_(_asked.group == EVERYBODY, _asked.group == _person.group),
    )
    .group_by(_asked.course_slug)
)
_DUE = Prepared(_CONCERNS.where(_asked.course_slug == bindparam("course_slug")))
_DUES = Prepared(_CONCERNS.order_by(_asked.course_slug))


def due(person_id: int, course_slug: str) -> Due | None:
    """By when a person shall finish a course, None for no such day; one query."""
    row = _DUE.execute(person_id=person_id, today=today(), course_slug=course_slug).one_or_none()
    return _due(row.due_on) if row else None


def dues_of(person_id: int) -> dict[str, date]:
    """By when a person shall finish which courses; one query."""
    rows = _DUES.execute(person_id=person_id, today=today())
    return {row.course_slug: row.due_on for row in rows}


def _due(day: date) -> Due:
    return Due(day, day < today())


def dues_of_person() -> Any:
    """All courses that somebody shall finish and by when, in one text for `dues_read`, as a
    column of a query in which `person_id` and `today` are bound."""
    one = _CONCERNS.subquery("asked")
    line = one.c.course_slug + ":" + cast(one.c.due_on, String(10))
    return select(func.aggregate_strings(line, " ")).select_from(one).scalar_subquery()


def dues_read(text: str | None) -> dict[str, Due]:
    """Course and day as `dues_of_person` tells them, the nearest day first."""
    pairs = [one.rpartition(":")[::2] for one in (text or "").split()]
    found = {slug: _due(date.fromisoformat(day)) for slug, day in pairs}
    return dict(sorted(found.items(), key=lambda one: (one[1], one[0])))
