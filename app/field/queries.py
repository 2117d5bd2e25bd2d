"""Reads of helpers: their own people, residents found by phone and name, sessions, acts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, exists, func, or_, select

from app.accounts.field_session import FieldSession
from app.accounts.models import Consent, Person
from app.accounts.queries import cards_of, secrets_of
from app.content.models import Course
from app.db import contains
from app.extensions import db
from app.field.models import HandOver, HelpedPerson, ObservedAct
from app.learning.models import Ask, StepCredit
from app.learning.reminders import Resting, resting
from app.lib import clock
from app.lib.paging import Page, offset
from app.lib.vietnamese import fold
from app.units.models import Membership, Unit
from app.units.queries import in_force, today, within

PAGE_SIZE = 30
MOST_FOUND = 5
SESSIONS_SHOWN = 10
# a morning in the culture house, one learner after the other
SAME_PLACE = timedelta(hours=4)


class Resident(NamedTuple):
    """Somebody who lives in the helper's unit or below; only as much as is needed to know them."""

    person: Person
    unit_id: int
    unit_name: str


class OwnPerson(NamedTuple):
    """Somebody whom a helper helps; `waiting`: their questions without an answer."""

    person: Person
    unit_id: int
    unit_name: str
    village: str
    how: str
    waiting: int


class PastSession(NamedTuple):
    """A session of a helper with a learner and how many steps were credited in it."""

    began_at: datetime
    place: str
    steps: int


class Observed(NamedTuple):
    """An act that was seen: on which day, where, by whom."""

    on: date
    place: str
    helper_id: int
    helper: str


def own_people(helper_id: int, paths: tuple[str, ...], words: str, number: int) -> Page[OwnPerson]:
    """One page of the people a helper helps, by given name and id; `words` of the name."""
    wanted = contains(Person.name_fold, fold(words))
    total = db.session.scalars(_own(select(func.count()), helper_id, paths).where(wanted)).one()
    rows = (
        _own(_own_columns(), helper_id, paths)
        .where(wanted)
        .order_by(Person.name_sort, Person.id)
        .limit(PAGE_SIZE)
        .offset(offset(number, PAGE_SIZE))
    )
    people = [OwnPerson(*row) for row in db.session.execute(rows)]
    return Page(people, number, PAGE_SIZE, total)


def own_person(helper_id: int, paths: tuple[str, ...], person_id: int) -> OwnPerson | None:
    """One of the people a helper helps, or None."""
    row = db.session.execute(
        _own(_own_columns(), helper_id, paths).where(Person.id == person_id)
    ).first()
    return OwnPerson(*row) if row else None


def own_resting(
    helper_id: int, paths: tuple[str, ...], courses: tuple[Course, ...], number: int
) -> Page[Resting]:
    """One page of the people a helper helps who rest and may be reminded, the longest first."""
    found = resting(_own(select(Person.id), helper_id, paths), courses)
    start = offset(number, PAGE_SIZE)
    return Page(found[start : start + PAGE_SIZE], number, PAGE_SIZE, len(found))


def _own_columns() -> Select[Any]:
    waiting = (
        select(func.count())
        .select_from(Ask)
        .where(Ask.person_id == Person.id, Ask.answered_at.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    return select(Person, Unit.id, Unit.name, HelpedPerson.village, HelpedPerson.how, waiting)


def _own(columns: Select[Any], helper_id: int, paths: tuple[str, ...]) -> Select[Any]:
    helped = columns.select_from(HelpedPerson).join(Person, Person.id == HelpedPerson.person_id)
    return _at_home(helped, paths).where(
        HelpedPerson.helper_id == helper_id, HelpedPerson.ended_at.is_(None)
    )


def _at_home(query: Select[Any], paths: tuple[str, ...]) -> Select[Any]:
    """Only those who live in these subtrees today, joined with where they live."""
    return (
        query.join(
            Membership,
            and_(
                Membership.person_id == Person.id,
                Membership.kind == "residence",
                in_force(Membership, today()),
            ),
        )
        .join(Unit, Unit.id == Membership.unit_id)
        .where(within(paths))
    )


def residents_named(paths: tuple[str, ...], phone: str, full_name: str, but: int) -> list[Resident]:
    """Residents with exactly this phone and name (marks and case ignored), except one person."""
    exact = (Person.phone == phone, Person.name_fold == fold(full_name), Person.id != but)
    return _residents(paths, *exact)


def residents(paths: tuple[str, ...], person_ids: Iterable[int]) -> list[Resident]:
    """Those of these people who live in these subtrees."""
    return _residents(paths, Person.id.in_(list(person_ids)))


def _residents(paths: tuple[str, ...], *conditions: Any) -> list[Resident]:
    rows = db.session.execute(
        _at_home(select(Person, Unit.id, Unit.name).select_from(Person), paths)
        .where(*conditions)
        .order_by(Person.name_sort, Person.id)
        .limit(MOST_FOUND)
    )
    return [Resident(*row) for row in rows]


def look_alikes(full_name: str, born: date, phone: str | None, home: Unit, but: int) -> list[int]:
    """Residents of a unit who may be this human being: same name, and same phone or birth year."""
    year = Person.birth_date.between(date(born.year, 1, 1), date(born.year, 12, 31))
    alike = or_(year, Person.phone == phone) if phone else year
    name = Person.name_fold == fold(full_name)
    return [found.person.id for found in _residents((home.path,), name, alike, Person.id != but)]


def ways(person_id: int) -> frozenset[str]:
    """By what somebody can show that it is them: "pin", "card", both or neither."""
    known = {"pin": secrets_of(person_id, "pin"), "card": cards_of([person_id])}
    return frozenset(way for way, found in known.items() if found)


def has_consented(person_id: int) -> bool:
    """Whether somebody's yes to keeping what they learn is on record and was not withdrawn."""
    given = exists().where(
        Consent.person_id == person_id,
        Consent.purpose == "learning",
        Consent.withdrawn_at.is_(None),
    )
    return bool(db.session.scalar(select(given)))


def likely_place(helper_id: int, learner_id: int | None = None) -> str:
    """Where a helper is likely to sit: as last time with this learner, else as a while ago."""
    with_them = FieldSession.learner_id == learner_id
    lately = FieldSession.began_at > clock.now() - SAME_PLACE
    known = db.session.scalars(
        select(FieldSession.place)
        .where(FieldSession.helper_id == helper_id, or_(with_them, lately))
        .order_by(with_them.desc(), FieldSession.id.desc())
        .limit(1)
    )
    return known.one_or_none() or ""


def field_session(session_id: int) -> FieldSession:
    """A session that is known to be there."""
    return db.session.get_one(FieldSession, session_id)


def steps_in(session_id: int) -> int:
    """How many steps were credited in a session."""
    counted = select(func.count()).where(StepCredit.helped_in == session_id)
    return db.session.scalars(counted).one()


def past_sessions(helper_id: int, learner_id: int) -> list[PastSession]:
    """The last sessions of a helper with a learner, newest first."""
    rows = db.session.execute(
        select(FieldSession.began_at, FieldSession.place, func.count(StepCredit.step_slug))
        .outerjoin(StepCredit, StepCredit.helped_in == FieldSession.id)
        .where(FieldSession.helper_id == helper_id, FieldSession.learner_id == learner_id)
        .group_by(FieldSession.id, FieldSession.began_at, FieldSession.place)
        .order_by(FieldSession.id.desc())
        .limit(SESSIONS_SHOWN)
    )
    return [PastSession(*row) for row in rows]


def open_hand_over(session_id: int) -> HandOver | None:
    """The test for which the device is in the learner's hands now, or None."""
    return db.session.scalars(
        select(HandOver)
        .where(HandOver.session_id == session_id, HandOver.ended_at.is_(None))
        .order_by(HandOver.id.desc())
        .limit(1)
    ).one_or_none()


def observed(person_id: int, course_slug: str, step_slug: str) -> dict[str, Observed]:
    """The acts of a practical that somebody was seen doing, by the act's id."""
    rows = db.session.execute(
        select(
            ObservedAct.item_id,
            ObservedAct.observed_on,
            ObservedAct.place,
            ObservedAct.helper_id,
            Person.full_name,
        )
        .join(Person, Person.id == ObservedAct.helper_id)
        .where(
            ObservedAct.person_id == person_id,
            ObservedAct.course_slug == course_slug,
            ObservedAct.step_slug == step_slug,
        )
        .order_by(ObservedAct.item_id)
    )
    return {item: Observed(*seen) for item, *seen in rows}


def own_ids(helper_id: int, person_ids: Iterable[int]) -> set[int]:
    """Those of these people whom a helper helps."""
    return set(
        db.session.scalars(
            select(HelpedPerson.person_id).where(
                HelpedPerson.helper_id == helper_id,
                HelpedPerson.ended_at.is_(None),
                HelpedPerson.person_id.in_(list(person_ids)),
            )
        )
    )
