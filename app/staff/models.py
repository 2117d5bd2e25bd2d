"""Tables of imports: what each one made, so that it can be undone, and what columns were."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
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
