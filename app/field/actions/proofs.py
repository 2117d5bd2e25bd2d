"""A learner shows that it is them: by their PIN, their card, or a PIN chosen for one test."""

from dataclasses import dataclass

from app.accounts import throttle
from app.accounts.cards import key_hash
from app.accounts.entry import prove
from app.accounts.queries import card_in_force
from app.accounts.secrets import matches
from app.field.models import HandOver


@dataclass(frozen=True)
class Tried:
    """What somebody typed as their proof; wrong ones are counted under these two keys."""

    way: str
    secret: str
    account_key: str
    address_key: str


@dataclass(frozen=True)
class Proof:
    """Whether it was right; `wait_minutes`: nothing is heard before."""

    right: bool
    wait_minutes: int = 0


def proof_of(person_id: int, tried: Tried, handed: HandOver | None = None) -> Proof:
    """Whether the learner showed that it is them. `handed`: with the PIN chosen for this test."""
    if tried.way == "pin":
        outcome = prove(person_id, tried.secret, tried.account_key, tried.address_key)
        return Proof(bool(outcome.people), outcome.wait_minutes)
    wait = throttle.minutes_to_wait(tried.account_key, tried.address_key)
    if wait:
        return Proof(False, wait)
    if not _fits(person_id, tried, handed):
        throttle.note_failure(tried.account_key, tried.address_key)
        return Proof(False)
    throttle.forget(tried.account_key, tried.address_key)
    return Proof(True)


def _fits(person_id: int, tried: Tried, handed: HandOver | None) -> bool:
    if tried.way == "card":
        card = card_in_force(key_hash(tried.secret))
        return card is not None and card.person_id == person_id
    return handed is not None and matches(tried.secret, handed.pin_hash)
