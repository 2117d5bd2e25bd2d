"""For whom this browser acts: the person signed in, or the learner beside a helper."""

from flask import session

from app.accounts import second_step
from app.accounts.field_session import learner_beside
from app.accounts.queries import session_person
from app.accounts.signed_in import SignedIn
from app.lib import clock

KEY = "field_session"
# each page that changes the session renews its cookie; after a day one signs in all the same
SINCE, LONGEST = "since", 24 * 3600


def note_beginning() -> None:
    """Somebody signs in now."""
    session[SINCE] = int(clock.now().timestamp())


def person_of_session(session_id: str) -> SignedIn | None:
    """The person of a session id; in a helper's session the learner.

    An ordinary session asks no more than who it is.
    """
    if clock.now().timestamp() >= session.get(SINCE, clock.now().timestamp()) + LONGEST:
        return None
    person = second_step.admitted(session_person(session_id))
    if person is None or KEY not in session:
        return person
    return learner_beside(person, session[KEY]) or person


def begin(session_id: int) -> None:
    """From the next page on this browser acts for the learner of this session."""
    session[KEY] = session_id
    shut_old_pages()


def end() -> None:
    """From the next page on the helper is on their own again."""
    session.pop(KEY, None)
    shut_old_pages()


def is_left_behind(person: SignedIn) -> bool:
    """Whether this browser still means a session that has ended elsewhere or lasted too long."""
    return KEY in session and person.helper is None


def shut_old_pages() -> None:
    """A form still open from before must not act for somebody else: its token is void."""
    session.pop("csrf_token", None)
