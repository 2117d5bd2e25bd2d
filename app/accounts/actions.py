"""What people do to accounts: register, sign in, grant and end roles."""

import secrets
from datetime import date, datetime

from sqlalchemy import select

from app.accounts import audit, operations, queries
from app.accounts.consents import give_consent
from app.accounts.models import Credential, Grant, Person, Role
from app.accounts.secrets import hash_secret, matches
from app.db import take_turns
from app.extensions import db
from app.lib import clock
from app.lib.dates import local_time
from app.lib.vietnamese import fold, nfc, sort_key

# whoever finds out whether a human being is known already takes turns (app.db.take_turns)
PEOPLE = "people"


class AlreadyRegistered(Exception):
    """Somebody of this name, phone and birth date has a PIN; nothing was changed."""


def add_person(
    full_name: str,
    *,
    birth_date: date | None = None,
    birth_precision: str = "day",
    phone: str | None = None,
    group: str | None = None,
    number_hash: str | None = None,
    number_tail: str | None = None,
    number_sealed: str | None = None,
) -> Person:
    """A new person without sign-in; name tidy, phone normalised by the caller. Flushes."""
    person = Person(
        birth_date=birth_date,
        birth_precision=birth_precision,
        phone=phone,
        group=group,
        number_hash=number_hash,
        number_tail=number_tail,
        number_sealed=number_sealed,
        session_stamp=secrets.token_hex(8),
        created_at=clock.now(),
    )
    rename(person, full_name)
    db.session.add(person)
    db.session.flush()
    return person


def rename(person: Person, full_name: str) -> None:
    """Give a person another name; papers issued before keep the old one."""
    person.full_name = nfc(full_name)
    # letters of other scripts have longer keys than the columns take
    person.name_fold = fold(full_name)[:160]
    person.name_sort = sort_key(full_name)[:400]


def register(
    op_id: str,
    *,
    full_name: str,
    phone: str,
    pin: str,
    birth: tuple[date, str],
    group: str,
    guardian_name: str | None = None,
) -> Person:
    """A learner registers with name, phone and PIN; returns the person.

    Somebody whom an office listed already (same name, phone and birth date, no sign-in yet)
    gets that record, so that one human being stays one person. `birth` is (date, precision).
    The same form sent twice registers once; raises OperationConflict for other content, and
    AlreadyRegistered when this human being comes with a new form.
    """
    # slow on purpose, so it is done before the turn to write is taken
    pin_hash = hash_secret(pin)
    take_turns(PEOPLE, shared=True)
    take_turns(f"person at {phone}")
    if not operations.is_known(op_id) and queries.is_registered(fold(full_name), phone, birth[0]):
        raise AlreadyRegistered
    # the PIN is left out: a hash of it beside known facts could be guessed back
    content = [full_name, phone, birth[0].isoformat(), group]
    replay = operations.begin(op_id, None, "register", content)
    if replay:
        return _registered_with(int(replay.outcome), phone, pin)
    person = queries.unclaimed(fold(full_name), phone, birth[0])
    if person is None:
        person = add_person(
            full_name, birth_date=birth[0], birth_precision=birth[1], phone=phone, group=group
        )
    else:
        audit.record(person.id, "claim", f"person {person.id}", "tự đăng ký, khớp danh sách")
        person.group = group
    add_hashed(person, "pin", phone, pin_hash)
    give_consent(person, "learning", "web", guardian_name)
    operations.conclude(op_id, str(person.id))
    return person


def _registered_with(person_id: int, phone: str, pin: str) -> Person:
    """Who registered with the same form: a form left in a shared phone opens nothing alone."""
    for known in queries.credentials("pin", phone):
        if known.person_id == person_id and matches(pin, known.secret_hash):
            return queries.people([person_id])[0]
    raise AlreadyRegistered


def add_credential(person: Person, kind: str, login: str, secret: str) -> None:
    """Let a person sign in with a phone and PIN (`pin`) or an e-mail and `password`."""
    add_hashed(person, kind, login, hash_secret(secret))


def add_hashed(person: Person, kind: str, login: str, secret_hash: str) -> None:
    """As `add_credential`, with the secret hashed before (secrets.hash_secret): it is slow."""
    db.session.add(Credential(person_id=person.id, kind=kind, login=login, secret_hash=secret_hash))


def grant_role(
    actor_id: int | None,
    person: Person,
    role: Role,
    unit_id: int | None,
    *,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    handed_from: int | None = None,
    reason: str = "",
) -> Grant:
    """Give a role for a unit and all below it (None: the whole province).

    `begins_at` None: now; `ends_at` None: until it is ended. `handed_from`: the grant that is
    handed on for a while, for a `reason`.
    """
    grant = Grant(
        person_id=person.id,
        role=role,
        unit_id=unit_id,
        granted_by=actor_id,
        granted_at=clock.now(),
        begins_at=begins_at,
        ended_at=ends_at,
        handed_from=handed_from,
        reason=reason,
    )
    db.session.add(grant)
    db.session.flush()
    where = f"{role} · đơn vị {unit_id or 'tất cả'}"
    verb = "hand_role_on" if handed_from else "grant"
    audit.record(actor_id, verb, f"grant {grant.id}", f"{where}{_dates(begins_at, ends_at)}")
    return grant


def _dates(begins_at: datetime | None, ends_at: datetime | None) -> str:
    words = (("từ", begins_at), ("đến trước", ends_at))
    return "".join(f" · {word} {local_time(at):%d/%m/%Y}" for word, at in words if at)


def end_grant(actor_id: int, grant: Grant) -> None:
    """End a grant now, and what was handed on of it; what has ended stays as it is."""
    now = clock.now()
    handed_on = select(Grant).where(Grant.handed_from == grant.id).order_by(Grant.id)
    for one in (grant, *db.session.scalars(handed_on)):
        if one.is_open:
            one.ended_at, one.ended_by = now, actor_id
            audit.record(actor_id, "end_grant", f"grant {one.id}", str(one.role))
