"""Whom the work on a device belongs to."""

from app.accounts.field_session import FieldSession
from app.accounts.models import Person
from app.accounts.signed_in import Helper, SignedIn, Someone
from app.extensions import db


def receiver(person_id: int) -> Person | None:
    """The person to whom work done in this person's name goes; None when there is none.

    Of two records that were merged it is the one that stands: everything that comes in late
    asks this function, and nothing else, who that is today.
    """
    person = db.session.get(Person, person_id)
    if person is None or person.merged_into is None:
        return person
    return db.session.get(Person, person.merged_into)


def beside_helper(person: Person, session_id: int | None) -> Someone:
    """The person as a learner in a helper's session, ended or not; alone when it was not theirs."""
    session = db.session.get(FieldSession, session_id) if session_id else None
    learner = receiver(session.learner_id) if session else None
    if session is None or learner is None or learner.id != person.id:
        return person
    name = db.session.get_one(Person, session.helper_id).full_name
    helper = Helper(session.helper_id, name, session.id, person.full_name, alone=False)
    return SignedIn(person.id, person.full_name, person.group, person.session_stamp, (), helper)
