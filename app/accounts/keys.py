"""Keys that set a PIN or password once: a new card, a helper's code, the link of a letter."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update

from app.accounts import audit, operations, queries, throttle
from app.accounts.cards import key_hash
from app.accounts.models import Card, Credential, Person, ResetKey
from app.accounts.secrets import draw_secret, hash_secret, matches
from app.accounts.signed_in import Someone
from app.db import reading_first, take_turns
from app.extensions import db
from app.lib import clock
from app.lib.ids import guessable_pin, verification_code

# both sit side by side, or the letter was just sent
LASTS = timedelta(minutes=30)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class NewKey:
    """A reset key as it is shown or sent once: `code` for typing (not in letters)."""

    secret: str
    code: str | None


@dataclass(frozen=True)
class Found:
    """What a typed code led to: whether it may set a PIN now, or minutes to wait."""

    sets_pin: bool
    wait_minutes: int = 0


class GuessableSecret(ValueError):
    """Whoever knows the person would try this PIN first; the text says why."""


class HoldsRole(Exception):
    """Somebody who holds a role is let in by an administrator, not by a helper."""


def reset_pin(person: Person, by: Someone, op_id: str) -> NewKey | None:
    """A helper lets a person, face to face, set a new PIN within 30 minutes.

    The helper never learns the PIN, and the old one holds until the new one is set. None: this
    `op_id` was done before, and keys are told only once. Raises HoldsRole, having changed
    nothing, and OperationConflict. Whether `by` may do this for them is the caller's to know.
    """
    if queries.holders_of_roles([person.id]):
        raise HoldsRole
    if operations.begin(op_id, by.id, "reset_pin", person.id):
        return None
    take_turns(f"secret of {person.id}")
    unused = (ResetKey.person_id == person.id, ResetKey.used_at.is_(None))
    db.session.execute(delete(ResetKey).where(ResetKey.kind == "pin", *unused))
    audit.record(by.id, "reset_pin", f"person {person.id}")
    return new_key(person.id, "pin", by.id, code=verification_code())


def new_key(
    person_id: int | None, kind: str, by_id: int | None = None, code: str | None = None
) -> NewKey:
    """A key that lets this person set a PIN or password once; nobody's key opens nothing."""
    secret, now = draw_secret(), clock.now()
    db.session.execute(delete(ResetKey).where(ResetKey.issued_at < now - KEPT))
    db.session.add(
        ResetKey(
            person_id=person_id,
            kind=kind,
            secret_hash=key_hash(secret),
            code_hash=key_hash(code) if code else None,
            issued_by=by_id,
            issued_at=now,
            expires_at=now + LASTS,
        )
    )
    return NewKey(secret, code)


def find(key: str, account_key: str, address_key: str) -> Found:
    """What to ask of somebody who typed this code; unknown ones are counted like wrong PINs."""
    wait = throttle.minutes_to_wait(account_key, address_key)
    if wait:
        return Found(False, wait)
    hashed = key_hash(key)
    if not queries.card_in_force(hashed) and not queries.open_reset(hashed):
        throttle.note_failure(account_key, address_key)
    return Found(sets_pin(key))


def sets_pin(key: str) -> bool:
    """Whether this key lets its person set a PIN now."""
    return _owner(key_hash(key), "pin") is not None


def sets(secret: str) -> str | None:
    """What a letter's link lets one set, "pin" or "password"; None: it is of no use any more."""
    with reading_first():
        key = queries.open_reset(key_hash(secret))
        return key.kind if key and key.person_id else None


def set_pin(op_id: str, key: str, pin: str, account_key: str, address_key: str) -> Person | None:
    """The owner of a key sets the PIN, once per key; returns them, or None for a wrong key.

    Their other open sessions end. The same form sent twice sets it once. Wrong keys are counted
    like wrong PINs. Raises GuessableSecret, having changed nothing, and OperationConflict.
    """
    with reading_first():
        wait = throttle.minutes_to_wait(account_key, address_key)
    if wait:
        return None
    person = _set(op_id, key, "pin", pin, replace_pin)
    if person is None:
        throttle.note_failure(account_key, address_key)
    return person


def set_password(op_id: str, secret: str, password: str) -> Person | None:
    """The owner of a letter's link sets the password; as `set_pin`."""
    return _set(op_id, secret, "password", password, replace_password)


def _set(
    op_id: str, key: str, kind: str, secret: str, replace: Callable[[Person, str], None]
) -> Person | None:
    # slow on purpose, so it is done before the turn to write is taken
    secret_hash, hashed = hash_secret(secret), key_hash(key)
    take_turns(f"key {hashed}")
    owner = _owner(hashed, kind)
    if owner and kind == "pin":
        refuse_guessable(secret, owner[0])
    done = operations.begin(op_id, None, f"set_{kind}", hashed)
    if done:
        return _who_set(int(done.outcome or 0), kind, secret)
    if owner is None:
        operations.release(op_id)
        return None
    person, row = owner
    row.used_at = clock.now()
    replace(person, secret_hash)
    audit.record(person.id, f"set_{kind}", f"person {person.id}")
    operations.conclude(op_id, str(person.id))
    return person


def replace_pin(person: Person, pin_hash: str) -> None:
    """The person's PIN is another from now on, under every phone; open sessions end."""
    _replace(person, "pin", pin_hash)
    if not queries.secrets_of(person.id, "pin"):
        # nobody types this as a phone: without one the card is the way in
        login = person.phone or f"person {person.id}"
        db.session.add(
            Credential(person_id=person.id, kind="pin", login=login, secret_hash=pin_hash)
        )


def replace_password(person: Person, password_hash: str) -> None:
    """The person's password is another from now on; open sessions end."""
    _replace(person, "password", password_hash)


def refuse_guessable(pin: str, person: Person) -> None:
    """Raise GuessableSecret for a PIN that others would try first for this person."""
    if problem := guessable_pin(pin, person.birth_date, person.phone):
        raise GuessableSecret(problem)


def end_sessions(person: Person) -> None:
    """Every session of this person that is open anywhere ends."""
    person.session_stamp = secrets.token_hex(8)
    # whoever came in under a record that was merged since
    merged = update(Person).where(Person.merged_into == person.id)
    db.session.execute(merged.values(session_stamp=secrets.token_hex(8)))


def _replace(person: Person, kind: str, secret_hash: str) -> None:
    take_turns(f"secret of {person.id}")
    end_sessions(person)
    mine = (Credential.person_id == person.id, Credential.kind == kind)
    db.session.execute(update(Credential).where(*mine).values(secret_hash=secret_hash))


def _owner(hashed: str, kind: str) -> tuple[Person, Card | ResetKey] | None:
    """Whose PIN or password this key sets now, and the key's row."""
    key = queries.open_reset(hashed)
    row = key if key and key.kind == kind else _first_use(hashed) if kind == "pin" else None
    if row is None or row.person_id is None:
        return None
    by_letter = isinstance(row, ResetKey) and row.issued_by is None
    person_id = queries.survivor_id(row.person_id)
    if not by_letter and queries.holders_of_roles([person_id]):
        return None
    return db.session.get_one(Person, person_id), row


def _first_use(hashed: str) -> Card | None:
    card = queries.card_in_force(hashed)
    if card is None or card.used_at or not card.first_use_until:
        return None
    late = card.first_use_until <= clock.now()
    # who found another way in meanwhile has a PIN, which this card must not replace
    return None if late or queries.secrets_of(card.person_id, "pin") else card


def _who_set(person_id: int, kind: str, secret: str) -> Person | None:
    """Who set this with the same form: a form left in a shared phone opens nothing alone."""
    known = queries.secrets_of(person_id, kind)
    if any(matches(secret, one.secret_hash) for one in known):
        return queries.people([person_id])[0]
    return None


def use_code(code: str, account_key: str, address_key: str) -> Person | None:
    """Use up the code that a helper gave face to face as a proof of who somebody is.

    None for a wrong one, which is counted like a wrong PIN.
    """
    if throttle.minutes_to_wait(account_key, address_key):
        return None
    hashed = key_hash(code)
    take_turns(f"key {hashed}")
    key, owner = queries.open_reset(hashed), _owner(hashed, "pin")
    if key is None or owner is None or key.issued_by is None:
        throttle.note_failure(account_key, address_key)
        return None
    key.used_at = clock.now()
    return owner[0]
