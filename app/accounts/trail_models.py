"""Tables beside the audit trail: what seals its lines, and who looked at what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base


class AuditLink(Base):
    """Seals an audit line: its place in a chain, and a hash over the line and the link before."""

    __tablename__ = "audit_link"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line_id: Mapped[int] = mapped_column(ForeignKey("audit_line.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


class SensitiveView(Base):
    """Somebody looked at a page with data of others, in this quarter of an hour."""

    __tablename__ = "sensitive_view"
    __table_args__ = (
        UniqueConstraint("viewer_id", "page", "subject", "quarter"),
        Index("ix_sensitive_view_subject", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    viewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    page: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80), default="")
    quarter: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
