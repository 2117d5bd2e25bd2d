"""Erasing what is kept about somebody, and leaving the bare facts that are counted.

Lines of the register stay as they were issued: a register may not have gaps, and each line is
sealed over the one before. Nobody but the registrar reads the name there any more: the public
check says that it was withdrawn (app.certificates.check). Enrolments, credits and places stand
without words of their own, so that every count is what it was.
"""

import secrets
from typing import cast

from sqlalchemy import Table, delete, or_, select, update

from app.accounts import audit, operations
from app.accounts.actions import PEOPLE
from app.accounts.holdings import Holding
from app.accounts.models import Person
from app.accounts.queries import holders_of_roles, records
from app.accounts.signed_in import Someone
from app.db import take_turns
from app.extensions import db
from app.jobs.models import Job
from app.lib import clock
from app.lib.vietnamese import fold, sort_key
from app.persons.actions import twins
from app.persons.actions.requests import close
from app.persons.holdings import HOLDINGS
from app.persons.models import DataRequest, PersonMerge
from app.persons.queries.requests import locked
from app.units.models import Membership
from app.units.queries import today

NAMELESS = "(đã xóa dữ liệu)"


class HoldsRole(Exception):
    """Whoever works here with data of others is not erased; the role ends first."""


def erase(actor: Someone, asked: DataRequest, op_id: str) -> list[int]:
    """Erase what is kept about whoever asks, in every room, and answer the request.

    Returns the ids of jobs whose files are to be removed once this is committed.
    Raises HoldsRole and AlreadyAnswered, having changed nothing.
    """
    if operations.begin(op_id, actor.id, "erase_person", asked.id):
        return []
    take_turns(PEOPLE)
    asked = locked(asked.id)
    ids = list(db.session.scalars(records(asked.person_id)))
    for record_id in sorted(ids):
        # nothing that comes in late is taken in meanwhile
        take_turns(f"sync {record_id}")
    if holders_of_roles(ids):
        raise HoldsRole(asked.person_id)
    close(actor, asked, "done", "")
    jobs = list(db.session.scalars(select(Job.id).where(Job.person_id.in_(ids)).order_by(Job.id)))
    db.session.flush()
    for holding in HOLDINGS:
        _erase_rows(holding, ids)
    _end_places(ids)
    _forget_twins(ids)
    _blank(ids)
    db.session.expire_all()
    audit.record(actor.id, "erase_person", f"person {asked.person_id}", f"yêu cầu {asked.id}")
    return jobs


def _erase_rows(holding: Holding, ids: list[int]) -> None:
    table = cast(Table, holding.model.__table__)
    mine = table.c[holding.column].in_(ids)
    if holding.erased is None:
        db.session.execute(delete(table).where(mine))
    elif holding.erased:
        db.session.execute(update(table).where(mine).values(holding.erased))


def _end_places(ids: list[int]) -> None:
    """They are on nobody's list any more; in which unit they were counted stands."""
    now = today()
    still = or_(Membership.valid_to.is_(None), Membership.valid_to > now)
    db.session.execute(
        update(Membership).where(Membership.person_id.in_(ids), still).values(valid_to=now)
    )


def _forget_twins(ids: list[int]) -> None:
    for record_id in ids:
        twins.forget(record_id)
    either = or_(PersonMerge.old_id.in_(ids), PersonMerge.new_id.in_(ids))
    db.session.execute(update(PersonMerge).where(either).values(facts=None))


def _blank(ids: list[int]) -> None:
    nobody = {
        "full_name": NAMELESS,
        "name_fold": fold(NAMELESS),
        "name_sort": sort_key(NAMELESS),
        "birth_precision": "day",
        "erased_at": clock.now(),
    }
    empty = ("birth_date", "phone", "group", "number_hash", "number_tail", "number_sealed")
    for record_id in ids:
        # every session ends
        values = {**nobody, **dict.fromkeys(empty), "session_stamp": secrets.token_hex(8)}
        db.session.execute(update(Person).where(Person.id == record_id).values(values))
