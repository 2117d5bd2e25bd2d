"""Reminders without pressure: who rests, whether they want to hear of it, who gets a letter."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, Select, and_, case, func, or_, select, update

from app.accounts import consents, operations
from app.accounts.models import Person
from app.accounts.notices import LETTERS
from app.accounts.queries import who_reads_letters
from app.certificates.models import AwardInForce
from app.content.models import Course
from app.db import insert_once
from app.extensions import db
from app.learning.models import Enrolment, ReminderChoice, StepCredit
from app.learning.queries import RESTS_AFTER, Progress, by_course
from app.lib import clock

BETWEEN_LETTERS = timedelta(days=14)
MOST_LETTERS = 3


class Resting(NamedTuple):
    """Somebody who did nothing since `since`; `going_on`: the course under way touched last."""

    person_id: int
    full_name: str
    phone: str | None
    group: str | None
    since: datetime
    going_on: Progress

    @property
    def days(self) -> int:
        """For how many whole days they rest."""
        return (clock.now() - self.since).days


def turn_off(person_id: int, op_id: str) -> None:
    """A person wants no reminders of any kind; saying so again changes nothing."""
    if operations.begin(op_id, person_id, "reminders", "off") is None:
        _choose(person_id, clock.now())


def turn_on(person_id: int, op_id: str) -> None:
    """A person wants to be reminded after all."""
    if operations.begin(op_id, person_id, "reminders", "on") is None:
        _choose(person_id, None)


def _choose(person_id: int, off_at: datetime | None) -> None:
    if not _noted(person_id, off_at):
        mine = update(ReminderChoice).where(ReminderChoice.person_id == person_id)
        db.session.execute(mine.values(off_at=off_at))


def _noted(person_id: int, off_at: datetime | None = None) -> bool:
    """Note a first choice; False when there is one."""
    first = {"off_at": off_at, "last_sent_at": None, "sent_in_a_row": 0}
    return insert_once(ReminderChoice, person_id=person_id, **first)


def resting(among: Select[tuple[int]] | list[int], courses: tuple[Course, ...]) -> list[Resting]:
    """Those of these people (ids, or a query of ids) who rest, the longest first.

    Who rests has a course under way, did nothing for RESTS_AFTER and did not turn reminders off.
    """
    rows = db.session.execute(
        _TAKEN.where(
            Person.id.in_(among),
            ReminderChoice.off_at.is_(None),
            _last_active(Person.id) <= clock.now() - RESTS_AFTER,
        )
    )
    return sorted(_by_person(rows, courses), key=lambda one: (one.since, one.person_id))


def _last_active(person_id: Any) -> Any:
    """When a person last did anything in any course; NULL when never."""
    enrolment = Enrolment.__table__.alias()
    active_at = select(func.max(enrolment.c.active_at)).where(enrolment.c.person_id == person_id)
    return active_at.scalar_subquery()


_TAKEN = (
    select(
        Enrolment.course_slug,
        Enrolment.last_step,
        StepCredit.step_slug,
        AwardInForce.award_id,
        Enrolment.active_at,
        Person.id,
        Person.full_name,
        Person.phone,
        Person.group,
    )
    .select_from(Person)
    .join(Enrolment, Enrolment.person_id == Person.id)
    .outerjoin(
        StepCredit,
        and_(
            StepCredit.person_id == Enrolment.person_id,
            StepCredit.course_slug == Enrolment.course_slug,
        ),
    )
    .outerjoin(
        AwardInForce,
        and_(
            AwardInForce.person_id == Enrolment.person_id,
            AwardInForce.course_slug == Enrolment.course_slug,
        ),
    )
    .outerjoin(ReminderChoice, ReminderChoice.person_id == Person.id)
    .order_by(Person.id, Enrolment.active_at.desc(), Enrolment.course_slug)
)


def _by_person(rows: Iterable[Any], courses: tuple[Course, ...]) -> Iterator[Resting]:
    for person_id, group in groupby(rows, key=lambda row: row.id):
        own = list(group)
        held = {row.course_slug for row in own if row.award_id is not None}
        going_on = [one for one in by_course(own, courses) if one.left]
        first = next((one for one in going_on if one.course.slug not in held), None)
        if first:
            who = own[0]
            yield Resting(person_id, who.full_name, who.phone, who.group, who.active_at, first)


def due(after_id: int, size: int) -> list[int]:
    """Ids, in order and greater than `after_id`, of the next people who may get a letter now.

    They have an address and agreed to letters, did nothing for RESTS_AFTER, got no letter for
    BETWEEN_LETTERS and at most MOST_LETTERS since they last learnt. Whether a course is under
    way, `resting` tells.
    """
    found = (
        select(Person.id)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == Person.id)
        .where(Person.id > after_id, Person.id.in_(who_reads_letters()))
        .where(_may_get_a_letter(Person.id))
        .order_by(Person.id)
        .limit(size)
    )
    return list(db.session.scalars(found))


def claim(person_id: int) -> bool:
    """Note, before a letter is handed in, that it went out; False when none may go now.

    The caller commits first and sends then: after a crash a letter is missing, never doubled.
    """
    _noted(person_id)
    learnt = ReminderChoice.last_sent_at < _last_active(ReminderChoice.person_id)
    claimed = db.session.execute(
        update(ReminderChoice)
        .where(ReminderChoice.person_id == person_id, _may_get_a_letter(ReminderChoice.person_id))
        .values(
            last_sent_at=clock.now(),
            sent_in_a_row=case((learnt, 1), else_=ReminderChoice.sent_in_a_row + 1),
        )
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", claimed).rowcount == 1


def _may_get_a_letter(person_id: Any) -> ColumnElement[bool]:
    now, last_active = clock.now(), _last_active(person_id)
    few = or_(
        ReminderChoice.sent_in_a_row < MOST_LETTERS, ReminderChoice.last_sent_at < last_active
    )
    long_ago = and_(ReminderChoice.last_sent_at <= now - BETWEEN_LETTERS, few)
    return and_(
        ReminderChoice.off_at.is_(None),
        consents.agrees(person_id, LETTERS),
        or_(ReminderChoice.last_sent_at.is_(None), long_ago),
        last_active <= now - RESTS_AFTER,
    )
