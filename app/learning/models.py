"""Tables of enrolments, step credits, questions to the helpers, reminders, courses given."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.counts.models import Evidence
from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class Enrolment(Base):
    """A person takes a course; `last_step` is where they go on, `version` where they began."""

    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_course", "course_slug", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(12))
    last_step: Mapped[str] = mapped_column(String(80), default="")
    enrolled_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    active_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class StepCredit(Base):
    """A person completed a step of a course, once, with the evidence it is known by.

    `helped_in`: the helper's session in which they did it, if in one.
    """

    __tablename__ = "step_credit"
    __table_args__ = (
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    step_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(12))
    evidence: Mapped[Evidence] = mapped_column(String(10))
    # percent of points, for tests
    score: Mapped[int | None]
    op_id: Mapped[str] = mapped_column(String(40), unique=True)
    helped_in: Mapped[int | None] = mapped_column(ForeignKey("field_session.id"), index=True)
    credited_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class Ask(Base):
    """A learner says that a step is not clear, perhaps what; a helper answers, once."""

    __tablename__ = "ask"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer"),
        Index("ix_ask_person", "person_id", "course_slug", "step_slug"),
        Index("ix_ask_open", "answered_at", "asked_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    step_slug: Mapped[str] = mapped_column(String(80))
    # may be empty: "not clear" alone is worth a call
    text: Mapped[str] = mapped_column(String(500), default="")
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(1000), default="")


class ReminderChoice(Base):
    """What a person wants of reminders, and which letters went out.

    `off_at`: no reminders of any kind since then; `sent_in_a_row`: letters since they last
    learnt anything.
    """

    __tablename__ = "reminder_choice"
    __table_args__ = (
        CheckConstraint("(last_sent_at IS NULL) = (sent_in_a_row = 0)", name="sent_in_a_row"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_in_a_row: Mapped[int] = mapped_column(default=0)


class Assignment(Base):
    """The people of a unit and of all below it shall finish a course by a day.

    `group`: only those of this audience group; empty: everybody who works or studies there.
    Who is overdue is never noted: it follows from the day and from the register.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_in_force",
            "unit_id",
            "course_slug",
            "group",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_assignment_course", "course_slug", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    group: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date]
    assigned_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
