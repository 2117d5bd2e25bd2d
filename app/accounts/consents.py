"""Saying yes to a purpose and taking it back: each purpose by itself, each as easy as the other."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, select, update

from app.accounts import audit, notices, operations
from app.accounts.models import Consent
from app.accounts.signed_in import Someone
from app.extensions import db
from app.lib import clock


def give_consent(
    person: Someone | int,
    purpose: str,
    channel: str,
    guardian_name: str | None = None,
    *,
    witness: str | None = None,
    recorded_by: int | None = None,
) -> None:
    """Record a yes to a purpose, with the version of the text that was shown; `person`: or the id.

    A yes by voice or on paper is noted by a helper, with the name of who was there.
    """
    db.session.add(
        Consent(
            person_id=person if isinstance(person, int) else person.id,
            purpose=purpose,
            text_version=notices.current(purpose).version,
            channel=channel,
            guardian_name=guardian_name,
            witness=witness,
            recorded_by=recorded_by,
            given_at=clock.now(),
        )
    )


def answer(
    who: Someone, purposes: Iterable[str], op_id: str, guardian_name: str | None = None
) -> None:
    """Somebody says yes to these purposes on the page that asks; once per form.

    Raises OperationConflict.
    """
    asked = sorted(purposes)
    if operations.begin(op_id, who.id, "consents", [asked, guardian_name]):
        return
    known = in_force(who.id)
    for purpose in asked:
        if purpose not in known:
            give_consent(who, purpose, "web", guardian_name)
            version = notices.current(purpose).version
            audit.record(who.id, "consent", f"person {who.id}", f"{purpose} · {version}")


def withdraw(who: Someone, purpose: str, op_id: str) -> None:
    """Somebody takes a yes back by one tap; what was done until now stays lawful.

    Raises OperationConflict.
    """
    if operations.begin(op_id, who.id, "withdraw_consent", purpose):
        return
    if end(who.id, purpose):
        audit.record(who.id, "withdraw_consent", f"person {who.id}", purpose)


def end(person_id: int, purpose: str) -> bool:
    """No yes to this purpose is in force any more; whether there was one."""
    ended = db.session.execute(
        update(Consent)
        .where(
            Consent.person_id == person_id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now())
        .returning(Consent.id)
    )
    return bool(ended.all())


def in_force(person_id: int) -> dict[str, Consent]:
    """What a person says yes to now, by purpose; the newest of each."""
    found = db.session.scalars(
        select(Consent)
        .where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
        .order_by(Consent.id)
    )
    return {one.purpose: one for one in found}


def agrees(person_id: ColumnElement[int] | object, purpose: str) -> ColumnElement[bool]:
    """A condition: this person says yes to the purpose now."""
    return exists().where(
        Consent.person_id == person_id,
        Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None),
    )
