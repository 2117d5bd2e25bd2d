"""Tables of helpers' work: whom they help, tests handed over, acts observed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class HelpedPerson(Base):
    """A helper's own learner: registered by them, or agreed to be helped by them."""

    __tablename__ = "helped_person"
    __table_args__ = (
        CheckConstraint("how IN ('registered', 'agreed')", name="how"),
        CheckConstraint("helper_id <> person_id", name="two_people"),
    )

    helper_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    how: Mapped[str] = mapped_column(String(10))
    village: Mapped[str] = mapped_column(String(120), default="")
    since: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class HandOver(Base):
    """In a session the device went into the learner's hands for a test.

    `proof`: how the learner showed that it is them; "once": by a PIN chosen for this test alone,
    kept as `pin_hash`. `ended_at`: when the learner gave the device back by the same proof.
    """

    __tablename__ = "hand_over"
    __table_args__ = (
        CheckConstraint("proof IN ('pin', 'card', 'once')", name="proof"),
        CheckConstraint("(proof = 'once') = (pin_hash IS NOT NULL)", name="pin_for_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("field_session.id"), index=True)
    course_slug: Mapped[str] = mapped_column(String(80))
    step_slug: Mapped[str] = mapped_column(String(80))
    proof: Mapped[str] = mapped_column(String(10))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    began_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ObservedAct(Base):
    """A helper saw somebody do one act of a practical by themselves: who, where, on which day."""

    __tablename__ = "observed_act"
    __table_args__ = (CheckConstraint("helper_id <> person_id", name="two_people"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    step_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(12))
    helper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    place: Mapped[str] = mapped_column(String(120))
    observed_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
