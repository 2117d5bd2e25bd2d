"""Acts that count once: the ledger of operation ids (rule 2)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, update

from app.accounts import queries
from app.accounts.models import Operation
from app.db import insert_once
from app.extensions import db
from app.lib import clock
from app.lib.hashing import canonical_json, digest


class OperationConflict(Exception):
    """An operation id came back with other content; nothing was changed (409)."""


@dataclass(frozen=True)
class Replay:
    """The act was done before; `outcome` is what was noted then."""

    outcome: str


def begin(op_id: str, person_id: int | None, verb: str, content: Any) -> Replay | None:
    """Claim `op_id` for an act; None: do it now, Replay: it stands already.

    `content` (JSON-able) is what the client sent. The claim is part of the caller's
    transaction: if the act fails, the id is free again.
    Raises OperationConflict when the id was used for anything else.
    """
    content_hash = digest(canonical_json([verb, person_id, content]))
    claimed = insert_once(
        Operation,
        id=op_id,
        person_id=person_id,
        verb=verb,
        content_hash=content_hash,
        outcome="",
        at=clock.now(),
    )
    if claimed:
        return None
    known = db.session.get(Operation, op_id, populate_existing=True)
    if known is None or not (
        known.content_hash == content_hash or _done_before_merging(known, person_id, verb, content)
    ):
        raise OperationConflict(op_id)
    return Replay(known.outcome)


def _done_before_merging(known: Operation, person_id: int | None, verb: str, content: Any) -> bool:
    """Whether it is the same act, done under a record that was merged into this person since."""
    if known.person_id is None or person_id is None or known.person_id == person_id:
        return False
    told = digest(canonical_json([verb, known.person_id, content]))
    return known.content_hash == told and queries.is_record_of(known.person_id, person_id)


def is_known(op_id: str) -> bool:
    """Whether an act with this id was claimed before."""
    return db.session.get(Operation, op_id) is not None


def release(op_id: str) -> None:
    """Withdraw a claim of this transaction: the act was not done, and its id is free again."""
    db.session.execute(delete(Operation).where(Operation.id == op_id))


def conclude(op_id: str, outcome: str) -> None:
    """Note what an act led to, for the answer to a replay; at most 120 characters."""
    db.session.execute(update(Operation).where(Operation.id == op_id).values(outcome=outcome))
