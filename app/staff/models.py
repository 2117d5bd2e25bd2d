"""Tables of imports and what each one made, of lists that were made, and of where staff stand."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class RosterColumns(Base):
    """What somebody said about the columns of lists with these headings, in this unit."""

    __tablename__ = "roster_columns"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    header_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    entered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class RosterImport(Base):
    """One roster that was taken in; `actor_id` None: the command line."""

    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    filename: Mapped[str] = mapped_column(String(120))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    words: Mapped[str] = mapped_column(String(200), default="")
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RosterLine(Base):
    """One thing that an import made of a person, with what stood there before.

    `made`: "person" (a new record, with its place), "facts" (of a known person), "place" (a new
    membership), "moved" (the membership `row_id` was changed), "vneid" (a confirmation).
    """

    __tablename__ = "roster_line"
    __table_args__ = (
        CheckConstraint("made IN ('person', 'facts', 'place', 'moved', 'vneid')", name="made"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made: Mapped[str] = mapped_column(String(10))
    row_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any]] = mapped_column(JSON)


class ListYear(Base):
    """The last number of a unit's lists in a year; locked while a list is added, so no gap."""

    __tablename__ = "staff_list_year"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class MadeList(Base):
    """A list that was made: number and code, what was wanted, and what came of it.

    `unit_id` issues it; `wanted`: course, unit, state, words as a job takes them. `digest` is
    that of the file (`size` bytes); empty until the file is written. `actor_id` None: the
    command line. `monthly_id` and `month` ("2026-07"): made by itself, once.
    """

    __tablename__ = "staff_list"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "number"),
        UniqueConstraint("monthly_id", "month"),
        CheckConstraint("form IN ('xlsx', 'csv', 'pdf')", name="form"),
        CheckConstraint("(monthly_id IS NULL) = (month IS NULL)", name="monthly"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(16), unique=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    # as it was called that day
    body: Mapped[str] = mapped_column(String(300))
    course_title: Mapped[str] = mapped_column(String(300))
    form: Mapped[str] = mapped_column(String(4))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    made_on: Mapped[date]
    people: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64), default="", index=True)
    size: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None]
    monthly_id: Mapped[int | None] = mapped_column(ForeignKey("staff_monthly.id"))
    month: Mapped[str | None] = mapped_column(String(7))

    @property
    def printed_number(self) -> str:
        """As it stands on paper: "12/DS"."""
        return f"{self.number:02d}/DS"


class Monthly(Base):
    """A list that is made every month by itself, on a day of the month; `state` empty: all."""

    __tablename__ = "staff_monthly"
    __table_args__ = (
        Index(
            "uq_staff_monthly_in_force",
            "unit_id",
            "course_slug",
            "state",
            "form",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint("day BETWEEN 1 AND 28", name="day"),
        CheckConstraint("form IN ('xlsx', 'csv', 'pdf')", name="form"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default="")
    form: Mapped[str] = mapped_column(String(4))
    day: Mapped[int]
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Standing(Base):
    """Where somebody of the staff stands in a course: derived, for desks of many people.

    One row for each place of work or study and each course that an office sees. All of it can be
    made again from memberships, enrolments and the register (app.staff.standing).
    """

    __tablename__ = "staff_standing"
    __table_args__ = (
        # each holds all that is asked, so that the table itself is not looked into
        Index(
            "ix_staff_standing_unit",
            *("course_slug", "unit_id", "state", "group", "places", "person_id", "membership_id"),
        ),
        Index(
            "ix_staff_standing_name",
            *("course_slug", "name_sort", "membership_id", "unit_id", "state", "group", "places"),
            *("person_id", "name_fold"),
        ),
        # few: those of whom has to be asked in which of the units they are counted
        Index(
            "ix_staff_standing_several",
            *("course_slug", "unit_id", "state", "group", "person_id", "membership_id"),
            sqlite_where=text("places > 1"),
            postgresql_where=text("places > 1"),
        ),
    )

    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    membership_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int]
    unit_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    group: Mapped[str] = mapped_column(String(40))
    # in how many units they work or study today
    places: Mapped[int]
    name_sort: Mapped[str] = mapped_column(String(400))
    name_fold: Mapped[str] = mapped_column(String(160))


class StandingCount(Base):
    """How many of the people who have one place only stand how; counted from the standings."""

    __tablename__ = "staff_standing_count"

    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10), primary_key=True)
    group: Mapped[str] = mapped_column(String(40), primary_key=True)
    people: Mapped[int]


class StandingMade(Base):
    """When the standings were last made again, and for which day; one row."""

    __tablename__ = "staff_standing_made"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_on: Mapped[date]


class Departure(Base):
    """HR ended somebody's place of work or study: why, and since when it is no more.

    `before`: until when the place was valid before, to undo it. No foreign key to the place: it
    goes when an operation on units is undone.
    """

    __tablename__ = "staff_departure"
    __table_args__ = (CheckConstraint("reason IN ('moved', 'left', 'mistake')", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    reason: Mapped[str] = mapped_column(String(10))
    last_day: Mapped[date]
    before: Mapped[date | None]
    ended_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
