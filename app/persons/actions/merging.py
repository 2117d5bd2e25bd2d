"""Two records of one human being become one, and two again when that was a mistake.

Everything moves in one transaction. Nothing is lost: what cannot stand twice is put away in
the merge's facts, and undoing restores both records exactly. What came in meanwhile stays with
the record that stood.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.accounts import audit, operations
from app.accounts.actions import PEOPLE
from app.accounts.models import Person
from app.accounts.queries import merged_into
from app.accounts.signed_in import Someone
from app.certificates import merging as certificates
from app.content.shelf import shelf
from app.db import take_turns
from app.extensions import db
from app.learning.actions import award_if_complete
from app.lib import clock
from app.persons import facts, moving
from app.persons.actions.twins import note_merged, propose_again
from app.persons.holdings import HOLDINGS
from app.persons.models import PersonMerge
from app.persons.queries import merging as queries
from app.units.following import follow


class MergeRefused(Exception):
    """The two records cannot be merged, or not be parted; `reason` is a key of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def merge(actor: Someone, old_id: int, new_id: int, op_id: str) -> PersonMerge:
    """Merge the record `old_id` into `new_id`; the same act again gives the same merge.

    Raises MergeRefused, having changed nothing, and OperationConflict. Whether the actor may
    do this to these two is the caller's to know.
    """
    take_turns(PEOPLE)
    done = operations.begin(op_id, actor.id, "merge_people", [old_id, new_id])
    if done:
        return db.session.get_one(PersonMerge, int(done.outcome))
    old, new = queries.locked_pair(old_id, new_id)
    try:
        refuse(old, new)
    except MergeRefused:
        operations.release(op_id)
        raise
    merged = PersonMerge(old_id=old.id, new_id=new.id, merged_by=actor.id, merged_at=clock.now())
    merged.facts = _joined(old, new)
    db.session.add(merged)
    note_merged(actor, old.id, new.id)
    db.session.flush()
    audit.record(actor.id, "merge_people", f"person {new.id}", f"hồ sơ {old.id}, lần {merged.id}")
    operations.conclude(op_id, str(merged.id))
    return merged


def refuse(old: Person, new: Person) -> None:
    """Raise MergeRefused where two records cannot become one."""
    if old.id == new.id or old.merged_into or new.merged_into:
        raise MergeRefused("merged")
    if old.number_hash and new.number_hash:
        # the register of citizens says that these are two people
        raise MergeRefused("numbers")


def undo(actor: Someone, merged: PersonMerge, op_id: str) -> None:
    """The two records are two again, as they were; what came meanwhile stays where it came.

    Raises MergeRefused, having changed nothing, and OperationConflict.
    """
    take_turns(PEOPLE)
    if operations.begin(op_id, actor.id, "undo_merge", merged.id) or merged.undone_at:
        return
    if not queries.may_be_undone(merged):
        operations.release(op_id)
        raise MergeRefused("kept" if merged.facts is None else "later")
    old, new = queries.locked_pair(merged.old_id, merged.new_id)
    _parted(actor, old, new, merged.facts or {})
    merged.undone_at, merged.undone_by = clock.now(), actor.id
    propose_again(old.id, new.id)
    db.session.flush()
    detail = f"hồ sơ {old.id}, lần {merged.id}"
    audit.record(actor.id, "undo_merge", f"person {new.id}", detail)


def gather(since: datetime | None = None) -> int:
    """Move what was written under a merged record while it was being merged; how many rows.

    `since`: only for those merged since then.
    """
    take_turns(PEOPLE)
    gathered = 0
    for merged in queries.standing_merges(since):
        late = [moving.sort(holding, merged.old_id, merged.new_id) for holding in HOLDINGS]
        if moving.total(late):
            gathered += moving.total(late)
            told = merged.facts or {}
            rows = [*told.get("rows", []), *_moved(late, merged.new_id)]
            merged.facts = {**told, "rows": rows} if merged.facts else None
    return gathered


def _joined(old: Person, new: Person) -> dict[str, Any]:
    rows = _moved([moving.sort(holding, old.id, new.id) for holding in HOLDINGS], new.id)
    filled = facts.gaps(old, new).values
    before = {name: getattr(new, name) for name in filled}
    _leave_number(old, filled)
    for name, value in filled.items():
        setattr(new, name, value)
    followers = merged_into(old.id)
    _lead([old.id, *followers], new.id)
    awards = certificates.join_awards(old.id, new.id)
    return {
        "rows": rows,
        "filled": facts.told(filled),
        "before": facts.told(before),
        "followers": followers,
        "awards": awards,
        "earned": _earned_together(new),
    }


def _moved(found: Sequence[moving.Sorted], new_id: int) -> list[moving.Facts]:
    told = [moving.move(one, new_id) for one in found if one.moves or one.put_away]
    db.session.expire_all()
    return told


def _leave_number(old: Person, filled: dict[str, Any]) -> None:
    """A personal number stands once; the constraint is asked with every statement."""
    if "number_hash" in filled:
        for name in facts.NUMBER:
            setattr(old, name, None)
        db.session.flush()


def _lead(record_ids: Sequence[int], person_id: int) -> None:
    """Whoever comes under these records is this person."""
    db.session.execute(
        update(Person).where(Person.id.in_(record_ids)).values(merged_into=person_id)
    )
    db.session.flush()


def _earned_together(new: Person) -> list[int]:
    """Awards that the credits of both records together have earned."""
    lines = [award_if_complete(new, course) for course in shelf.published()]
    return [line.id for line in lines if line]


def _parted(actor: Someone, old: Person, new: Person, told: dict[str, Any]) -> None:
    certificates.take_back(actor, told["earned"])
    by_key = {moving.table_key(holding): holding for holding in HOLDINGS}
    for rows in reversed(told["rows"]):
        holding = by_key[rows["table"], rows["column"]]
        moving.move_back(holding, rows, old.id, new.id)
    db.session.expire_all()
    _give_back(old, new, told)
    db.session.execute(update(Person).where(Person.id == old.id).values(merged_into=None))
    _lead(told["followers"], old.id)
    follow([old.id, new.id])
    certificates.part_awards(old.id, new.id, told["awards"])


def _give_back(old: Person, new: Person, told: dict[str, Any]) -> None:
    """Facts that were filled in go, unless somebody corrected them since."""
    filled, before = facts.read(told["filled"]), facts.read(told["before"])
    mine = {name: value for name, value in filled.items() if getattr(new, name) == value}
    for name in mine:
        setattr(new, name, before[name])
    db.session.flush()
    if "number_hash" in mine:
        for name in facts.NUMBER:
            setattr(old, name, filled[name])
        db.session.flush()
