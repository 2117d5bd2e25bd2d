"""The table of jobs: what waits, what runs, what came of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OVER = (State.DONE, State.FAILED)


class Job(Base):
    """Long work that somebody asked for; queue and state are the same row.

    A row that says "running" is believed only while its hold is held (app.jobs.holds).
    `back`: the page to go to afterwards; `result`: the name of the file it made, if any;
    `message`: what came of it, in Vietnamese.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        Index("ix_job_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    back: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[State] = mapped_column(String(10), default=State.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[str] = mapped_column(String(120), default="")
    message: Mapped[str] = mapped_column(String(500), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in OVER
