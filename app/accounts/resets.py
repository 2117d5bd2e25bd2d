"""Forgotten by those who have an e-mail address: a letter with a link, once and for 30 minutes."""

from dataclasses import dataclass

from app.accounts import queries, throttle
from app.accounts.keys import new_key
from app.accounts.models import Person
from app.db import take_turns


@dataclass(frozen=True)
class Asked:
    """What became of asking for a letter: to whom it goes, what its link sets and the secret of
    it, or how many minutes to wait. Under an unknown address nobody gets the secret."""

    person: Person | None
    kind: str = ""
    secret: str = ""
    wait_minutes: int = 0


def ask(email: str, kind: str, account_key: str, address_key: str) -> Asked:
    """Somebody forgot the PIN or the password (`kind`) and has this e-mail address.

    Who never had a PIN is not given one by letter, but another password. Every asking counts
    like a wrong try, so that nobody's letter box is filled.
    """
    take_turns(f"letter {account_key}")
    wait = throttle.minutes_to_wait(account_key, address_key)
    if wait:
        return Asked(None, wait_minutes=wait)
    throttle.note_failure(account_key, address_key)
    owners = [known.person_id for known in queries.credentials("password", email)]
    # asked under an unknown address too: both ways cost the same
    people, with_pin = queries.people(owners), queries.who_has("pin", owners)
    kind = kind if with_pin else "password"
    secret = new_key(people[0].id if people else None, kind).secret
    return Asked(people[0] if people else None, kind, secret)
