"""What a reader left in lessons: the place, notes and bookmarks, and the book of them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select, tuple_, union_all

from app.accounts.models import Person
from app.content.models import Course, Step
from app.extensions import db
from app.learning.asks import AskLine, asks_at
from app.learning.models import Ask
from app.lessons.models import Mark, MarkKind, ReadingPlace
from app.lib.paging import Page, offset

BETWEEN_NOTES = "\n\n"
NOTEBOOK_PAGE = 10
# two devices may each leave a note in a lesson, not hundreds
MOST_MARKS = 50


@dataclass(frozen=True)
class Mine:
    """What one reader left in one lesson.

    `note_ids` and `bookmark_ids` name the acts behind them, oldest first: a change says which
    of them it takes the place of.
    """

    paragraph: int | None = None
    note: str = ""
    note_ids: tuple[str, ...] = ()
    bookmark_ids: tuple[str, ...] = ()


class Leaf(NamedTuple):
    """A lesson of the notebook: what was left there, when last; `asks` newest first."""

    course_slug: str
    step_slug: str
    last_at: datetime
    note: str
    bookmarked: bool
    asks: list[AskLine]


class Reading(NamedTuple):
    """A lesson that was begun, and the paragraph reached."""

    step_slug: str
    paragraph: int


def names_of(step: Step) -> tuple[str, ...]:
    """The slugs under which something may have been left in a step: its own and former ones."""
    return (step.slug, *step.formerly)


def mine(person_id: int, course: Course, step: Step) -> Mine:
    """What a person left in a step, its newest MOST_MARKS marks, in one query."""
    names = names_of(step)
    rows = db.session.execute(
        select(ReadingPlace.paragraph, Mark.op_id, Mark.kind, Mark.text)
        .select_from(Person)
        .outerjoin(
            ReadingPlace,
            and_(
                ReadingPlace.person_id == Person.id,
                ReadingPlace.course_slug == course.slug,
                ReadingPlace.step_slug.in_(names),
            ),
        )
        .outerjoin(
            Mark,
            and_(
                Mark.person_id == Person.id,
                Mark.course_slug == course.slug,
                Mark.step_slug.in_(names),
                Mark.replaced.is_(False),
            ),
        )
        .where(Person.id == person_id)
        .order_by(ReadingPlace.read_at.desc(), Mark.marked_at.desc(), Mark.op_id.desc())
        .limit(MOST_MARKS)
    ).all()
    first = rows[0].paragraph if rows else None
    # a renamed step may have two places, and each mark stands beside both
    marks = list({row.op_id: row for row in rows}.values())[::-1]
    notes = {mark.op_id: mark.text for mark in marks if mark.kind == MarkKind.NOTE}
    bookmarks = tuple(mark.op_id for mark in marks if mark.kind == MarkKind.BOOKMARK)
    return Mine(first, BETWEEN_NOTES.join(notes.values()), tuple(notes), bookmarks)


def readings(person_id: int, course: Course) -> dict[str, int]:
    """The paragraph reached in each lesson of a course that was begun, by present slug."""
    rows = db.session.execute(
        select(ReadingPlace.step_slug, ReadingPlace.paragraph)
        .where(ReadingPlace.person_id == person_id, ReadingPlace.course_slug == course.slug)
        .order_by(ReadingPlace.read_at, ReadingPlace.step_slug)
    )
    return {step.slug: row.paragraph for row in rows if (step := course.present(row.step_slug))}


def notebook(person_id: int, number: int) -> Page[Leaf]:
    """The lessons in which a person wrote, marked or asked something, the latest first."""
    marks = select(Mark.course_slug, Mark.step_slug, Mark.marked_at.label("at")).where(
        Mark.person_id == person_id, Mark.replaced.is_(False)
    )
    asks = select(
        Ask.course_slug, Ask.step_slug, func.coalesce(Ask.answered_at, Ask.asked_at)
    ).where(Ask.person_id == person_id)
    left = union_all(marks, asks).subquery()
    last_at = func.max(left.c.at).label("last_at")
    steps = select(left.c.course_slug, left.c.step_slug, last_at).group_by(
        left.c.course_slug, left.c.step_slug
    )
    total = db.session.scalar(select(func.count()).select_from(steps.subquery())) or 0
    rows = db.session.execute(
        steps.order_by(last_at.desc(), left.c.course_slug, left.c.step_slug)
        .limit(NOTEBOOK_PAGE)
        .offset(offset(number, NOTEBOOK_PAGE))
    ).all()
    leaves = _leaves(person_id, [tuple(row) for row in rows])
    return Page(leaves, number, NOTEBOOK_PAGE, total)


def _leaves(person_id: int, places: list[tuple[str, str, datetime]]) -> list[Leaf]:
    keys = [(course, step) for course, step, _ in places]
    notes: dict[tuple[str, str], list[str]] = {}
    bookmarked = set()
    for mark in _marks_at(person_id, keys):
        if mark.kind == MarkKind.NOTE:
            notes.setdefault((mark.course_slug, mark.step_slug), []).append(mark.text)
        else:
            bookmarked.add((mark.course_slug, mark.step_slug))
    asks: dict[tuple[str, str], list[AskLine]] = {}
    for ask in asks_at(person_id, keys):
        asks.setdefault((ask.course_slug, ask.step_slug), []).append(ask)
    return [
        Leaf(
            *key,
            last_at,
            BETWEEN_NOTES.join(notes.get(key, ())),
            key in bookmarked,
            asks.get(key, []),
        )
        for key, (_, _, last_at) in zip(keys, places, strict=True)
    ]


def _marks_at(person_id: int, places: Iterable[tuple[str, str]]) -> list[Mark]:
    newest = db.session.scalars(
        select(Mark)
        .where(
            Mark.person_id == person_id,
            Mark.replaced.is_(False),
            tuple_(Mark.course_slug, Mark.step_slug).in_(list(places)),
        )
        .order_by(Mark.marked_at.desc(), Mark.op_id.desc())
        .limit(NOTEBOOK_PAGE * MOST_MARKS)
    )
    return list(newest)[::-1]


def asks_about(person_id: int, course: Course, step: Step) -> list[AskLine]:
    """What a person asked about a step, newest first."""
    return asks_at(person_id, [(course.slug, name) for name in names_of(step)])
