"""Questions to the helpers: a learner says that a step is not clear, a helper answers once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    func,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased

from app.accounts import operations
from app.accounts.models import Person
from app.accounts.signed_in import Someone
from app.content.models import Course, Step
from app.extensions import db
from app.learning.models import Ask
from app.lib import clock
from app.lib.free_text import free_text
from app.lib.paging import Page, offset
from app.units.models import Membership, Unit
from app.units.queries import EVERYWHERE, in_force, today, within

LONGEST_ASK, LONGEST_ANSWER = 500, 1000
# of one person about one step, without an answer yet
MOST_OPEN = 5
MOST_SHOWN = 50


class TooManyOpen(Exception):
    """So many questions of this person about this step wait already; nothing was changed."""


class AskLine(NamedTuple):
    """A question to the helpers, who asked it and, once answered, who answered."""

    id: int
    person_id: int
    full_name: str
    course_slug: str
    step_slug: str
    text: str
    asked_at: datetime
    answered_at: datetime | None
    answer: str
    answered_by: str | None


def ask(person: Someone, course: Course, step: Step, text: str, op_id: str) -> None:
    """Say that a step is not clear; `text` (LONGEST_ASK characters at most) may be empty.

    Raises TooManyOpen.
    """
    words = free_text(text)[:LONGEST_ASK]
    if operations.begin(op_id, person.id, "ask", [course.slug, step.slug, words]):
        return
    if _open_about(person.id, course, step) >= MOST_OPEN:
        operations.release(op_id)
        raise TooManyOpen
    place = {"course_slug": course.slug, "step_slug": step.slug}
    db.session.add(Ask(person_id=person.id, **place, text=words, asked_at=clock.now()))


def _open_about(person_id: int, course: Course, step: Step) -> int:
    waiting = select(func.count(Ask.id)).where(
        Ask.person_id == person_id,
        Ask.course_slug == course.slug,
        Ask.step_slug.in_((step.slug, *step.formerly)),
        Ask.answered_at.is_(None),
    )
    return db.session.scalars(waiting).one()


def answer(helper: Someone, ask_id: int, text: str, op_id: str) -> bool:
    """Answer a question, once; False when somebody else was first, and nothing was changed.

    `text` is LONGEST_ANSWER characters at most and not empty (ValueError). The caller has
    looked that the helper may see the question (`ask_of`).
    """
    words = free_text(text)[:LONGEST_ANSWER]
    if not words:
        raise ValueError("an answer has words")
    if operations.begin(op_id, helper.id, "answer", [ask_id, words]):
        return True
    answered = db.session.execute(
        update(Ask)
        .where(Ask.id == ask_id, Ask.answered_at.is_(None))
        .values(answered_at=clock.now(), answered_by=helper.id, answer=words)
    )
    return cast("CursorResult[Any]", answered).rowcount == 1


_Helper = aliased(Person)
_ASKS = (
    select(
        Ask.id,
        Ask.person_id,
        Person.full_name,
        Ask.course_slug,
        Ask.step_slug,
        Ask.text,
        Ask.asked_at,
        Ask.answered_at,
        Ask.answer,
        _Helper.full_name,
    )
    .join(Person, Person.id == Ask.person_id)
    .outerjoin(_Helper, _Helper.id == Ask.answered_by)
)
_NEWEST_FIRST = (Ask.asked_at.desc(), Ask.id.desc())


def asks_at(person_id: int, places: Iterable[tuple[str, str]]) -> list[AskLine]:
    """What a person asked at these places (course slug, step slug), the newest MOST_SHOWN."""
    there = tuple_(Ask.course_slug, Ask.step_slug).in_(list(places))
    return _newest(_ASKS.where(Ask.person_id == person_id, there))


def asks_in(person_id: int, course: Course) -> list[AskLine]:
    """What a person asked in a course, the newest MOST_SHOWN."""
    return _newest(_ASKS.where(Ask.person_id == person_id, Ask.course_slug == course.slug))


def _newest(query: Select[Any]) -> list[AskLine]:
    return _lines(query.order_by(*_NEWEST_FIRST).limit(MOST_SHOWN))


def asks_of(
    paths: tuple[str, ...], number: int, size: int, *, answered: bool = False
) -> Page[AskLine]:
    """One page of what people of these subtrees of units ask: open ones that wait longest
    first, or (`answered`) those answered last."""
    chosen = (_asked_in(paths), Ask.answered_at.is_not(None) == answered)
    order = (Ask.answered_at.desc(), Ask.id.desc()) if answered else (Ask.asked_at, Ask.id)
    total = db.session.scalar(select(func.count(Ask.id)).where(*chosen)) or 0
    wanted = _ASKS.where(*chosen).order_by(*order).limit(size).offset(offset(number, size))
    return Page(_lines(wanted), number, size, total)


def ask_of(ask_id: int, paths: tuple[str, ...]) -> AskLine | None:
    """The question with this id when it was asked in these subtrees, else None."""
    return next(iter(_lines(_ASKS.where(Ask.id == ask_id, _asked_in(paths)))), None)


def _asked_in(paths: tuple[str, ...]) -> ColumnElement[bool]:
    """A condition: the person who asks lives, works or studies in one of these subtrees."""
    if EVERYWHERE in paths:
        return true()
    people = (
        select(Membership.person_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(within(paths), in_force(Membership, today()))
    )
    return Ask.person_id.in_(people)


def _lines(query: Select[Any]) -> list[AskLine]:
    return [AskLine(*row) for row in db.session.execute(query)]
