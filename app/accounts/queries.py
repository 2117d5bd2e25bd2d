"""Reads about people and their sign-in; each list has a full order."""

from datetime import date

from sqlalchemy import bindparam, exists, select

from app.accounts.models import AuditLine, Credential, Grant, Person, Role
from app.accounts.signed_in import Held, SignedIn
from app.extensions import db

# put together once: it runs with every page of a signed-in person
_SIGNED_IN = (
    select(
        Person.id,
        Person.full_name,
        Person.group,
        Person.session_stamp,
        Grant.role,
        Grant.unit_id,
        Grant.ended_at,
    )
    .outerjoin(Grant, Grant.person_id == Person.id)
    .where(Person.id == bindparam("person_id"))
    .order_by(Grant.id)
)


def session_person(session_id: str) -> SignedIn | None:
    """The person of a session id "<id>.<stamp>"; None when it is stale."""
    person_id, _, stamp = session_id.partition(".")
    person = signed_in(int(person_id)) if person_id.isdigit() else None
    return person if person and person.session_stamp == stamp else None


def signed_in(person_id: int) -> SignedIn | None:
    """One person and the roles ever given, in one query."""
    rows = db.session.execute(_SIGNED_IN, {"person_id": person_id}).all()
    if not rows:
        return None
    held = tuple(Held(Role(row.role), row.unit_id, row.ended_at) for row in rows if row.role)
    first = rows[0]
    return SignedIn(first.id, first.full_name, first.group, first.session_stamp, held)


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
    found = db.session.scalars(
        select(Person)
        .where(
            Person.phone == phone,
            Person.name_fold == name_fold,
            Person.birth_date == birth_date,
            ~exists().where(Credential.person_id == Person.id),
            ~exists().where(Grant.person_id == Person.id, Grant.ended_at.is_(None)),
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
        Credential.person_id == Person.id,
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
