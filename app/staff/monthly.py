"""Lists that make themselves once a month: which, on which day, and making those that are due."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from app.accounts import audit, operations
from app.accounts.models import Role
from app.accounts.queries import signed_in
from app.accounts.signed_in import Someone
from app.content.models import Course
from app.db import take_turns
from app.extensions import db
from app.jobs import actions as jobs
from app.learning.assignments import deadlines
from app.lib import clock
from app.lib.hashing import digest
from app.staff import desks, made_lists
from app.staff.exports import EXPORT
from app.staff.models import MadeList, Monthly
from app.staff.queries import State, Wanted
from app.units.models import Unit
from app.units.queries import scope, today, unit_within, within

LAST_DAY = 28
BACK = "/staff/lists/made"


class Setting(NamedTuple):
    """A list that makes itself, with the name of its unit."""

    monthly: Monthly
    unit_name: str


def make_monthly(
    actor: Someone, unit: Unit, course: Course, state: State | None, form: str, day: int, op_id: str
) -> None:
    """From now on this list makes itself every month on this day (1 to 28); said again with
    another day, the day is changed. Raises OperationConflict."""
    take_turns(f"monthly lists of {unit.id}")
    content = [unit.id, course.slug, state, form, day]
    if operations.begin(op_id, actor.id, "make_monthly", content):
        return
    facts = {"unit_id": unit.id, "course_slug": course.slug, "state": state or "", "form": form}
    known = db.session.scalars(
        select(Monthly).filter_by(**facts).where(Monthly.ended_at.is_(None))
    ).one_or_none()
    if known is None:
        known = Monthly(**facts, day=day, set_by=actor.id, set_at=clock.now())
        db.session.add(known)
    known.day, known.set_by, known.set_at = day, actor.id, clock.now()
    detail = f"{form} · {course.slug} · {state or 'tất cả'} · ngày {day}"
    audit.record(actor.id, "make_monthly", f"unit {unit.id}", detail)


def end_monthly(actor: Someone, monthly: Monthly, op_id: str) -> None:
    """The list does not make itself any more. Raises OperationConflict."""
    if operations.begin(op_id, actor.id, "end_monthly", monthly.id):
        return
    _end(actor.id, monthly)


def _end(actor_id: int | None, monthly: Monthly) -> None:
    if monthly.ended_at is None:
        monthly.ended_at, monthly.ended_by = clock.now(), actor_id
        audit.record(actor_id, "end_monthly", f"unit {monthly.unit_id}", monthly.course_slug)


def settings(paths: tuple[str, ...]) -> list[Setting]:
    """The lists of these subtrees that make themselves, by unit, course and day."""
    rows = db.session.execute(
        select(Monthly, Unit.name)
        .join(Unit, Unit.id == Monthly.unit_id)
        .where(within(paths), Monthly.ended_at.is_(None))
        .order_by(Unit.name_sort, Monthly.course_slug, Monthly.day, Monthly.id)
    )
    return [Setting(*row) for row in rows]


def setting(monthly_id: int, paths: tuple[str, ...]) -> Monthly | None:
    """The list with this id that makes itself for a unit of these subtrees, else None."""
    return db.session.scalars(
        select(Monthly)
        .join(Unit, Unit.id == Monthly.unit_id)
        .where(Monthly.id == monthly_id, within(paths))
    ).one_or_none()


def make_due() -> Iterator[int]:
    """Put those lists in line whose day of this month has come and that this month has not yet;
    one transaction each, which the caller commits. A month that nobody worked in is left out."""
    for monthly_id in _due():
        monthly = db.session.get_one(Monthly, monthly_id, with_for_update=True)
        if monthly.ended_at is None and not _is_made(monthly):
            _make(monthly)
        yield monthly_id
    made_lists.forget_files()


def _month() -> str:
    return f"{today():%Y-%m}"


def _due() -> list[int]:
    done = select(MadeList.monthly_id).where(MadeList.month == _month())
    return list(
        db.session.scalars(
            select(Monthly.id)
            .where(
                Monthly.ended_at.is_(None),
                Monthly.day <= today().day,
                Monthly.id.not_in(done.where(MadeList.monthly_id.is_not(None))),
            )
            .order_by(Monthly.id)
        )
    )


def _is_made(monthly: Monthly) -> bool:
    made = select(MadeList.id).filter_by(monthly_id=monthly.id, month=_month())
    return db.session.scalars(made).one_or_none() is not None


def _make(monthly: Monthly) -> None:
    person = signed_in(monthly.set_by)
    unit = unit_within(monthly.unit_id, scope(person, Role.HR)) if person else None
    desk = desks.desk((unit.path,)) if unit else None
    courses = {course.slug: course for course in desk.courses} if desk else {}
    if person is None or unit is None or desk is None or monthly.course_slug not in courses:
        # nobody keeps these people any more who had asked for it
        _end(None, monthly)
        return
    wanted = Wanted(
        courses[monthly.course_slug],
        tuple(desk.units),
        deadlines(monthly.course_slug, desk.units),
        State(monthly.state) if monthly.state else None,
    )
    entered = made_lists.enter(person, [unit], wanted, unit, monthly.form)
    entered.monthly_id, entered.month = monthly.id, _month()
    op_id = digest(f"monthly list {monthly.id} {_month()}")[:32]
    job = jobs.start(person, EXPORT, {"list": entered.id}, op_id, back=BACK)
    entered.job_id = job.id
