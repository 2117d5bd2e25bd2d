"""Reads about people and their sign-in; each list has a full order."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from app.accounts.models import (
    AuditLine,
    Card,
    Credential,
    DeviceProfile,
    Grant,
    LetterAddress,
    Person,
    ResetKey,
    Role,
)
from app.accounts.signed_in import Held, SignedIn
from app.db import Prepared, columns
from app.extensions import db
from app.lib import clock

# put together once, of columns and not of classes, which cost twice as much to execute: it runs
# with every page of a signed-in person
_person, _grant = columns(Person), columns(Grant)
_SIGNED_IN = Prepared(
    select(
        _person.id,
        _person.full_name,
        _person.group,
        _person.session_stamp,
        _person.merged_into,
        _grant.role,
        _grant.unit_id,
        _grant.ended_at,
        _grant.begins_at,
    )
    .select_from(Person.__table__.outerjoin(Grant.__table__, _grant.person_id == _person.id))
    .where(_person.id == bindparam("person_id"))
    .order_by(_grant.id)
)


def session_person(session_id: str) -> SignedIn | None:
    """The person of a session id "<id>.<stamp>"; None when it is stale."""
    person_id, _, stamp = session_id.partition(".")
    rows = _SIGNED_IN.execute(person_id=int(person_id)).all() if person_id.isdigit() else []
    if not rows or rows[0].session_stamp != stamp:
        return None
    merged_into = rows[0].merged_into
    return _told(rows) if merged_into is None else signed_in(merged_into)


def signed_in(person_id: int) -> SignedIn | None:
    """One person and the roles ever given, in one query."""
    rows = _SIGNED_IN.execute(person_id=person_id).all()
    return _told(rows) if rows else None


def _told(rows: Sequence[Any]) -> SignedIn:
    held = tuple(
        Held(Role(row.role), row.unit_id, row.ended_at, row.begins_at) for row in rows if row.role
    )
    first = rows[0]
    return SignedIn(first.id, first.full_name, first.group, first.session_stamp, held)


def survivor() -> ColumnElement[int]:
    """Of a row of `Person`: the record that stands for this human being today."""
    return func.coalesce(Person.merged_into, Person.id)


def survivor_id(person_id: int) -> int:
    """The record that stands for this human being today; mostly the same."""
    found = db.session.scalar(select(survivor()).where(Person.id == person_id))
    return person_id if found is None else found


def records(person_id: int) -> Select[tuple[int]]:
    """The ids of all records of one human being, for `in_`: their own and those merged into it."""
    return select(Person.id).where(or_(Person.id == person_id, Person.merged_into == person_id))


def merged_into(person_id: int) -> list[int]:
    """The records that were merged into this person's; mostly none."""
    merged = select(Person.id).where(Person.merged_into == person_id)
    return list(db.session.scalars(merged.order_by(Person.id)))


def is_record_of(record_id: int | None, person_id: int) -> bool:
    """Whether a record is this person's own, or was merged into it."""
    return record_id == person_id or (record_id is not None and survivor_id(record_id) == person_id)


def credentials(kind: str, login: str) -> list[Credential]:
    """The credentials under a login, oldest first; several where a family shares a phone."""
    return list(
        db.session.scalars(
            select(Credential)
            .where(Credential.kind == kind, Credential.login == login)
            .order_by(Credential.id)
            .limit(12)
        )
    )


def secrets_of(person_id: int, kind: str) -> list[Credential]:
    """The credentials of one kind by which a person signs in, oldest first.

    A card or a device may still name a record that was merged since: its person is meant.
    """
    owner = select(survivor()).where(Person.id == person_id).scalar_subquery()
    return list(
        db.session.scalars(
            select(Credential)
            .where(Credential.person_id == owner, Credential.kind == kind)
            .order_by(Credential.id)
        )
    )


def who_has(kind: str, person_ids: Iterable[int]) -> set[int]:
    """Those of these people who sign in by this kind of credential."""
    found = select(Credential.person_id).where(
        Credential.kind == kind, Credential.person_id.in_(person_ids)
    )
    return set(db.session.scalars(found.distinct()))


def held_now() -> ColumnElement[bool]:
    """A condition: this grant holds at this moment."""
    begun = or_(Grant.begins_at.is_(None), Grant.begins_at <= clock.now())
    return and_(begun, not_ended())


def not_ended() -> ColumnElement[bool]:
    """A condition: this grant holds now or will."""
    return or_(Grant.ended_at.is_(None), Grant.ended_at > clock.now())


def letter_address(person_id: int) -> LetterAddress | None:
    """The address that a person named for letters, confirmed or not, or None."""
    return db.session.get(LetterAddress, person_id)


def confirmed_by(email: str) -> list[int]:
    """Ids of those who confirmed that they read letters at this address."""
    found = select(LetterAddress.person_id).where(
        LetterAddress.email == email, LetterAddress.confirmed_at.is_not(None)
    )
    return list(db.session.scalars(found.order_by(LetterAddress.person_id)))


def who_reads_letters() -> CompoundSelect[tuple[int]]:
    """Ids, for `in_`, of everybody with an address: their own choice, or a sign-in by e-mail."""
    chosen = select(LetterAddress.person_id).where(LetterAddress.confirmed_at.is_not(None))
    signs_in = select(Credential.person_id).where(
        Credential.kind == "password", Credential.login.contains("@")
    )
    return chosen.union(signs_in)


def reads_letters_at(person_id: int) -> str | None:
    """Where letters to this person go: the address they chose, else the one of their sign-in."""
    chosen = letter_address(person_id)
    if chosen and chosen.confirmed_at:
        return chosen.email
    logins = (one.login for one in secrets_of(person_id, "password"))
    return next((login for login in logins if "@" in login), None)


def holders_of_roles(person_ids: Iterable[int]) -> set[int]:
    """Those of these people who hold a role now or will."""
    held = select(Grant.person_id).where(Grant.person_id.in_(person_ids), not_ended())
    return set(db.session.scalars(held.distinct()))


def card_in_force(key_hash: str) -> Card | None:
    """The card with this secret or code (its fingerprint), unless it was withdrawn."""
    return db.session.scalars(
        select(Card).where(
            or_(Card.secret_hash == key_hash, Card.code_hash == key_hash),
            Card.withdrawn_at.is_(None),
        )
    ).one_or_none()


def pins_of_card(key_hash: str) -> list[Credential]:
    """The PINs of whoever owns the card with this secret or code, unless it was withdrawn."""
    card = card_in_force(key_hash)
    return secrets_of(card.person_id, "pin") if card else []


def cards_of(person_ids: Iterable[int]) -> dict[int, Card]:
    """The cards in force of these people, by person."""
    found = select(Card).where(Card.person_id.in_(person_ids), Card.withdrawn_at.is_(None))
    return {card.person_id: card for card in db.session.scalars(found)}


def cards_that_open(person_ids: Iterable[int]) -> list[Card]:
    """Every card in force that leads to one of these people, those of merged records too."""
    found = (
        select(Card)
        .join(Person, Person.id == Card.person_id)
        .where(survivor().in_(person_ids), Card.withdrawn_at.is_(None))
        .order_by(Card.id)
    )
    return list(db.session.scalars(found))


def open_reset(key_hash: str) -> ResetKey | None:
    """The reset key with this secret or code (its fingerprint), while it may be used."""
    return db.session.scalars(
        select(ResetKey).where(
            or_(ResetKey.secret_hash == key_hash, ResetKey.code_hash == key_hash),
            ResetKey.used_at.is_(None),
            ResetKey.expires_at > clock.now(),
        )
    ).one_or_none()


def is_known_on(device_hash: str, person_ids: Iterable[int]) -> bool:
    """Whether one of these people is known on this device."""
    here = DeviceProfile.device_hash == device_hash
    known = exists().where(here, DeviceProfile.person_id.in_(person_ids))
    return bool(db.session.scalar(select(known)))


def people(person_ids: list[int]) -> list[Person]:
    """The people with these ids, by name."""
    return list(
        db.session.scalars(
            select(Person).where(Person.id.in_(person_ids)).order_by(Person.name_sort, Person.id)
        )
    )


def unclaimed(name_fold: str, phone: str, birth_date: date) -> Person | None:
    """The one person known by name, phone and birth date who has no sign-in yet, or None.

    Never one who was given a role: what colleagues know does not open a desk.
    """
    known = select(survivor()).where(
        Person.phone == phone, Person.name_fold == name_fold, Person.birth_date == birth_date
    )
    found = db.session.scalars(
        select(Person)
        .where(
            Person.id.in_(known),
            ~exists().where(Credential.person_id == Person.id),
            ~exists().where(Grant.person_id == Person.id, not_ended()),
        )
        .order_by(Person.id)
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def is_registered(name_fold: str, phone: str, birth_date: date) -> bool:
    """Whether somebody of this name, phone and birth date signs in with a PIN already."""
    known = exists().where(
        Person.phone == phone,
        Person.name_fold == name_fold,
        Person.birth_date == birth_date,
        Credential.person_id == survivor(),
        Credential.kind == "pin",
    )
    return bool(db.session.scalar(select(known)))


def by_number(number_hash: str) -> Person | None:
    """The person with this keyed hash of a personal number, or None."""
    return db.session.scalars(select(Person).where(Person.number_hash == number_hash)).one_or_none()


def audit_lines(verb: str | None, limit: int, offset: int) -> list[tuple[AuditLine, str | None]]:
    """Audit lines, newest first, each with the actor's name (None: the command line)."""
    query = (
        select(AuditLine, Person.full_name)
        .outerjoin(Person, Person.id == AuditLine.actor_id)
        .order_by(AuditLine.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if verb:
        query = query.where(AuditLine.verb == verb)
    return [(line, name) for line, name in db.session.execute(query)]
