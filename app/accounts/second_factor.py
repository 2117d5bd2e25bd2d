"""The second factor of staff: codes of an authenticator app, and recovery codes on paper.

The app's secret is not stored: it is made of a random text in the database and the server's key,
so that neither alone gives codes.
"""

import base64
import hmac
import secrets
from typing import Any, cast

import pyotp
from sqlalchemy import CursorResult, delete, func, select, update

from app.accounts import audit, operations, throttle
from app.accounts.factors import Passkey, RecoveryCode, SecondFactor
from app.accounts.models import Person
from app.accounts.secrets import fingerprint
from app.accounts.signed_in import Someone
from app.db import insert_once, take_turns
from app.extensions import db
from app.lib import clock
from app.lib.ids import normalise_code, verification_code

RECOVERY_CODES = 10
DIGITS, SECONDS = 6, 30
# a telephone's clock may be half a minute off, either way
DRIFT = (0, -1, 1)


def new_nonce() -> str:
    """What a new secret is made of, to be kept until the person has proved the first code."""
    return secrets.token_hex(16)


def secret_of(person_id: int, nonce: str) -> str:
    """The secret as an authenticator app takes it: 32 letters and digits (160 bits)."""
    made = bytes.fromhex(fingerprint("totp", f"{person_id} {nonce}"))
    return base64.b32encode(made[:20]).decode()


def address_for_app(person: Someone, nonce: str, site: str) -> str:
    """What the QR code of the enrolment holds (otpauth://…)."""
    totp = pyotp.TOTP(secret_of(person.id, nonce), digits=DIGITS, interval=SECONDS)
    return totp.provisioning_uri(name=person.full_name, issuer_name=site)


def is_enrolled(person_id: int) -> bool:
    """Whether this person has an authenticator app."""
    return db.session.get(SecondFactor, person_id) is not None


def is_protected(person_id: int) -> bool:
    """Whether this person has a second factor of any kind: the app or a passkey."""
    key = select(Passkey.id).where(Passkey.person_id == person_id).limit(1)
    return is_enrolled(person_id) or db.session.scalar(key) is not None


def codes_left(person_id: int) -> int:
    """How many recovery codes have not been used."""
    mine = (RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*mine)) or 0


def enrol(person: Someone, nonce: str, code: str, op_id: str) -> list[str] | None:
    """Take up the second factor when the code proves the app; returns the recovery codes, once.

    None for a wrong code, and when this person has a second factor already. Raises
    OperationConflict.
    """
    step = _step_of(person.id, nonce, code)
    if step is None or operations.begin(op_id, person.id, "enrol_second_factor", nonce):
        return None
    facts = {"nonce": nonce, "last_step": step, "confirmed_at": clock.now()}
    if not insert_once(SecondFactor, person_id=person.id, **facts):
        return None
    audit.record(person.id, "enrol_second_factor", f"person {person.id}")
    return _new_codes(person.id)


def renew_codes(person_id: int) -> list[str]:
    """Ten new recovery codes, told once; those from before are void. Leaves an audit line."""
    audit.record(person_id, "renew_codes", f"person {person_id}")
    return _new_codes(person_id)


def _new_codes(person_id: int) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [verification_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        db.session.add(RecoveryCode(person_id=person_id, code_hash=_code_hash(person_id, code)))
    return codes


def check(person_id: int, code: str, account_key: str, address_key: str) -> int | None:
    """Use up a code of the app or a recovery code: None when it fits, else minutes to wait.

    0 minutes: wrong, try again now. Wrong codes are counted like wrong passwords.
    """
    take_turns(f"second factor of {person_id}")
    wait = throttle.minutes_to_wait(account_key, address_key)
    if wait:
        return wait
    if _fits_app(person_id, code) or _fits_paper(person_id, code):
        throttle.forget(account_key, address_key)
        return None
    throttle.note_failure(account_key, address_key)
    return throttle.minutes_to_wait(account_key, address_key)


def reset(by_id: int | None, person: Person) -> None:
    """Somebody lost telephone and paper: they enrol anew; every open session of theirs ends.

    `by_id` is None for the command line.
    """
    person.session_stamp = secrets.token_hex(8)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    db.session.execute(delete(Passkey).where(Passkey.person_id == person.id))
    audit.record(by_id, "reset_second_factor", f"person {person.id}")


def _fits_app(person_id: int, code: str) -> bool:
    known = db.session.get(SecondFactor, person_id, populate_existing=True)
    step = _step_of(person_id, known.nonce, code) if known else None
    if known is None or step is None or step <= known.last_step:
        return False
    # a code that somebody looked at over the shoulder does not work again
    known.last_step = step
    return True


def _fits_paper(person_id: int, code: str) -> bool:
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == _code_hash(person_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    return cast("CursorResult[Any]", used).rowcount == 1


def _code_hash(person_id: int, code: str) -> str:
    return fingerprint("recovery", f"{person_id} {normalise_code(code)}")


def _step_of(person_id: int, nonce: str, code: str) -> int | None:
    """The half-minute whose code this is, or None."""
    typed = normalise_code(code)
    totp = pyotp.TOTP(secret_of(person_id, nonce), digits=DIGITS, interval=SECONDS)
    now = int(clock.now().timestamp()) // SECONDS
    near = [now + drift for drift in DRIFT]
    return next((n for n in near if _same(totp.generate_otp(n), typed)), None)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
