"""Possible twins: found by what two records have in common, decided by a person."""

from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Select,
    and_,
    case,
    delete,
    extract,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from app.accounts import audit, operations
from app.accounts.models import Person
from app.accounts.signed_in import Someone
from app.db import INSERTS, insert_once
from app.extensions import db
from app.lib import clock
from app.persons.models import TwinProposal


def look(among: Select[tuple[int]] | None = None) -> int:
    """Propose every pair that has a name and a birth date, or a name and a phone, in common.

    `among`: pairs of which one has one of these ids; None: all people. A pair that was proposed
    before, or decided on, is left alone; so are two records that have a personal number each.
    Returns how many are new.
    """
    # what is pending in this transaction counts too; a Core statement does not send it by itself
    db.session.flush()
    one, other = aliased(Person), aliased(Person)
    by_birth = _pairs(one, other, among, one.birth_date == other.birth_date)
    by_phone = _pairs(
        one, other, among, and_(one.phone == other.phone, _no_contradiction(one, other))
    )
    return sum(_propose(pairs) for pairs in (by_birth, by_phone))


def decide_two(actor: Someone, one_id: int, other_id: int, op_id: str) -> None:
    """They are two people: never proposed again. Leaves an audit line; raises OperationConflict."""
    low, high = sorted((one_id, other_id))
    if operations.begin(op_id, actor.id, "two_people", [low, high]):
        return
    _decided(actor, low, high, "two")
    audit.record(actor.id, "two_people", f"person {low}", f"hồ sơ {high}")


def note_merged(actor: Someone, one_id: int, other_id: int) -> None:
    """They were one; nothing is open between them any more."""
    low, high = sorted((one_id, other_id))
    _decided(actor, low, high, "merged")


def propose_again(one_id: int, other_id: int) -> None:
    """The merging was undone: it is open once more."""
    low, high = sorted((one_id, other_id))
    open_again = {"decision": None, "decided_by": None, "decided_at": None}
    db.session.execute(_this(update(TwinProposal), low, high).values(open_again))


def forget(person_id: int) -> None:
    """Nothing is proposed about somebody whose data was erased."""
    mine = or_(TwinProposal.low_id == person_id, TwinProposal.high_id == person_id)
    db.session.execute(delete(TwinProposal).where(mine))


def _decided(actor: Someone, low: int, high: int, decision: str) -> None:
    insert_once(TwinProposal, low_id=low, high_id=high, alike="birth", found_at=clock.now())
    said = {"decision": decision, "decided_by": actor.id, "decided_at": clock.now()}
    db.session.execute(_this(update(TwinProposal), low, high).values(said))


def _this(statement: Any, low: int, high: int) -> Any:
    return statement.where(TwinProposal.low_id == low, TwinProposal.high_id == high)


def _pairs(
    one: Any, other: Any, among: Select[tuple[int]] | None, alike: Any
) -> Select[tuple[Any, ...]]:
    low = case((one.id < other.id, one.id), else_=other.id)
    high = case((one.id < other.id, other.id), else_=one.id)
    pairs = select(low, high, _how(one, other), literal(clock.now(), TwinProposal.found_at.type))
    pairs = pairs.select_from(one).join(other, and_(one.name_fold == other.name_fold, alike))
    return pairs.distinct().where(
        one.id < other.id if among is None else one.id != other.id,
        one.id.in_(among) if among is not None else one.id.is_not(None),
        one.merged_into.is_(None),
        other.merged_into.is_(None),
        or_(one.number_hash.is_(None), other.number_hash.is_(None)),
    )


def _how(one: Any, other: Any) -> Any:
    same_birth = one.birth_date == other.birth_date
    return case(
        (and_(same_birth, one.phone == other.phone), "all"), (same_birth, "birth"), else_="phone"
    )


def _no_contradiction(one: Any, other: Any) -> Any:
    """A birth date is missing, or one of the two is only the year, and the years are the same."""
    years = [extract("year", born) for born in (one.birth_date, other.birth_date)]
    only_year = or_(one.birth_precision == "year", other.birth_precision == "year")
    return or_(
        one.birth_date.is_(None),
        other.birth_date.is_(None),
        and_(only_year, years[0] == years[1]),
    )


def _propose(pairs: Select[tuple[Any, ...]]) -> int:
    insert = INSERTS[db.engine.dialect.name](TwinProposal.__table__)
    names = ["low_id", "high_id", "alike", "found_at"]
    proposed = insert.from_select(names, pairs).on_conflict_do_nothing()
    done = db.session.execute(proposed.execution_options(preserve_rowcount=True))
    return cast(CursorResult[Any], done).rowcount
