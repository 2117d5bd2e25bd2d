"""Whether this session has shown the second factor; until then it holds no role.

So a page that only roles may see is shut to a stolen password, and its owner can still learn.
"""

from flask import current_app, session

from app.accounts.queries import holders_of_roles
from app.accounts.signed_in import SignedIn
from app.config import Settings

KEY = "second"


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.extensions["settings"]
    return found


def is_needed(person_id: int) -> bool:
    """Whether this person, signing in now, is asked for a second factor."""
    return settings().second_factor_required and bool(holders_of_roles([person_id]))


def is_done() -> bool:
    """Whether this session has shown it."""
    return KEY in session


def note_done() -> None:
    """This session has shown the second factor; what was drawn before it is void."""
    session[KEY] = True
    session.pop("csrf_token", None)


def admitted(person: SignedIn | None) -> SignedIn | None:
    """The person of this session, whose roles sleep until the second factor was shown."""
    if person is None or not person.grants or KEY in session:
        return person
    return person.asleep if settings().second_factor_required else person
