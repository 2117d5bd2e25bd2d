"""Trying a PIN or password: at sign-in, on a shared device, with a card, when it is changed."""

from collections.abc import Callable
from dataclasses import dataclass

from app.accounts import audit, cards, devices, keys, queries, throttle
from app.accounts.models import Credential, Person
from app.accounts.secrets import hash_secret, matches
from app.db import reading_first, step_back, take_turns
from app.lib.hashing import digest

# one unknown login in sixteen, always the same ones
DECOY = "0"


@dataclass(frozen=True)
class SignIn:
    """The answer to a try: the people it fits (several in a family), or minutes to wait."""

    people: list[Person]
    wait_minutes: int = 0


def sign_in(
    kind: str,
    login: str,
    secret: str,
    account_key: str,
    address_key: str,
    device: str | None = None,
) -> SignIn:
    """Try a login; wrong tries are counted by account and address, both as keyed hashes.

    `device`: the cookie of the device, when it has one.
    """
    door = Door(
        lambda: queries.credentials(kind, login),
        account_key,
        address_key,
        device,
        shared=kind == "pin",
    )
    return _try(door, secret)


def sign_in_with_card(key: str, pin: str, account_key: str, address_key: str) -> SignIn:
    """Try the PIN of whoever owns the card with this secret or typed code."""
    hashed = cards.key_hash(key)
    # who holds the paper is not kept out by what others typed, here or at the same address
    own = account_key if cards.is_secret(key) else None
    door = Door(lambda: queries.pins_of_card(hashed), account_key, address_key, card=own)
    outcome = _try(door, pin)
    if outcome.people:
        cards.note_use(hashed)
    return outcome


def sign_in_again(
    profile_id: int, pin: str, account_key: str, address_key: str, device: str
) -> SignIn:
    """Try the PIN of somebody who is known on this device."""

    def pins() -> list[Credential]:
        known = devices.profile(device, profile_id)
        return queries.secrets_of(known.person_id, "pin") if known else []

    return _try(Door(pins, account_key, address_key, device), pin)


def prove(person_id: int, pin: str, account_key: str, address_key: str) -> SignIn:
    """Whether the PIN is this person's own, counted like a try to sign in; nobody is signed in."""
    return _try(Door(lambda: queries.secrets_of(person_id, "pin"), account_key, address_key), pin)


@dataclass(frozen=True)
class Door:
    """One way in: the credentials that open it, and under which keys wrong tries are counted.

    Who is known on the device, or holds a card, is counted apart from the rest of the world: so
    nobody can lock them out by trying wrong PINs elsewhere. `shared`: several people may stand
    behind it, as behind a family's phone.
    """

    credentials: Callable[[], list[Credential]]
    account_key: str
    address_key: str
    device: str | None = None
    card: str | None = None
    shared: bool = False

    def keys(self, found: list[Credential]) -> tuple[str, str]:
        """Account and address under which a try is counted, always in this order."""
        if self.card and found:
            return self.account_key, digest(f"card {self.card}")
        here = devices.device_hash(self.device) if self.device else ""
        if here and queries.is_known_on(here, [one.person_id for one in found]):
            return digest(f"{self.account_key} {here}"), here
        return self.account_key, self.address_key


def _try(door: Door, secret: str) -> SignIn:
    """Comparing is slow on purpose, so it is done before the turn to write is taken."""
    with reading_first():
        found = door.credentials()
        keys = door.keys(found)
        wait = throttle.minutes_to_wait(*keys)
        known = [one.secret_hash for one in found]
    if wait:
        return SignIn([], wait)
    right = {known_hash for known_hash in known if matches(secret, known_hash)}
    if not known:
        # a family's phone takes a comparison for each of them, so some unknown ones take two
        for _ in range(2 if door.shared and door.account_key.startswith(DECOY) else 1):
            matches(secret, None)
    # always in this order, so that two never wait for each other
    for key in keys:
        take_turns(f"sign-in {key}")
    # the secret may have been changed in the meantime
    fitting = [one.person_id for one in door.credentials() if one.secret_hash in right]
    return _answer(fitting, *keys)


def _answer(fitting: list[int], account_key: str, address_key: str) -> SignIn:
    """What a compared try leads to, unless others used up the tries in the meantime."""
    wait = throttle.minutes_to_wait(account_key, address_key)
    if wait:
        return SignIn([], wait)
    if not fitting:
        throttle.note_failure(account_key, address_key)
        return SignIn([], throttle.minutes_to_wait(account_key, address_key))
    throttle.forget(account_key, address_key)
    return SignIn(queries.people(fitting))


def change_pin(person_id: int, current: str, new: str, tries: tuple[str, str]) -> SignIn:
    """Whoever knows the old PIN sets another; every session ends, so the caller opens one.

    Raises keys.GuessableSecret, having changed nothing.
    """
    return _change(person_id, "pin", current, new, tries)


def change_password(person_id: int, current: str, new: str, tries: tuple[str, str]) -> SignIn:
    """As `change_pin`, for the password."""
    return _change(person_id, "password", current, new, tries)


def _change(person_id: int, kind: str, current: str, new: str, tries: tuple[str, str]) -> SignIn:
    # who is signed in was asked already: the slow comparing keeps nobody from writing
    step_back()
    new_hash = hash_secret(new)
    outcome = _try(Door(lambda: queries.secrets_of(person_id, kind), *tries), current)
    for person in outcome.people:
        if kind == "pin":
            keys.refuse_guessable(new, person)
        replace = keys.replace_pin if kind == "pin" else keys.replace_password
        replace(person, new_hash)
        audit.record(person_id, f"change_{kind}", f"person {person_id}")
    return outcome


def end_other_sessions(person: Person, device: str | None) -> None:
    """Sign out everywhere; other devices forget the name. The caller opens a session anew."""
    keys.end_sessions(person)
    devices.forget_everywhere(person.id, but=device)
    audit.record(person.id, "end_sessions", f"person {person.id}")
