"""Tables of whole records: which were merged into which, and which may be of one human being."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class PersonMerge(Base):
    """The record `old_id` was merged into `new_id`: who did it, and what it takes to undo it.

    `facts` (app.persons.actions.merging) holds what was moved and put away; None once the time
    for undoing is over.
    """

    __tablename__ = "person_merge"
    __table_args__ = (
        CheckConstraint("old_id <> new_id", name="two_records"),
        Index(
            "uq_person_merge_standing",
            "old_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    new_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    merged_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    merged_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TwinProposal(Base):
    """Two records that may be of one human being, for a person to decide.

    `alike`: name with birth date and phone (`all`), with birth date, or with phone. Decided as
    "two" it is never proposed again.
    """

    __tablename__ = "twin_proposal"
    __table_args__ = (
        CheckConstraint("low_id < high_id", name="order"),
        CheckConstraint("alike IN ('all', 'birth', 'phone')", name="alike"),
        CheckConstraint("decision IN ('merged', 'two')", name="decision"),
        Index("ix_twin_proposal_open", "decision", "alike", "low_id"),
    )

    low_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    high_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    alike: Mapped[str] = mapped_column(String(10))
    found_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    decision: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
