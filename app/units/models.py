"""Tables of the unit tree and of memberships."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock

AREA_KINDS = ("Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu")
COMMUNE_KINDS = ("Phường", "Xã", "Thị trấn", "Đặc khu")
VILLAGE_KINDS = ("Thôn", "Tổ dân phố")
WORKPLACE_KINDS = ("Cơ quan", "Trường học", "Doanh nghiệp", "Hợp tác xã", "Chợ")


class Unit(Base):
    """An area or a workplace as it is from one date to another.

    `path` is "/1/17/" (ids from the root down to the unit itself): a unit lies in the subtree
    of another when its path starts with the other's.
    """

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_dates"),
        Index("ix_unit_path", "path"),
        Index("ix_unit_kind_sort", "kind", "name_sort"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(160))
    name_fold: Mapped[str] = mapped_column(String(160))
    name_sort: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    population: Mapped[int | None]
    # vùng sâu, vùng xa: a property of the place, never of a person
    remote: Mapped[bool] = mapped_column(default=False, server_default=false())
    # codes of what the unit becomes when it ends, as the units file told them, main one first
    successor_codes: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # since when code, name, kind, parent and mark are as they stand here; None: from the beginning
    facts_since: Mapped[date | None]
    # an operation made this unit and was undone: it never was, but counts may still name it
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_commune(self) -> bool:
        """Whether this is an area of the lowest administrative level."""
        return self.kind in COMMUNE_KINDS


class UnitSuccession(Base):
    """An old unit was merged, wholly or in part, into a new one.

    `rank` 0: the main successor, where those go of whom nothing better is known.
    """

    __tablename__ = "unit_succession"

    old_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    rank: Mapped[int] = mapped_column(default=0, server_default="0")
    operation_id: Mapped[int | None] = mapped_column(ForeignKey("unit_operation.id"), index=True)


class Membership(Base):
    """A person lives, works or studies in a unit, from one date to another."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("kind IN ('residence', 'work', 'school')", name="kind"),
        Index("ix_membership_unit", "unit_id", "kind", "person_id"),
        Index("ix_membership_person", "person_id", "kind", "id"),
        Index(
            "ix_membership_moved",
            "moved_by",
            "continues_id",
            sqlite_where=text("moved_by IS NOT NULL"),
            postgresql_where=text("moved_by IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(10))
    position: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    # an operation on units ended the membership `continues_id` and began this one in the
    # successor; no foreign keys: both go when the operation is undone
    continues_id: Mapped[int | None]
    moved_by: Mapped[int | None]

    unit: Mapped[Unit] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class TeamMember(Base):
    """Somebody of a unit's community digital team whom its people may call: shown to everybody.

    Who leaves the team is removed from the list, not from the table.
    """

    __tablename__ = "team_member"
    __table_args__ = (
        Index(
            "uq_team_member_listed",
            "unit_id",
            "phone",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    full_name: Mapped[str] = mapped_column(String(80))
    name_sort: Mapped[str] = mapped_column(String(400))
    phone: Mapped[str] = mapped_column(String(10))
    # the village or the part of it, or what they are good at
    place: Mapped[str] = mapped_column(String(120), default="")
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
