"""Reads of jobs: one's own, those to work, those whose time is over."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from app.extensions import db
from app.jobs.models import OVER, Job, State
from app.lib import clock

# others that wait longer are found when these are done
CANDIDATES = 50


def own_job(person_id: int, job_id: int) -> Job | None:
    """The job with this id that this person asked for, or None."""
    return db.session.scalars(
        select(Job).where(Job.id == job_id, Job.person_id == person_id)
    ).one_or_none()


def job(job_id: int) -> Job | None:
    """The job with this id as it stands now, or None."""
    return db.session.get(Job, job_id, populate_existing=True)


def open_jobs(kind: str, person_id: int) -> list[Job]:
    """The jobs of one kind that this person asked for and that are not over, oldest first."""
    return list(
        db.session.scalars(
            select(Job)
            .where(Job.person_id == person_id, Job.kind == kind, Job.state.not_in(OVER))
            .order_by(Job.id)
        )
    )


def to_work(kinds: Iterable[str], *, early: bool = False) -> list[int]:
    """Ids of jobs that wait, or that may have lost their worker, oldest first.

    `early`: also those that wait for their next try.
    """
    waiting = Job.state == State.WAITING
    due = waiting if early else and_(waiting, Job.due_at <= clock.now())
    return list(
        db.session.scalars(
            select(Job.id)
            .where(or_(due, Job.state == State.RUNNING), Job.kind.in_(sorted(kinds)))
            .order_by(Job.id)
            .limit(CANDIDATES)
        )
    )


def before_in_line(waiting: Job) -> int:
    """How many jobs stand before one that waits."""
    return db.session.scalars(
        select(func.count(Job.id)).where(Job.state.not_in(OVER), Job.id < waiting.id)
    ).one()


def with_result_before(moment: datetime) -> list[int]:
    """Ids of jobs that were over before that moment and still have a file."""
    return list(
        db.session.scalars(
            select(Job.id)
            .where(Job.state.in_(OVER), Job.finished_at < moment, Job.result != "")
            .order_by(Job.id)
        )
    )


def among(job_ids: Iterable[int]) -> dict[int, Job]:
    """Those of these jobs that exist, by id."""
    found = select(Job).where(Job.id.in_(list(job_ids))).order_by(Job.id)
    return {one.id: one for one in db.session.scalars(found)}
