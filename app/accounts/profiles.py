"""What devices call a person, and a helper's session: opaque words, nobody's id.

A device keeps what is done without a network under these words, so a page tells them too.
"""

from functools import lru_cache

from flask import current_app

from app.accounts.signed_in import Someone, helped_in
from app.lib.hashing import keyed

LENGTH = 24
# in one word of a cookie or a form: the profile, and the session if there is one
_BETWEEN = "_"


@lru_cache(maxsize=4096)
def profile_of(person_id: int, key: str) -> str:
    """The opaque name of a person on devices; `key` is the installation's secret."""
    return keyed(key, f"device profile {person_id}")[:LENGTH]


def company(session_id: int | None) -> str:
    """The opaque name of a helper's session on devices of this installation; "" for none."""
    key = str(current_app.secret_key)
    return keyed(key, f"device company {session_id}")[:LENGTH] if session_id else ""


def profile(person_id: int) -> str:
    """The opaque name of a person on the devices of this installation."""
    return profile_of(person_id, str(current_app.secret_key))


def reader(person: Someone) -> str:
    """Who reads a page, and beside which helper, as one word for the device."""
    words = (profile(person.id), company(helped_in(person)))
    return _BETWEEN.join(filter(None, words))
