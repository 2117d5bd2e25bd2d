"""What a reader does beside learning: read on, write a note, mark a lesson."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from app.accounts import operations
from app.accounts.signed_in import Someone
from app.content.models import Course, Step
from app.db import insert_once, typed
from app.extensions import db
from app.lessons.models import LONGEST_NOTE, Mark, MarkKind, ReadingPlace
from app.lib import clock
from app.lib.free_text import free_text

_READ_ON = typed(
    "INSERT INTO reading_place (person_id, course_slug, step_slug, paragraph, read_at)"
    " VALUES (:person_id, :course_slug, :step_slug, :paragraph, :read_at)"
    " ON CONFLICT (person_id, course_slug, step_slug) DO UPDATE"
    " SET paragraph = excluded.paragraph, read_at = excluded.read_at"
    " WHERE (excluded.read_at, excluded.paragraph)"
    " > (reading_place.read_at, reading_place.paragraph)",
    ReadingPlace,
    ("person_id", "course_slug", "step_slug", "paragraph", "read_at"),
)


def read_on(
    person: Someone, course: Course, step: Step, paragraph: int, read_at: datetime | None = None
) -> None:
    """Keep the place (a paragraph, counted from 0) that a person reads at.

    No operation id: of all places ever sent the one read last stands, so that the same one
    again, or an older one, changes nothing. `read_at` (default: now) is never in the future.
    """
    now = clock.now()
    db.session.execute(
        _READ_ON,
        {
            "person_id": person.id,
            "course_slug": course.slug,
            "step_slug": step.slug,
            "paragraph": paragraph,
            "read_at": min(read_at or now, now),
        },
    )


def save_note(
    person: Someone,
    course: Course,
    step: Step,
    text: str,
    op_id: str,
    replaces: Sequence[str] = (),
) -> None:
    """Write a note of at most LONGEST_NOTE characters beside a step; empty: take it off.

    `replaces`: ids of the acts whose notes the writer had before their eyes (Mine.note_ids).
    In whatever order such acts arrive, the notes that nobody replaced remain.
    """
    words = free_text(text)[:LONGEST_NOTE]
    _mark(person, MarkKind.NOTE, course, step, words, op_id, replaces, stays=bool(words))


def put_bookmark(person: Someone, course: Course, step: Step, op_id: str) -> None:
    """Mark a step, to find it again."""
    _mark(person, MarkKind.BOOKMARK, course, step, "", op_id, (), stays=True)


def take_bookmark(
    person: Someone, course: Course, step: Step, op_id: str, replaces: Sequence[str]
) -> None:
    """Take the bookmarks off that were put by the acts `replaces` (Mine.bookmark_ids)."""
    _mark(person, MarkKind.BOOKMARK, course, step, "", op_id, replaces, stays=False)


def _mark(
    person: Someone,
    kind: MarkKind,
    course: Course,
    step: Step,
    text: str,
    op_id: str,
    replaces: Sequence[str],
    *,
    stays: bool,
) -> None:
    content = [course.slug, step.slug, text, sorted(replaces), stays]
    if operations.begin(op_id, person.id, f"mark_{kind}", content):
        return
    place = {"kind": kind, "course_slug": course.slug, "step_slug": step.slug}
    for replaced in sorted(set(replaces) - {op_id}):
        _take_off(person, place, replaced)
    if stays:
        # a mark that was replaced before it arrived finds its name taken
        _put(person, place, op_id, text, replaced=False)


def _take_off(person: Someone, place: dict[str, str], op_id: str) -> None:
    if not operations.is_known(op_id):
        _put(person, place, op_id, "", replaced=True)
        return
    db.session.execute(
        delete(Mark).where(
            Mark.person_id == person.id, Mark.op_id == op_id, Mark.kind == place["kind"]
        )
    )


def _put(person: Someone, place: dict[str, str], op_id: str, text: str, *, replaced: bool) -> None:
    insert_once(
        Mark,
        person_id=person.id,
        op_id=op_id,
        **place,
        text=text,
        replaced=replaced,
        marked_at=clock.now(),
    )
