"""Reads of the studio: who may write which course, open drafts, their files and their history."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, defer

from app.accounts.models import Grant, Person, Role
from app.accounts.queries import held_now
from app.accounts.signed_in import SignedIn
from app.authoring.meeting import folders_of
from app.authoring.models import (
    CourseEditor,
    Draft,
    DraftEvent,
    DraftFile,
    DraftPicture,
    Revision,
)
from app.authoring.working_copy import Contents
from app.content.outline import COURSE_FILE
from app.extensions import db
from app.lib.paging import Page, offset

PER_PAGE = 50
MOST_TRAINERS = 500
MOST_TEXTS = 5_000  # an hour of writing leaves about 200


@dataclass(frozen=True)
class RevisionLine:
    """A text of a file in its history; `writer` is None for what came from the disk."""

    revision: Revision
    writer: str | None
    draft_id: int


def sees_all(person: SignedIn) -> bool:
    """Whether somebody writes and reviews every course: administrators, and trainers of the
    whole province."""
    return Role.ADMIN in person.roles or Role.TRAINER in person.province_roles


def may_write(person: SignedIn, slug: str) -> bool:
    """Whether somebody may see a course in the studio and write its draft."""
    if sees_all(person):
        return True
    own = exists().where(CourseEditor.course_slug == slug, CourseEditor.person_id == person.id)
    return bool(db.session.scalar(select(own)))


def own_slugs(person: SignedIn) -> frozenset[str] | None:
    """The courses that somebody writes; None for all of them."""
    if sees_all(person):
        return None
    query = select(CourseEditor.course_slug).where(CourseEditor.person_id == person.id)
    return frozenset(db.session.scalars(query))


def open_draft(slug: str, *, to_write: bool = False) -> Draft | None:
    """The open draft of a course; `to_write`: nobody else changes it until this act is done."""
    query = select(Draft).where(Draft.course_slug == slug, Draft.closed_at.is_(None))
    if to_write:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def open_by_slug(slugs: frozenset[str] | None) -> dict[str, Draft]:
    """The open drafts of these courses (None: all), by course."""
    query = select(Draft).where(Draft.closed_at.is_(None)).order_by(Draft.course_slug, Draft.id)
    if slugs is not None:
        query = query.where(Draft.course_slug.in_(slugs))
    return {draft.course_slug: draft for draft in db.session.scalars(query)}


def overviews(draft_ids: Iterable[int]) -> dict[int, str]:
    """The text of course.md of drafts, by draft."""
    query = select(DraftFile.draft_id, DraftFile.text).where(
        DraftFile.draft_id.in_(set(draft_ids)),
        DraftFile.name == COURSE_FILE,
        DraftFile.removed.is_(False),
    )
    return dict(db.session.execute(query).tuples().all())


def files(draft: Draft) -> list[DraftFile]:
    """All files of a draft by name, those that were removed among them."""
    query = select(DraftFile).where(DraftFile.draft_id == draft.id)
    return list(db.session.scalars(query.order_by(DraftFile.name, DraftFile.id)))


def file(draft: Draft, file_id: int) -> DraftFile | None:
    """A file that is in a draft now, or None."""
    query = select(DraftFile).where(
        DraftFile.id == file_id, DraftFile.draft_id == draft.id, DraftFile.removed.is_(False)
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def contents(draft: Draft) -> Contents:
    """What a draft changes in its course."""
    changed = list(db.session.scalars(_changed(draft)))
    texts = {row.name: row.text for row in changed if not row.removed}
    gone = {row.base_name for row in changed if row.base_name} - texts.keys()
    folders = folders_of(changed)
    return Contents(draft.course_slug, texts, frozenset(gone), pictures(draft), folders)


def pictures(draft: Draft) -> dict[str, bytes]:
    """The pictures that were added in a draft, by name."""
    query = select(DraftPicture.name, DraftPicture.data).where(DraftPicture.draft_id == draft.id)
    return dict(db.session.execute(query.order_by(DraftPicture.name)).tuples().all())


def picture(draft: Draft, name: str) -> bytes | None:
    """One picture that was added in a draft, or None."""
    query = select(DraftPicture.data).where(
        DraftPicture.draft_id == draft.id, DraftPicture.name == name
    )
    return db.session.scalar(query)


def picture_names(draft: Draft) -> list[str]:
    """The names of the pictures that were added in a draft."""
    query = select(DraftPicture.name).where(DraftPicture.draft_id == draft.id)
    return list(db.session.scalars(query.order_by(DraftPicture.name)))


def events(draft: Draft, most: int = 50) -> list[tuple[DraftEvent, str]]:
    """What was done with a draft and by whom, the newest first."""
    query = (
        select(DraftEvent, Person.full_name)
        .join(Person, Person.id == DraftEvent.person_id)
        .where(DraftEvent.draft_id == draft.id)
        .order_by(DraftEvent.id.desc())
    )
    return [(event, name) for event, name in db.session.execute(query.limit(most))]


def history(file: DraftFile, slug: str, number: int) -> Page[RevisionLine]:
    """The texts that stood in a file, in this draft and those before, the newest first.

    Their texts are not loaded.
    """
    wanted = _of_one_history(file, slug)
    found = db.session.execute(
        wanted.options(defer(Revision.text))
        .order_by(Revision.id.desc())
        .limit(PER_PAGE)
        .offset(offset(number, PER_PAGE))
    )
    count = select(func.count()).select_from(wanted.with_only_columns(Revision.id).subquery())
    lines = [RevisionLine(*row) for row in found]
    return Page(lines, number, PER_PAGE, db.session.scalar(count) or 0)


def newest_history(file: DraftFile, slug: str) -> list[RevisionLine]:
    """The newest MOST_TEXTS texts of a history, without the texts themselves."""
    query = _of_one_history(file, slug).options(defer(Revision.text))
    found = db.session.execute(query.order_by(Revision.id.desc()).limit(MOST_TEXTS))
    return [RevisionLine(*row) for row in found]


def revision(file: DraftFile, slug: str, revision_id: int) -> RevisionLine | None:
    """One text of a file's history, or None."""
    row = db.session.execute(
        _of_one_history(file, slug).where(Revision.id == revision_id)
    ).one_or_none()
    return RevisionLine(*row) if row else None


def text_before(found: Revision) -> str:
    """The text that a text of a history was made from; "" for the first one."""
    number = found.base_number if found.number is None else found.number - 1
    return text_of(found.file_id, number)


def text_of(file_id: int, number: int) -> str:
    """The text of a file with this number; "" when there is none."""
    query = select(Revision.text).where(Revision.file_id == file_id, Revision.number == number)
    return db.session.scalar(query) or ""


def latest(file: DraftFile) -> RevisionLine | None:
    """The text that stands in a file now, with who wrote it."""
    query = _revisions().where(Revision.file_id == file.id, Revision.number == file.revision)
    row = db.session.execute(query).one_or_none()
    return RevisionLine(*row) if row else None


def set_aside(draft: Draft) -> dict[int, int]:
    """By file, the newest text that was set aside and not merged yet."""
    query = (
        select(Revision.file_id, func.max(Revision.id))
        .join(DraftFile, DraftFile.id == Revision.file_id)
        .where(
            DraftFile.draft_id == draft.id,
            Revision.number.is_(None),
            Revision.merged_at.is_(None),
        )
        .group_by(Revision.file_id)
    )
    return dict(db.session.execute(query).tuples().all())


def editors(slug: str) -> list[tuple[CourseEditor, str]]:
    """Who writes a course, by name."""
    query = (
        select(CourseEditor, Person.full_name)
        .join(Person, Person.id == CourseEditor.person_id)
        .where(CourseEditor.course_slug == slug)
    )
    found = db.session.execute(query.order_by(Person.name_sort, Person.id))
    return [(editor, name) for editor, name in found]


def trainers() -> list[tuple[int, str]]:
    """Who holds the trainer's role now, by name."""
    query = select(Person.id, Person.full_name).where(_holds(Grant.role == Role.TRAINER))
    found = db.session.execute(query.order_by(Person.name_sort, Person.id).limit(MOST_TRAINERS))
    return [(person_id, name) for person_id, name in found]


def is_trainer(person_id: int) -> bool:
    """Whether somebody holds the trainer's role now."""
    query = select(Person.id).where(Person.id == person_id, _holds(Grant.role == Role.TRAINER))
    return db.session.scalar(query) is not None


def reviewers() -> set[int]:
    """Who may review drafts of others now: those who see all courses."""
    whole = and_(Grant.role == Role.TRAINER, Grant.unit_id.is_(None))
    return set(db.session.scalars(select(Person.id).where(_holds(or_(whole, _IS_ADMIN)))))


def writers(draft: Draft) -> set[int]:
    """Who wrote a text in this draft, or handed it in."""
    query = (
        select(Revision.person_id)
        .join(DraftFile, DraftFile.id == Revision.file_id)
        .where(DraftFile.draft_id == draft.id, Revision.person_id.is_not(None))
        .distinct()
    )
    wrote = {person_id for person_id in db.session.scalars(query) if person_id}
    drew = select(DraftPicture.person_id).where(DraftPicture.draft_id == draft.id).distinct()
    handed_in = {draft.submitted_by} if draft.submitted_by else set()
    return wrote | set(db.session.scalars(drew)) | handed_in


_IS_ADMIN = Grant.role == Role.ADMIN


def _holds(role: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Grant.person_id == Person.id, role, held_now())


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """The names of people by their numbers."""
    query = select(Person.id, Person.full_name).where(Person.id.in_(set(person_ids)))
    return dict(db.session.execute(query).tuples().all())


def _changed(draft: Draft) -> Select[tuple[DraftFile]]:
    differs = or_(
        DraftFile.removed,
        DraftFile.name != DraftFile.base_name,
        DraftFile.text != DraftFile.base_text,
    )
    query = select(DraftFile).where(DraftFile.draft_id == draft.id, differs)
    return query.order_by(DraftFile.name, DraftFile.id)


def _revisions() -> Select[Any]:
    return (
        select(Revision, Person.full_name, DraftFile.draft_id)
        .join(DraftFile, DraftFile.id == Revision.file_id)
        .join(Person, Person.id == Revision.person_id, isouter=True)
    )


def _of_one_history(file: DraftFile, slug: str) -> Select[Any]:
    """Texts of this file, and of the file of drafts before that lay on disk by this name."""
    earlier = aliased(Draft)
    same = and_(earlier.course_slug == slug, DraftFile.name == (file.base_name or file.name))
    of_before = and_(same, earlier.id < file.draft_id, earlier.outcome == "published")
    query = _revisions().join(earlier, earlier.id == DraftFile.draft_id)
    return query.where(or_(DraftFile.id == file.id, of_before))
