"""Tables of whole records: which were merged into which, and which may be of one human being."""

from datetime import date, datetime, timedelta
from enum import StrEnum
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


class Wish(StrEnum):
    """What somebody may ask about their data."""

    VIEW = "view"
    CORRECT = "correct"
    COPY = "copy"
    WITHDRAW = "withdraw"
    RESTRICT = "restrict"
    OBJECT = "object"
    ERASE = "erase"


class DataRequest(Base):
    """Somebody asks about their own data; the law counts the days until each answer.

    The two days are reckoned when it is filed (app.persons.deadlines). `wanted`: what a correction
    asks for, by attribute of the person. `channel`: filed by themselves, by a helper or by an
    office for them.
    """

    __tablename__ = "data_request"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('view', 'correct', 'copy', 'withdraw', 'restrict', 'object', 'erase')",
            name="kind",
        ),
        CheckConstraint("channel IN ('self', 'helper', 'office')", name="channel"),
        CheckConstraint("outcome IN ('done', 'refused')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered"),
        Index("ix_data_request_open", "outcome", "answer_by", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[Wish] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(1000), default="")
    wanted: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    channel: Mapped[str] = mapped_column(String(10))
    filed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    filed_on: Mapped[date]
    acknowledge_by: Mapped[date]
    answer_by: Mapped[date]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def next_by(self) -> date | None:
        """The day by which something must be done; None when it is answered."""
        if self.outcome:
            return None
        return self.answer_by if self.acknowledged_at else self.acknowledge_by


# within so many hours the authority hears of it
REPORT_WITHIN = timedelta(hours=72)


class DataIncident(Base):
    """Personal data was lost, seen or changed by whom it should not have been."""

    __tablename__ = "data_incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    happened: Mapped[str] = mapped_column(String(2000), default="")
    people: Mapped[int | None]
    measures: Mapped[str] = mapped_column(String(2000), default="")
    found_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    reported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    told_people_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def report_by(self) -> datetime:
        """Until when the authority must have heard of it."""
        return self.found_at + REPORT_WITHIN

    @property
    def is_late(self) -> bool:
        """Whether the authority has not heard of it in time."""
        return (self.reported_at or clock.now()) > self.report_by
