"""Tables of what devices hand in: their tickets, the papers they carry, what became of each act."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock

# work done 89 days ago still arrives, and its device had a month to learn of a release
TICKET_LASTS = timedelta(days=120)


class State(StrEnum):
    """What became of an act that was handed in."""

    APPLIED = "applied"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    CLOSED = "closed"


class DeviceTicket(Base):
    """Lets one device of one person hand in what was done on it, and nothing else.

    The device keeps the secret, here stands its hash. Every use makes it last longer.
    `helped_in`: the helper's session in which it was made; it hands in only what was done
    beside that helper. `session_stamp`: the person's, when it was made; it ends with that one.
    """

    __tablename__ = "device_ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    helped_in: Mapped[int | None]
    session_stamp: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def in_force(self) -> bool:
        """Whether the device may still hand in."""
        return self.withdrawn_at is None and clock.now() < self.expires_at


class CarriedPaper(Base):
    """An open attempt that was taken along on a device, named by a number it made for itself.

    Taken to another device it is that one's, and what the first one hands in waits for
    somebody to look: two devices never race for one grade.
    """

    __tablename__ = "carried_paper"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(32))
    carried_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class SyncedOperation(Base):
    """One act that came in late, by its operation id: nothing is dropped in silence.

    `helped_in`: the helper's session of whoever handed it in. `claimed_at` is what the
    device's clock said, never later than `received_at`, and decides nothing. `payload` is kept
    unless the act was taken in; `outcome` is told again to a device whose answer was lost.
    """

    __tablename__ = "synced_operation"
    __table_args__ = (
        CheckConstraint(
            "state IN ('applied', 'refused', 'quarantined', 'closed')",
            name="state",
        ),
        Index("ix_synced_operation_state", "state", "received_at", "op_id"),
        Index("ix_synced_operation_person", "person_id", "state", "received_at"),
    )

    op_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("device_ticket.id"))
    kind: Mapped[str] = mapped_column(String(20))
    course_slug: Mapped[str] = mapped_column(String(80))
    step_slug: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(12))
    helper: Mapped[str | None] = mapped_column(String(64))
    helped_in: Mapped[int | None]
    content_hash: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    state: Mapped[State] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(40), default="")
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(String(300), default="")
