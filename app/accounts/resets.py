"""Forgotten by those who have an e-mail address: a letter with a link, once and for 30 minutes."""

from dataclasses import dataclass

from app.accounts import addresses, queries, throttle
from app.accounts.keys import new_key
from app.accounts.models import Person
from app.db import take_turns

# a family that shares an address
MOST = 6


@dataclass(frozen=True)
class Key:
    """A letter to be written: to whom, what its link sets ("pin" or "password"), its secret."""

    person: Person
    kind: str
    secret: str


@dataclass(frozen=True)
class Asked:
    """What became of asking for a letter: one for each who has this address, or how many
    minutes to wait."""

    letters: tuple[Key, ...] = ()
    wait_minutes: int = 0


def ask(email: str, kind: str, account_key: str, address_key: str) -> Asked:
    """Somebody forgot the PIN or the password (`kind`) and has this e-mail address.

    Who never had a PIN is not given one by letter, but another password. A family may share an
    address: each gets a letter with their name. Every asking counts like a wrong try, so that
    nobody's letter box is filled.
    """
    take_turns(f"letter {account_key}")
    wait = throttle.minutes_to_wait(account_key, address_key)
    if wait:
        return Asked(wait_minutes=wait)
    throttle.note_failure(account_key, address_key)
    owners = [known.person_id for known in queries.credentials("password", email)]
    # asked under an unknown address too: all ways cost the same
    known, with_pin = addresses.owners(email), queries.who_has("pin", owners)
    people = queries.people(owners + (known if kind == "pin" else []))
    if not people:
        new_key(None, kind)
    has_pin = with_pin | set(known)
    kinds = [(one, kind if one.id in has_pin else "password") for one in people[:MOST]]
    return Asked(tuple(Key(one, which, new_key(one.id, which).secret) for one, which in kinds))
