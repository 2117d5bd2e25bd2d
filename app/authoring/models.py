"""Tables of the studio: who writes a course, its draft, the texts of the draft, their history."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class DraftState(StrEnum):
    """Where an open draft stands between writing and publication."""

    EDITING = "editing"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class DraftVerb(StrEnum):
    """What was done with a draft as a whole."""

    OPENED = "opened"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    RETURNED = "returned"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class CourseEditor(Base):
    """Somebody who writes a course; who holds the trainer's role everywhere needs no line here."""

    __tablename__ = "course_editor"
    __table_args__ = (UniqueConstraint("course_slug", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class Draft(Base):
    """The working copy of a course; at most one is open. `submitted_by`: whose review waits."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("state IN ('editing', 'submitted', 'approved')", name="state"),
        CheckConstraint("outcome IN ('', 'published', 'discarded')", name="outcome"),
        CheckConstraint("(closed_at IS NULL) = (outcome = '')", name="closed"),
        Index(
            "uq_draft_open",
            "course_slug",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_draft_course_slug", "course_slug", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80))
    state: Mapped[DraftState] = mapped_column(String(10), default=DraftState.EDITING)
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str] = mapped_column(String(10), default="")

    @property
    def locked(self) -> bool:
        """Whether its texts may not be changed now: somebody reads them."""
        return self.closed_at is not None or self.state != DraftState.EDITING


class DraftEvent(Base):
    """One act on a draft as a whole, with what was said; only ever added to."""

    __tablename__ = "draft_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    verb: Mapped[DraftVerb] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(2000), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class DraftFile(Base):
    """A Markdown file in a draft, and the file on disk that it began as.

    `base_name`, `base_digest` (SHA-256 of its bytes) and `base_text` are that file's; all
    empty for a file that is new. `revision` counts the texts saved here.
    """

    __tablename__ = "draft_file"
    __table_args__ = (
        Index(
            "uq_draft_file_name",
            "draft_id",
            "name",
            unique=True,
            sqlite_where=text("removed = 0"),
            postgresql_where=text("NOT removed"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    base_name: Mapped[str] = mapped_column(String(300), default="")
    base_digest: Mapped[str] = mapped_column(String(64), default="")
    base_text: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=0)
    removed: Mapped[bool] = mapped_column(default=False)

    @property
    def changed(self) -> bool:
        """Whether it is no longer what lies on disk."""
        return self.removed or self.name != self.base_name or self.text != self.base_text


class Revision(Base):
    """One text of a file, kept for good. `number`: its place in the file's history; None for a
    text set aside because another was saved first, until it was merged (`merged_at`).
    Without a person it came from the disk."""

    __tablename__ = "draft_revision"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("draft_file.id"))
    number: Mapped[int | None]
    base_number: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    text: Mapped[str] = mapped_column(Text)
    merged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def aside(self) -> bool:
        """Whether it was set aside when it came."""
        return self.number is None


class DraftPicture(Base):
    """A picture added in a draft, under its name in the course."""

    __tablename__ = "draft_picture"
    __table_args__ = (UniqueConstraint("draft_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
