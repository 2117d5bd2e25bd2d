"""Tables of operations on the tree: what was done, and everything that undoing it needs."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock
from app.ui.i18n import lazy_gettext as _l
from app.units.models import Unit


class Kind(StrEnum):
    """What an operation does to the tree."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    MOVE = "move"
    DISSOLVE = "dissolve"
    RESTRUCTURE = "restructure"


KIND_TITLES = {
    Kind.MERGE: _l("Sáp nhập"),
    Kind.SPLIT: _l("Chia tách"),
    Kind.RENAME: _l("Đổi tên, mã, loại"),
    Kind.MOVE: _l("Chuyển cấp trên"),
    Kind.DISSOLVE: _l("Giải thể"),
    Kind.RESTRUCTURE: _l("Thay cây đơn vị"),
}


class UnitOperation(Base):
    """One operation by one decision; `done_by` None is the command line.

    `counts`: how many memberships, persons, roles, contacts and subunits moved.
    """

    __tablename__ = "unit_operation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(400))
    decision: Mapped[str] = mapped_column(String(120))
    in_force_on: Mapped[date]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    author: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[done_by])


class UnitChange(Base):
    """A unit that an operation touched, in the order of the plan.

    `role`: changed (made, ended, moved), named (only its own facts) or relied (left as it was,
    but built on). `before`: the facts to put back; None for a unit that the operation made.
    """

    __tablename__ = "unit_change"
    __table_args__ = (
        CheckConstraint("role IN ('changed', 'named', 'relied')", name="role"),
        Index("ix_unit_change_unit", "unit_id", "operation_id"),
    )

    operation_id: Mapped[int] = mapped_column(ForeignKey("unit_operation.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(8))
    position: Mapped[int] = mapped_column(default=0)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class UnitVersion(Base):
    """What a unit was called and where it stood until `valid_to`; today's facts stand in Unit."""

    __tablename__ = "unit_version"
    __table_args__ = (Index("ix_unit_version_unit", "unit_id", "valid_to"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    operation_id: Mapped[int] = mapped_column(ForeignKey("unit_operation.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    remote: Mapped[bool]
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class MovedRow(Base):
    """A row that an operation changed in place: a membership or a contact that came from
    `from_id` (a unit), a role that it ended, a role that it gave (`from_id`: the role before)."""

    __tablename__ = "moved_row"

    operation_id: Mapped[int] = mapped_column(ForeignKey("unit_operation.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int]


class Placement(Base):
    """To which successor of a divided unit a person belongs; unconfirmed: only supposed."""

    __tablename__ = "placement"
    __table_args__ = (Index("ix_placement_open", "new_id", "confirmed_at", "person_id"),)

    old_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    operation_id: Mapped[int] = mapped_column(ForeignKey("unit_operation.id"), index=True)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    old: Mapped[Unit] = relationship(lazy="raise", foreign_keys=[old_id])
