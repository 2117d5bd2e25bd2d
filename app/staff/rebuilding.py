"""The standings of staff are made again, from memberships, enrolments and the register."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, tuple_

from app.accounts.models import Person
from app.certificates.models import AwardInForce
from app.content.models import Course
from app.db import reading_first
from app.extensions import db
from app.learning.models import Enrolment
from app.lib import clock
from app.staff.desks import CROWD, STAFF_KINDS, offices_courses
from app.staff.models import Standing, StandingCount, StandingMade
from app.staff.queries import State
from app.staff.standing import made
from app.units.models import Membership
from app.units.queries import in_force, today

MADE_EVERY = timedelta(minutes=5)
# memberships compared at once, and written in one short transaction
AT_ONCE = 20_000
COLUMNS = ("course_slug", "membership_id", "person_id", "unit_id", "state", "group", "places",
           "name_sort", "name_fold")  # fmt: skip
OF_COUNT = ("course_slug", "unit_id", "state", "group", "people")


def make_again() -> Iterator[int]:
    """Make the standings again where it is time, a part at a time; the caller commits after each.

    Only what differs is written. Without a crowd nothing is kept.
    """
    with reading_first():
        known, crowd = made(), _is_crowd()
        fresh = known is not None and known.made_at > clock.now() - MADE_EVERY
        fresh = fresh and known is not None and known.made_on == today()
    if (crowd and fresh) or not (crowd or known):
        return
    yield from rebuild() if crowd else _nothing_kept()


def rebuild() -> Iterator[int]:
    """Make all standings again: yields how many rows differed in each part, uncommitted."""
    began, on = clock.now(), today()
    slugs = []
    for course in offices_courses():
        slugs.append(course.slug)
        yield from _course_again(course)
    gone = delete(Standing).where(Standing.course_slug.not_in(slugs))
    db.session.execute(gone)
    _count_again()
    db.session.merge(StandingMade(id=1, made_at=began, made_on=on))
    yield 0


def _course_again(course: Course) -> Iterator[int]:
    for low, high in _parts():
        with reading_first():
            right, kept = _right(course, low, high), _kept(course, low, high)
        stale = [key for key, row in kept.items() if right.get(key) != row]
        fresh = [row for key, row in right.items() if kept.get(key) != row]
        if stale:
            key = tuple_(Standing.course_slug, Standing.membership_id)
            for some in range(0, len(stale), 500):
                pairs = [(course.slug, one) for one in stale[some : some + 500]]
                db.session.execute(delete(Standing).where(key.in_(pairs)))
        if fresh:
            db.session.execute(
                insert(Standing), [dict(zip(COLUMNS, row, strict=True)) for row in fresh]
            )
        yield max(len(stale), len(fresh))


def differences() -> int:
    """How many rows a rebuild would write or remove; 0: the table equals its rebuild."""
    slugs = [course.slug for course in offices_courses()]
    other = select(func.count()).select_from(Standing).where(Standing.course_slug.not_in(slugs))
    number = db.session.scalars(other).one()
    number += len(set(map(tuple, _right_counts())) ^ set(map(tuple, _kept_counts())))
    for course in offices_courses():
        for low, high in _parts():
            right, kept = _right(course, low, high), _kept(course, low, high)
            number += sum(right.get(key) != kept.get(key) for key in right.keys() | kept.keys())
    return number


def _count_again() -> None:
    db.session.execute(delete(StandingCount))
    rows = [dict(zip(OF_COUNT, row, strict=True)) for row in _right_counts()]
    if rows:
        db.session.execute(insert(StandingCount), rows)


def _right_counts() -> list[Any]:
    by = (Standing.course_slug, Standing.unit_id, Standing.state, Standing.group)
    counted = select(*by, func.count()).where(Standing.places == 1).group_by(*by)
    return list(db.session.execute(counted.order_by(*by)))


def _kept_counts() -> list[Any]:
    columns = [getattr(StandingCount, name) for name in OF_COUNT]
    return list(db.session.execute(select(*columns).order_by(*columns)))


def _nothing_kept() -> Iterator[int]:
    db.session.execute(delete(Standing))
    db.session.execute(delete(StandingCount))
    db.session.execute(delete(StandingMade))
    yield 0


def _is_crowd() -> bool:
    some = select(Membership.id).where(Membership.kind.in_(STAFF_KINDS)).limit(CROWD + 1).subquery()
    return db.session.scalars(select(func.count()).select_from(some)).one() > CROWD


def _parts() -> Iterator[tuple[int, int]]:
    with reading_first():
        newest = db.session.scalars(select(func.max(Membership.id))).one() or 0
        kept = db.session.scalars(select(func.max(Standing.membership_id))).one() or 0
    for low in range(0, max(newest, kept) + 1, AT_ONCE):
        yield low, low + AT_ONCE


def _kept(course: Course, low: int, high: int) -> dict[int, Any]:
    columns = (getattr(Standing, name) for name in COLUMNS)
    query = select(*columns).where(
        Standing.course_slug == course.slug,
        Standing.membership_id >= low,
        Standing.membership_id < high,
    )
    return {row[1]: tuple(row) for row in db.session.execute(query)}


def _right(course: Course, low: int, high: int) -> dict[int, Any]:
    """What these memberships of work and study, the ledger and the register say themselves."""
    several = _in_several(low, high)
    query = (
        select(
            Membership.id,
            Membership.person_id,
            Membership.unit_id,
            AwardInForce.award_id,
            Enrolment.person_id,
            Person.group,
            Person.name_sort,
            Person.name_fold,
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(
            AwardInForce,
            and_(
                AwardInForce.person_id == Membership.person_id,
                AwardInForce.course_slug == course.slug,
            ),
        )
        .outerjoin(
            Enrolment,
            and_(Enrolment.person_id == Membership.person_id, Enrolment.course_slug == course.slug),
        )
        .where(_staff(low, high))
    )
    return {
        place: (
            *(course.slug, place, person, unit, _state(award, enrolled), group or ""),
            *(several.get(person, 1), name_sort, name_fold),
        )
        for place, person, unit, award, enrolled, group, name_sort, name_fold in db.session.execute(
            query
        )
    }


def _state(award_id: int | None, enrolled: int | None) -> str:
    if award_id is not None:
        return State.DONE.value
    return State.NOT_BEGUN.value if enrolled is None else State.UNDER_WAY.value


def _in_several(low: int, high: int) -> dict[int, int]:
    """The people of these memberships who work or study in more than one unit today."""
    other = Membership.__table__.alias()
    ours = select(Membership.person_id).where(_staff(low, high))
    rows = db.session.execute(
        select(other.c.person_id, func.count())
        .where(
            other.c.person_id.in_(ours),
            other.c.kind.in_(STAFF_KINDS),
            other.c.valid_from <= today(),
            or_(other.c.valid_to.is_(None), other.c.valid_to >= today()),
        )
        .group_by(other.c.person_id)
        .having(func.count() > 1)
    )
    return dict(rows.tuples().all())


def _staff(low: int, high: int) -> ColumnElement[bool]:
    return and_(
        Membership.id >= low,
        Membership.id < high,
        Membership.kind.in_(STAFF_KINDS),
        in_force(Membership, today()),
    )
