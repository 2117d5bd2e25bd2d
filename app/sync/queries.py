"""Reads of what came in late: tickets, what became of an act, what waits for somebody to look."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Person
from app.extensions import db
from app.lib.hashing import digest
from app.lib.paging import Page, offset
from app.sync.batch import Sent
from app.sync.models import DeviceTicket, State, SyncedOperation

PER_PAGE = 50
NOT_COUNTED = (State.QUARANTINED, State.CLOSED, State.REFUSED)


@dataclass(frozen=True)
class Waiting:
    """An act that was not taken in, and whose it is."""

    operation: SyncedOperation
    person: Person


def ticket(secret: str) -> DeviceTicket | None:
    """The ticket of a device's secret, in force or not, or None."""
    return db.session.scalars(
        select(DeviceTicket).where(DeviceTicket.secret_hash == digest(secret))
    ).one_or_none()


def is_still_signed_in(ticket: DeviceTicket) -> bool:
    """Whether its person has not changed the PIN, nor left all devices, since it was made."""
    person = db.session.get(Person, ticket.person_id)
    return person is not None and person.session_stamp == ticket.session_stamp


def known(op_ids: set[str]) -> dict[str, SyncedOperation]:
    """Those of these acts that came in before, by their ids, in one query."""
    rows = db.session.scalars(select(SyncedOperation).where(SyncedOperation.op_id.in_(op_ids)))
    return {row.op_id: row for row in rows}


def as_sent(waiting: SyncedOperation) -> Sent:
    """An act that waits, as it was sent."""
    return Sent(
        op=waiting.op_id,
        kind=waiting.kind,
        course=waiting.course_slug,
        step=waiting.step_slug,
        version=waiting.version,
        at=waiting.claimed_at.isoformat() if waiting.claimed_at else None,
        helper=waiting.helper,
        payload=waiting.payload or {},
    )


def not_counted(person_id: int, number: int) -> Page[SyncedOperation]:
    """A person's acts that were not taken in, newest first."""
    condition = (SyncedOperation.person_id == person_id) & (SyncedOperation.state.in_(NOT_COUNTED))
    rows = db.session.scalars(
        select(SyncedOperation)
        .where(condition)
        .order_by(SyncedOperation.received_at.desc(), SyncedOperation.op_id)
        .limit(PER_PAGE)
        .offset(offset(number, PER_PAGE))
    ).all()
    return Page(rows, number, PER_PAGE, _count(condition))


def waiting(number: int) -> Page[Waiting]:
    """What waits for somebody to look, oldest first, with whose it is."""
    rows = db.session.execute(
        select(SyncedOperation, Person)
        .join(Person, Person.id == SyncedOperation.person_id)
        .where(SyncedOperation.state == State.QUARANTINED)
        .order_by(SyncedOperation.received_at, SyncedOperation.op_id)
        .limit(PER_PAGE)
        .offset(offset(number, PER_PAGE))
    )
    found = [Waiting(operation, person) for operation, person in rows]
    total = _count(SyncedOperation.state == State.QUARANTINED)
    return Page(found, number, PER_PAGE, total)


def operation(op_id: str) -> SyncedOperation | None:
    """One act that came in, by its operation id; None when there is none. Locks its row."""
    return db.session.get(SyncedOperation, op_id, with_for_update=True)


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).where(condition)) or 0
