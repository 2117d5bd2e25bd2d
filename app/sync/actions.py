"""Take in what devices send late; retry and close what waits; take a paper along."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.accounts import audit, operations
from app.accounts.operations import OperationConflict
from app.accounts.signed_in import Someone, helped_in
from app.content.models import Course, Step
from app.content.shelf import shelf
from app.db import again_on_deadlock, insert_once, take_turns
from app.extensions import db
from app.learning.actions import award_if_complete
from app.learning.queries import lock_enrolments
from app.lib import clock
from app.lib.hashing import digest
from app.quizzes.actions import start
from app.quizzes.models import Attempt
from app.quizzes.queries import lock_attempts
from app.sync import queries
from app.sync.batch import Sent, read_sent
from app.sync.kinds import KINDS, Taken
from app.sync.models import TICKET_LASTS, CarriedPaper, DeviceTicket, State, SyncedOperation
from app.sync.people import beside_helper, receiver
from app.sync.reasons import QUARANTINED, NotTaken

log = logging.getLogger(__name__)
ALREADY = "already"


class CarriedElsewhere(Exception):
    """The paper of this attempt was taken along on another device; nothing was changed."""


@dataclass(frozen=True)
class Answer:
    """What became of one act: applied, already, refused or quarantined, and why."""

    op: str
    status: str
    reason: str = ""
    outcome: dict[str, Any] = field(default_factory=dict)


def take_in(person: Someone, ticket_id: int | None, sent: Sequence[Any]) -> list[Answer]:
    """Take in the acts of one batch in the order given; one that fails does not hold up others.

    `sent` as it came, unread. The same acts in another order, in other batches or several
    times lead to the same state. A database that is locked or full raises: nothing of the
    batch was taken in then, and the device keeps it all.
    """
    take_turns(f"sync {person.id}")
    read = [(raw, read_sent(raw)) for raw in sent]
    return again_on_deadlock(lambda: _taken_in(person, ticket_id, read))


def _taken_in(
    person: Someone, ticket_id: int | None, read: Sequence[tuple[Any, Sent | None]]
) -> list[Answer]:
    acts = [act for _, act in read if act]
    _lock_first(person, acts)
    known = queries.known({act.op for act in acts})
    answers = [
        _take_one(person, ticket_id, act, known) if act else _illegible(raw) for raw, act in read
    ]
    _earn(person, {act.course for act in acts})
    return answers


def _earn(person: Someone, slugs: set[str]) -> None:
    """A version that asks for less may have come since the last step was done: the award must
    not wait for another one, of which nothing is left."""
    for slug in sorted(slugs):
        course = shelf.course(slug)
        if course:
            award_if_complete(person, course)


def _lock_first(person: Someone, acts: Sequence[Sent]) -> None:
    """Lock what the acts change in the order in which a page does: attempts, then enrolments.

    An award locks the register until the batch ends; whoever holds one of these meanwhile and
    completes a course would wait for it, and the batch for them. Pages lock nothing more.
    """
    numbers = {act.payload.get("attempt") for act in acts if act.kind == "test"}
    lock_attempts(person.id, {number for number in numbers if type(number) is int})
    lock_enrolments(person.id, {act.course for act in acts})


def _illegible(raw: Any) -> Answer:
    op = raw.get("op") if isinstance(raw, dict) else None
    return Answer(op if isinstance(op, str) else "", State.REFUSED, "malformed")


def _take_one(
    person: Someone, ticket_id: int | None, sent: Sent, known: dict[str, SyncedOperation]
) -> Answer:
    """Take in one act; `known` are those that came before, and grows."""
    before = known.get(sent.op)
    if before:
        return _said_before(person, before, sent)
    state, taken = _tried(person, sent)
    noted = None if taken == "conflict" else _noted(person, ticket_id, sent, state, taken)
    if noted is None:
        return Answer(sent.op, State.REFUSED, "conflict")
    known[sent.op] = noted
    return _answer(sent.op, state, taken)


def _said_before(person: Someone, known: SyncedOperation, sent: Sent) -> Answer:
    """The answer to an act that came before; the id alone does not make it the same act."""
    if not _is_of(person, known) or known.content_hash != sent.content_hash:
        return Answer(sent.op, State.REFUSED, "conflict")
    if known.state == State.APPLIED:
        return Answer(sent.op, ALREADY, outcome=known.outcome or {})
    state = State.QUARANTINED if known.state == State.CLOSED else known.state
    return Answer(sent.op, state, known.reason)


def _is_of(person: Someone, known: SyncedOperation) -> bool:
    if known.person_id == person.id:
        return True
    owner = receiver(known.person_id)
    return owner is not None and owner.id == person.id


def _answer(op: str, state: State, taken: Taken | str) -> Answer:
    if isinstance(taken, str):
        return Answer(op, state, taken)
    return Answer(op, ALREADY if taken.again else state, outcome=taken.outcome or {})


def _tried(person: Someone, sent: Sent) -> tuple[State, Taken | str]:
    """Carry out an act inside a savepoint: (state, what it led to or why it was not taken)."""
    verb = KINDS.get(sent.kind)
    if verb is None:
        return State.QUARANTINED, "unknown_kind"
    try:
        with db.session.begin_nested():
            return State.APPLIED, verb(person, sent)
    except NotTaken as problem:
        waits = problem.reason in QUARANTINED
        return State.QUARANTINED if waits else State.REFUSED, problem.reason
    except OperationConflict:
        return State.REFUSED, "conflict"
    except (OperationalError, NoConnectionFree):
        raise
    except Exception as fault:
        if isinstance(fault, DBAPIError) and fault.connection_invalidated:
            raise
        log.exception("an act of kind %s was not taken in", sent.kind)
        return State.QUARANTINED, "fault"


def _noted(
    person: Someone, ticket_id: int | None, sent: Sent, state: State, taken: Taken | str
) -> SyncedOperation | None:
    """Write down what became of an act; None when its id stands for somebody else's."""
    received = clock.now()
    facts = {
        "op_id": sent.op,
        "person_id": person.id,
        "ticket_id": ticket_id,
        "kind": sent.kind,
        "course_slug": sent.course,
        "step_slug": sent.step,
        "version": sent.version,
        "helper": sent.helper,
        "helped_in": helped_in(person),
        "content_hash": sent.content_hash,
        "payload": None if state == State.APPLIED else sent.payload,
        "claimed_at": sent.claimed_at(received),
        "received_at": received,
        "state": state,
        "reason": taken if isinstance(taken, str) else "",
        "outcome": None if isinstance(taken, str) else taken.outcome,
        "note": "",
    }
    return SyncedOperation(**facts) if insert_once(SyncedOperation, **facts) else None


def retry(actor: Someone, waiting: SyncedOperation, op_id: str) -> bool:
    """Try once more to take in what waits; True when it stands now. Leaves an audit line."""
    if operations.begin(op_id, actor.id, "retry_sync", waiting.op_id):
        return waiting.state == State.APPLIED
    person = receiver(waiting.person_id)
    if person is None or waiting.state != State.QUARANTINED:
        return waiting.state == State.APPLIED
    take_turns(f"sync {person.id}")
    state, taken = _tried(beside_helper(person, waiting.helped_in), queries.as_sent(waiting))
    waiting.reason = taken if isinstance(taken, str) else ""
    if isinstance(taken, Taken):
        waiting.payload, waiting.outcome = None, taken.outcome
        _settle(actor, waiting, state)
    audit.record(actor.id, "retry_sync", f"synced {waiting.op_id}", waiting.reason)
    return isinstance(taken, Taken)


def close(actor: Someone, waiting: SyncedOperation, note: str, op_id: str) -> None:
    """Close what waits without taking it in; the learner reads the note. Leaves an audit line."""
    if operations.begin(op_id, actor.id, "close_sync", [waiting.op_id, note]):
        return
    if waiting.state == State.QUARANTINED:
        waiting.note = note
        _settle(actor, waiting, State.CLOSED)
        audit.record(actor.id, "close_sync", f"synced {waiting.op_id}", note)


def _settle(actor: Someone, waiting: SyncedOperation, state: State) -> None:
    waiting.state, waiting.settled_by, waiting.settled_at = state, actor.id, clock.now()
    db.session.flush()


def give_ticket(person: Someone, secret: str, op_id: str) -> DeviceTicket:
    """Let the device that holds this secret hand in for a person, for as long as tickets last.

    The device makes the secret, so that it is never in an answer that may be lost. Raises
    OperationConflict for an id used otherwise.
    """
    secret_hash = digest(secret)
    operations.begin(op_id, person.id, "device_ticket", secret_hash)
    now = clock.now()
    insert_once(
        DeviceTicket,
        person_id=person.id,
        secret_hash=secret_hash,
        helped_in=helped_in(person),
        session_stamp=person.session_stamp,
        made_at=now,
        expires_at=now + TICKET_LASTS,
    )
    ticket = queries.ticket(secret)
    if ticket is None or ticket.person_id != person.id:
        raise OperationConflict(op_id)
    return ticket


def renew(ticket: DeviceTicket) -> None:
    """A ticket that is used lasts on."""
    ticket.expires_at = clock.now() + TICKET_LASTS


def withdraw(ticket: DeviceTicket) -> None:
    """The device hands in nothing more."""
    ticket.withdrawn_at = ticket.withdrawn_at or clock.now()
    audit.record(ticket.person_id, "withdraw_ticket", f"ticket {ticket.id}")


def carry_paper(
    person: Someone, course: Course, step: Step, device: str, op_id: str, *, move: bool
) -> Attempt:
    """Open an attempt, or take the open one, to be answered on this device.

    Raises what `quizzes.actions.start` raises, and CarriedElsewhere when another device has it,
    unless it shall `move` here.
    """
    attempt = start(person, course, step, op_id)
    if insert_once(CarriedPaper, attempt_id=attempt.id, device=device, carried_at=clock.now()):
        return attempt
    carried = db.session.get_one(CarriedPaper, attempt.id, with_for_update=True)
    if carried.device != device:
        if not move:
            raise CarriedElsewhere
        carried.device, carried.carried_at = device, clock.now()
    return attempt
