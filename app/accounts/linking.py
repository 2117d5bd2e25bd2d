"""Somebody comes by another's sign-in: linked to a person after proof, or registered."""

from datetime import date

from app.accounts import audit, keys, operations, queries
from app.accounts.actions import PEOPLE, add_person
from app.accounts.consents import give_consent
from app.accounts.identity import OutsideIdentity, identities_of, person_known_as
from app.accounts.models import Person
from app.accounts.outside import Arrival
from app.db import insert_once, take_turns
from app.extensions import db
from app.lib import clock

WAYS = ("pin", "password")


class AnothersNumber(Exception):
    """The personal number is another person's than the one who proved themselves."""


class KnownNumber(Exception):
    """Somebody here has this personal number: first they prove that it is them."""


class OnlyWayIn(Exception):
    """Without this sign-in the person could not come in any more."""


def known_by_number(arrival: Arrival) -> Person | None:
    """Who has this personal number here, or None."""
    number = arrival.stored_number
    return queries.by_number(number.number_hash) if number else None


def link(person: Person, arrival: Arrival, how: str) -> None:
    """From now on this person signs in by that identity; `how`: by what they proved themselves.

    Raises AnothersNumber, having changed nothing.
    """
    take_turns(f"outside {arrival.subject}")
    take_turns(PEOPLE, shared=True)
    number, owner = arrival.stored_number, known_by_number(arrival)
    owner_id = queries.survivor_id(owner.id) if owner else person.id
    if number and (owner_id != person.id or person.number_hash not in (None, number.number_hash)):
        raise AnothersNumber
    if number and owner is None:
        for name, value in number._asdict().items():
            setattr(person, name, value)
    if _note(person, arrival):
        audit.record(person.id, "link_outside", f"person {person.id}", how)


def _note(person: Person, arrival: Arrival) -> bool:
    key = {"issuer": arrival.issuer, "subject": arrival.subject}
    return insert_once(OutsideIdentity, person_id=person.id, **key, linked_at=clock.now())


def link_by_code(code: str, arrival: Arrival, account_key: str, address_key: str) -> Person | None:
    """As `link`, for whoever brings a code that a helper gave face to face; None: wrong code."""
    person = keys.use_code(code, account_key, address_key)
    if person:
        link(person, arrival, "người hỗ trợ xác nhận")
    return person


def register(
    arrival: Arrival,
    op_id: str,
    *,
    full_name: str,
    birth: tuple[date, str],
    group: str,
    guardian_name: str | None,
) -> Person:
    """Whoever is not known here begins, with the same consent as everybody; returns the person.

    Once per `op_id`. Raises KnownNumber, having changed nothing, and OperationConflict.
    """
    take_turns(f"outside {arrival.subject}")
    take_turns(PEOPLE, shared=True)
    known = person_known_as(arrival.issuer, arrival.subject)
    if known:
        return known
    if known_by_number(arrival):
        raise KnownNumber
    operations.begin(op_id, None, "register_outside", [full_name, birth[0].isoformat(), group])
    number = arrival.stored_number
    person = add_person(
        full_name,
        birth_date=birth[0],
        birth_precision=birth[1],
        group=group,
        **(number._asdict() if number else {}),
    )
    give_consent(person, "learning", "oidc", guardian_name)
    _note(person, arrival)
    audit.record(person.id, "link_outside", f"person {person.id}", "đăng ký mới")
    return person


def unlink(person_id: int, identity_id: int, op_id: str) -> bool:
    """This identity opens nothing any more; False when the person has no such identity.

    Raises OnlyWayIn, having changed nothing, and OperationConflict.
    """
    mine = next((one for one in identities_of(person_id) if one.id == identity_id), None)
    if mine is None:
        return False
    others = any(queries.who_has(way, [person_id]) for way in WAYS)
    if not others and len(identities_of(person_id)) == 1:
        raise OnlyWayIn
    if operations.begin(op_id, person_id, "unlink_outside", identity_id) is None:
        db.session.delete(mine)
        audit.record(person_id, "unlink_outside", f"person {person_id}")
    return True
