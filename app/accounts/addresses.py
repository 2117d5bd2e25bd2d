"""A learner's own e-mail address, if they want one: for reminders and for a forgotten PIN.

Nobody needs one. It counts once a letter to it was answered, and goes with one tap.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from app.accounts import audit, consents, operations, queries, throttle
from app.accounts.consents import give_consent
from app.accounts.models import LetterAddress, Person
from app.accounts.notices import LETTERS
from app.accounts.secrets import draw_secret, fingerprint
from app.db import take_turns
from app.extensions import db
from app.lib import clock

# of a letter to be answered
LASTS = timedelta(days=3)


@dataclass(frozen=True)
class Wanted:
    """What became of naming an address: the secret of the link that goes to it ("" when this
    was done before), or how many minutes to wait."""

    secret: str = ""
    wait_minutes: int = 0


def want(person: Person, email: str, op_id: str, tries: tuple[str, str]) -> Wanted:
    """A person wants letters at this address, and agreed: it waits until its letter is answered.

    Another address takes the place of the one before. Every letter counts like a wrong try, so
    that nobody's letter box is filled. Raises OperationConflict.
    """
    take_turns(f"letter {tries[0]}")
    if operations.begin(op_id, person.id, "want_letters", email):
        return Wanted()
    wait = throttle.minutes_to_wait(*tries)
    if wait:
        operations.release(op_id)
        return Wanted(wait_minutes=wait)
    throttle.note_failure(*tries)
    secret = draw_secret()
    forget(person.id)
    give_consent(person, LETTERS, "web")
    db.session.add(
        LetterAddress(
            person_id=person.id, email=email, secret_hash=_hash(secret), asked_at=clock.now()
        )
    )
    audit.record(person.id, "want_letters", f"person {person.id}")
    return Wanted(secret)


def waiting(secret: str) -> LetterAddress | None:
    """The address that this link confirms, or confirmed before; None when it is of no use."""
    found = db.session.scalars(
        select(LetterAddress).where(LetterAddress.secret_hash == _hash(secret))
    ).one_or_none()
    if found is None or (found.confirmed_at is None and clock.now() >= found.asked_at + LASTS):
        return None
    return found


def confirm(address: LetterAddress) -> None:
    """Whoever reads the letters of this address says yes; saying so again changes nothing."""
    if address.confirmed_at is None:
        address.confirmed_at = clock.now()
        audit.record(address.person_id, "confirm_letters", f"person {address.person_id}")


def leave(person_id: int, op_id: str) -> None:
    """A person wants no letters any more: the address is forgotten and the consent withdrawn.

    Doing so again changes nothing. Raises OperationConflict.
    """
    if operations.begin(op_id, person_id, "leave_letters", ""):
        return
    if forget(person_id):
        audit.record(person_id, "leave_letters", f"person {person_id}")


def forget(person_id: int) -> bool:
    """No letters go to this person's address any more; whether there was one."""
    mine = LetterAddress.person_id == person_id
    known = db.session.scalar(select(func.count()).select_from(LetterAddress).where(mine))
    db.session.execute(delete(LetterAddress).where(mine))
    consents.end(person_id, LETTERS)
    return bool(known)


def owners(email: str) -> list[int]:
    """Ids of learners who confirmed this address and have a PIN to forget; nobody with a role,
    whose way in is stronger."""
    known = queries.confirmed_by(email)
    return sorted(queries.who_has("pin", known) - queries.holders_of_roles(known))


def _hash(secret: str) -> str:
    return fingerprint("letters", secret)
