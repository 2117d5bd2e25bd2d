"""Tables of what a reader leaves in a lesson: the place they read at, notes and bookmarks.

All come out the same in whatever order the acts of several devices arrive.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base

LONGEST_NOTE = 4000


class MarkKind(StrEnum):
    """What was put beside a lesson."""

    NOTE = "note"
    BOOKMARK = "bookmark"


class ReadingPlace(Base):
    """The paragraph (counted from 0) that a person read last in a lesson."""

    __tablename__ = "reading_place"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    step_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    paragraph: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Mark(Base):
    """What a person put beside a lesson, a note or a bookmark, named by the act that put it there.

    A note that was changed takes the place of the one it was made from, and to take a mark off
    is to put nothing in its place. Two devices that both changed one note leave two rows, shown
    one below the other: nobody's words are lost.
    `replaced`: the row only says that this mark, should it arrive late, was changed since.
    """

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("kind IN ('note', 'bookmark')", name="kind"),
        Index("ix_mark_step", "person_id", "course_slug", "step_slug"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    op_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[MarkKind] = mapped_column(String(10))
    course_slug: Mapped[str] = mapped_column(String(80))
    step_slug: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text, default="")
    replaced: Mapped[bool] = mapped_column(default=False)
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime)
