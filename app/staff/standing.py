"""Where the staff of a crowd stand: kept in a table, so that a page of them takes no time.

The table says nothing of its own and is made again every few minutes (rebuilding.py). What a page
shows of the people on it is read anew.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal_column, or_, select

from app.db import contains
from app.extensions import db
from app.lib.paging import Page, offset
from app.lib.vietnamese import fold
from app.staff.desks import STAFF_KINDS
from app.staff.models import Standing, StandingCount, StandingMade
from app.staff.queries import (
    LATE,
    NOT_LATE,
    PAGE_SIZE,
    Sort,
    StaffRow,
    State,
    Wanted,
    counted,
    flag,
    late,
    rows_of,
)
from app.units.models import Membership
from app.units.queries import in_force, today

# written out: SQLite takes the index of these few only then
_SEVERAL = Standing.places > literal_column("1")


# who finds more names than these types some more letters
MOST_NAMED = 2_000


class _Group(NamedTuple):
    unit_id: int
    state: State
    late: bool
    people: int

    def counts_for(self, state: State | None) -> bool:
        """Whether these people are in a list of this state."""
        if state is State.OVERDUE:
            return self.late and self.state is not State.DONE
        return state is None or self.state is state


def made() -> StandingMade | None:
    """When the standings were made; None: never, ask the tables themselves."""
    return db.session.get(StandingMade, 1)


def groups(wanted: Wanted) -> list[_Group]:
    """How many people are in each unit and state: those with one place from the counts, the few
    with several one by one; two small queries."""
    is_late = flag(late(wanted, StandingCount.unit_id, StandingCount.group))
    rows = db.session.execute(
        select(StandingCount.unit_id, StandingCount.state, is_late, func.sum(StandingCount.people))
        .where(
            StandingCount.course_slug == wanted.course.slug,
            StandingCount.unit_id.in_(wanted.unit_ids),
        )
        .group_by(StandingCount.unit_id, StandingCount.state, is_late)
    )
    return [*_groups(rows), *_with_several(wanted)]


def _with_several(wanted: Wanted) -> list[_Group]:
    is_late = flag(late(wanted, Standing.unit_id, Standing.group))
    query = select(Standing.unit_id, Standing.state, is_late, func.count())
    query = query.where(_SEVERAL, _there(wanted))
    return _groups(db.session.execute(query.group_by(Standing.unit_id, Standing.state, is_late)))


def _groups(rows: Iterable[Any]) -> list[_Group]:
    return [_Group(unit, State(state), told == 1, people) for unit, state, told, people in rows]


def summary(found: list[_Group]) -> dict[State, int]:
    """How many people are in each state."""
    return counted((one.state, one.late, one.people) for one in found)


def page(wanted: Wanted, number: int, found: list[_Group]) -> Page[StaffRow]:
    """One page of a list without words; `found` are its groups."""
    chosen = [one for one in found if one.counts_for(wanted.state)]
    start = offset(number, PAGE_SIZE)
    ids = (_by_name if wanted.sort is Sort.NAME else _by_unit)(wanted, chosen, start)
    total = sum(one.people for one in chosen)
    return Page(rows_of(ids, wanted), number, PAGE_SIZE, total)


def search(wanted: Wanted, number: int) -> tuple[Page[StaffRow], bool]:
    """One page of those whose names hold the words; True: more than MOST_NAMED names do, and only
    the first of them were looked at.

    The names of a course's standings are gone through once, in their order.
    """
    columns = ("membership_id", "unit_id", "state", "group", "person_id")
    query = (
        select(*(getattr(Standing, name) for name in columns))
        .where(
            Standing.course_slug == wanted.course.slug,
            contains(Standing.name_fold, fold(wanted.words)),
            # reckoned with, so that the index of names is taken and not that of units
            (Standing.unit_id + literal_column("0")).in_(wanted.unit_ids),
        )
        .order_by(Standing.name_sort, Standing.membership_id)
        .limit(MOST_NAMED + 1)
    )
    rows = db.session.execute(query).all()
    named = _sorted(_one_each(rows[:MOST_NAMED], wanted), wanted)
    ids = named[offset(number, PAGE_SIZE) :][:PAGE_SIZE]
    return Page(rows_of(ids, wanted), number, PAGE_SIZE, len(named)), len(rows) > MOST_NAMED


def _one_each(rows: Sequence[Any], wanted: Wanted) -> list[Any]:
    """Of each person the one row that counts, in the state that is wanted."""
    best: dict[int, tuple[bool, int]] = {}
    for row in rows:
        due_on = wanted.deadlines.of(row.unit_id, row.group)
        rank = (due_on is None or due_on >= today(), row.membership_id)
        best[row.person_id] = min(rank, best.get(row.person_id, rank))
    chosen = {place: not in_time for in_time, place in best.values()}
    return [
        row
        for row in rows
        if row.membership_id in chosen
        and _Group(row.unit_id, State(row.state), chosen[row.membership_id], 1).counts_for(
            wanted.state
        )
    ]


def _sorted(rows: list[Any], wanted: Wanted) -> list[int]:
    if wanted.sort is Sort.UNIT:
        units = sorted(wanted.units, key=lambda unit: (unit.name_sort, unit.id))
        place = {unit.id: n for n, unit in enumerate(units)}
        rows = sorted(rows, key=lambda row: place[row.unit_id])
    return [row.membership_id for row in rows]


def _by_name(wanted: Wanted, _chosen: list[_Group], start: int) -> list[int]:
    query = _listed(select(Standing.membership_id), wanted).where(_there(wanted))
    return list(db.session.scalars(query.limit(PAGE_SIZE).offset(start)))


def _by_unit(wanted: Wanted, chosen: list[_Group], start: int) -> list[int]:
    """The units whose people stand on the page are known by their numbers; only those are read."""
    people: dict[int, int] = {}
    for one in chosen:
        people[one.unit_id] = people.get(one.unit_id, 0) + one.people
    units = sorted(
        (unit for unit in wanted.units if unit.id in people),
        key=lambda unit: (unit.name_sort, unit.id),
    )
    ends = list(accumulate(people[unit.id] for unit in units))
    on_page = [
        unit.id
        for unit, end in zip(units, ends, strict=True)
        if end > start and end - people[unit.id] < start + PAGE_SIZE
    ]
    if not on_page:
        return []
    query = _listed(select(Standing.unit_id, Standing.membership_id), wanted)
    rows = db.session.execute(query.where(_there(wanted, on_page))).all()
    ordered = [row[1] for row in sorted(rows, key=lambda row: on_page.index(row[0]))]
    before = next(end for unit, end in zip(units, ends, strict=True) if unit.id == on_page[0])
    skipped = start - (before - people[on_page[0]])
    return ordered[skipped : skipped + PAGE_SIZE]


def _listed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.state is State.OVERDUE:
        query = query.where(
            Standing.state != State.DONE, late(wanted, Standing.unit_id, Standing.group)
        )
    elif wanted.state:
        query = query.where(Standing.state == wanted.state)
    return query.order_by(Standing.name_sort, Standing.membership_id)


def _there(wanted: Wanted, units: list[int] | None = None) -> ColumnElement[bool]:
    """Everybody of these units, each in one place, as in `queries`."""
    rank = case((late(wanted, Standing.unit_id, Standing.group), LATE), else_=NOT_LATE)
    other = case((late(wanted, Membership.unit_id, Standing.group), LATE), else_=NOT_LATE)
    better = exists().where(
        Membership.person_id == Standing.person_id,
        # by the person, not by the index of units
        (Membership.unit_id + 0).in_(wanted.unit_ids),
        Membership.kind.in_(STAFF_KINDS),
        in_force(Membership, today()),
        other + Membership.id < rank + Standing.membership_id,
    )
    return and_(
        Standing.course_slug == wanted.course.slug,
        Standing.unit_id.in_(wanted.unit_ids if units is None else units),
        or_(Standing.places == 1, ~better.correlate(Standing)),
    )
