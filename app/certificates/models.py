"""Tables of the register. Lines are never changed: a revocation is a line of its own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.counts.models import Evidence
from app.db import UTCDateTime
from app.extensions import Base


class RegisterYear(Base):
    """The head of one year's register; locked while a line is added, so numbers have no gap."""

    __tablename__ = "register_year"

    year: Mapped[int] = mapped_column(primary_key=True)
    awards: Mapped[int] = mapped_column(default=0)
    lines: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64))


class Award(Base):
    """A line of the register: a person completed a course. Facts are frozen as issued."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        UniqueConstraint("year", "line"),
        CheckConstraint("number > 0 AND line > 0", name="positive"),
        Index("ix_award_person_course", "person_id", "course_slug"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    line: Mapped[int]
    code: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    course_title: Mapped[str] = mapped_column(Text)
    course_version: Mapped[str] = mapped_column(String(12))
    hours: Mapped[str] = mapped_column(String(10))
    full_name: Mapped[str] = mapped_column(String(80))
    birth_date: Mapped[date | None]
    birth_precision: Mapped[str] = mapped_column(String(4))
    unit_name: Mapped[str] = mapped_column(String(200))
    # the issuing body as it was called that day: parent_body, body, place, signer_title, signer
    issuer: Mapped[dict[str, str]] = mapped_column(JSON)
    result: Mapped[str] = mapped_column(String(60))
    evidence: Mapped[Evidence] = mapped_column(String(10))
    awarded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    awarded_on: Mapped[date]
    # what the award counts for, frozen: [[indicator, unit id or null], …]
    claims: Mapped[list[list[Any]]] = mapped_column(JSON)
    printed_number: Mapped[str] = mapped_column(String(40))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AwardInForce(Base):
    """The one award in force of a person and a course: the database keeps it one (rule 3)."""

    __tablename__ = "award_in_force"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), unique=True)


class AwardSetAside(Base):
    """Of two records of one human being both had an award for the same course: this one rests.

    The line of the register stays as it is, and so does the paper; `kept_id` is the award in
    force. Not a line of the register: it goes when the merging of the records is undone.
    """

    __tablename__ = "award_set_aside"
    __table_args__ = (CheckConstraint("award_id <> kept_id", name="two_awards"),)

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    since: Mapped[datetime] = mapped_column(UTCDateTime)


class Revocation(Base):
    """A line of the register that takes an award out of force, with who, when and why."""

    __tablename__ = "revocation"
    __table_args__ = (UniqueConstraint("year", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), unique=True)
    year: Mapped[int]
    line: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    revoked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
