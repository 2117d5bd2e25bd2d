"""Tables of the count."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock
from app.ui.i18n import lazy_gettext as _l


class Evidence(StrEnum):
    """How a completion is known, from weakest to strongest claim of one's own work."""

    EXTERNAL = "external"
    ASSISTED = "assisted"
    CLASS = "class"
    SELF = "self"


EVIDENCE_TITLES = {
    Evidence.SELF: _l("Tự học"),
    Evidence.ASSISTED: _l("Có người hỗ trợ"),
    Evidence.CLASS: _l("Học ở lớp"),
    Evidence.EXTERNAL: _l("Nền tảng khác"),
}


class Attainment(Base):
    """One person reached one indicator, by one award, counted in one unit (None: unknown)."""

    __tablename__ = "attainment"
    __table_args__ = (
        UniqueConstraint("person_id", "indicator"),
        Index("ix_attainment_rollup", "indicator", "unit_id", "evidence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    evidence: Mapped[Evidence] = mapped_column(String(10))
    # the award's id; no foreign key, because the register stands above the count
    award_id: Mapped[int] = mapped_column(index=True)
    attained_on: Mapped[date]


class Target(Base):
    """What an indicator shall reach in a unit by the end of a year, and who says so."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("indicator", "unit_id", "year"),
        CheckConstraint("kind IN ('percent', 'absolute')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    source: Mapped[str] = mapped_column(String(200))


class Denominator(Base):
    """How many people an indicator is measured against in a unit: typed in, dated, sourced."""

    __tablename__ = "denominator"
    __table_args__ = (
        UniqueConstraint("indicator", "unit_id", "as_of"),
        CheckConstraint("value > 0", name="value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    value: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    as_of: Mapped[date]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class VneidConfirmation(Base):
    """VNeID shows this person as confirmed; recorded from elsewhere, with date and source."""

    __tablename__ = "vneid_confirmation"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    confirmed_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
