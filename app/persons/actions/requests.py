"""Requests about one's own data: filed, acknowledged, answered; what is wrong is put right."""

from datetime import date
from typing import Any

from sqlalchemy import update

from app.accounts import addresses, audit, consents, operations
from app.accounts.actions import PEOPLE, rename
from app.accounts.models import Credential, Person
from app.accounts.notices import LETTERS
from app.accounts.signed_in import Someone
from app.db import take_turns
from app.extensions import db
from app.lib import clock
from app.persons.deadlines import deadlines
from app.persons.models import DataRequest, Wish
from app.persons.queries.requests import locked
from app.units.queries import today

Facts = dict[str, Any]


class AlreadyAnswered(Exception):
    """Somebody else answered meanwhile; nothing was changed."""


def file_request(
    actor: Someone, person_id: int, wish: Wish, channel: str, said: Facts, op_id: str
) -> DataRequest:
    """File a request of a person, by themselves ("self"), a helper or an office for them.

    `said`: `text` in their words, `wanted` with what a correction asks for, as JSON knows it.
    The same form sent twice files once. Raises OperationConflict.
    """
    content = [person_id, wish, channel, said]
    replay = operations.begin(op_id, actor.id, "file_request", content)
    if replay:
        return db.session.get_one(DataRequest, int(replay.outcome))
    acknowledge_by, answer_by = deadlines(wish, today())
    asked = DataRequest(
        person_id=person_id,
        kind=wish,
        text=said.get("text", ""),
        wanted=said.get("wanted"),
        channel=channel,
        filed_by=actor.id,
        filed_at=clock.now(),
        filed_on=today(),
        acknowledge_by=acknowledge_by,
        answer_by=answer_by,
    )
    db.session.add(asked)
    db.session.flush()
    audit.record(actor.id, "file_request", f"request {asked.id}", f"{wish} · {channel}")
    operations.conclude(op_id, str(asked.id))
    return asked


def acknowledge(actor: Someone, asked: DataRequest, op_id: str) -> None:
    """Tell that the request was received; doing it again changes nothing."""
    if operations.begin(op_id, actor.id, "acknowledge_request", asked.id):
        return
    asked = locked(asked.id)
    if asked.acknowledged_at is None and asked.outcome is None:
        asked.acknowledged_at, asked.acknowledged_by = clock.now(), actor.id
        audit.record(actor.id, "acknowledge_request", f"request {asked.id}")


def answer(actor: Someone, asked: DataRequest, outcome: str, words: str, op_id: str) -> None:
    """Answer a request: "done", or "refused" with the reason. Raises AlreadyAnswered."""
    if operations.begin(op_id, actor.id, "answer_request", [asked.id, outcome, words]):
        return
    close(actor, locked(asked.id), outcome, words)


def close(actor: Someone, asked: DataRequest, outcome: str, words: str) -> None:
    """Note the answer on a request that is locked. Raises AlreadyAnswered."""
    if asked.outcome:
        raise AlreadyAnswered(asked.id)
    now = clock.now()
    if asked.acknowledged_at is None:
        asked.acknowledged_at, asked.acknowledged_by = now, actor.id
    asked.outcome, asked.answer = outcome, words
    asked.answered_at, asked.answered_by = now, actor.id
    if asked.kind == Wish.WITHDRAW and outcome == "done" and asked.wanted:
        _end(asked.person_id, asked.wanted["purpose"])
    late = " · quá hạn" if today() > asked.answer_by else ""
    audit.record(actor.id, "answer_request", f"request {asked.id}", outcome + late)


def _end(person_id: int, purpose: str) -> None:
    consents.end(person_id, purpose)
    if purpose == LETTERS:
        addresses.forget(person_id)


def correct(actor: Someone, asked: DataRequest, facts: Facts, words: str, op_id: str) -> None:
    """Put name, birth date or phone right as a request asks, and answer it.

    `facts`: full_name, (birth_date, birth_precision), phone, what changes. Who signs in by the
    old phone signs in by the new one. Papers issued before keep the old name.
    Raises AlreadyAnswered, having changed nothing.
    """
    told = {name: v.isoformat() if isinstance(v, date) else v for name, v in facts.items()}
    if operations.begin(op_id, actor.id, "correct_person", [asked.id, told, words]):
        return
    # whether somebody is known already is asked by name, birth date and phone
    take_turns(PEOPLE)
    asked = locked(asked.id)
    close(actor, asked, "done", words)
    person = db.session.get_one(Person, asked.person_id, with_for_update=True)
    changed = _changed(person, facts)
    audit.record(actor.id, "correct_person", f"person {person.id}", ", ".join(changed))


def _changed(person: Person, facts: Facts) -> list[str]:
    changed = [name for name, value in facts.items() if getattr(person, name) != value]
    if "phone" in changed:
        db.session.execute(
            update(Credential)
            .where(
                Credential.person_id == person.id,
                Credential.kind == "pin",
                Credential.login == person.phone,
            )
            .values(login=facts["phone"])
        )
    for name in changed:
        if name == "full_name":
            rename(person, facts[name])
        else:
            setattr(person, name, facts[name])
    return changed
