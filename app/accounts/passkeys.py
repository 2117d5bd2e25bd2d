"""Passkeys as the second factor of staff: a key in a telephone, a computer or on a stick.

The browser shows that the key is there by signing what we drew, for this site alone, after its
owner was recognised by it (finger, face, code). A passkey stands beside the authenticator app.
"""

import base64
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from app.accounts import audit, operations, throttle
from app.accounts.factors import Passkey
from app.accounts.profiles import profile
from app.accounts.second_step import settings
from app.accounts.signed_in import Someone
from app.db import insert_once, take_turns
from app.extensions import db
from app.lib import clock

MOST = 10
LONGEST_NAME = 60


class TooMany(Exception):
    """So many passkeys are enough; nothing was changed."""


def is_possible() -> bool:
    """Browsers give passkeys to sites with a name and HTTPS, or to this machine."""
    address = urlsplit(settings().base_url)
    host = address.hostname or ""
    named = not host.replace(".", "").isdigit() and ":" not in host
    return named and (address.scheme == "https" or host == "localhost")


def passkeys_of(person_id: int) -> list[Passkey]:
    """A person's passkeys, oldest first."""
    mine = select(Passkey).where(Passkey.person_id == person_id)
    return list(db.session.scalars(mine.order_by(Passkey.id)))


def new_challenge() -> str:
    """What the key is to sign: 256 random bits, as text for the session."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def options_to_make(person: Someone, challenge: str) -> str:
    """What the browser is asked for when a passkey is made, as JSON."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=settings().site_name,
        # the word by which devices know a person: it says nothing to others
        user_id=profile(person.id).encode(),
        user_name=person.full_name,
        challenge=_bytes(challenge),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.DISCOURAGED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(person.id),
    )
    return webauthn.options_to_json(options)


def options_to_show(person_id: int, challenge: str) -> str:
    """What the browser is asked for when a passkey is shown, as JSON."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        challenge=_bytes(challenge),
        allow_credentials=_described(person_id),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def make(person: Someone, name: str, challenge: str, answer: str, op_id: str) -> bool:
    """Keep the passkey that the browser made; False when the answer proves nothing.

    Once per `op_id`. Raises TooMany and OperationConflict.
    """
    import webauthn
    from webauthn.helpers import bytes_to_base64url

    made = _verified(
        webauthn.verify_registration_response, answer, challenge, supported_pub_key_algs=None
    )
    if made is None:
        return False
    take_turns(f"second factor of {person.id}")
    if len(passkeys_of(person.id)) >= MOST:
        raise TooMany
    key = bytes_to_base64url(made.credential_id)
    if operations.begin(op_id, person.id, "make_passkey", key):
        return True
    facts = {"public_key": made.credential_public_key, "sign_count": made.sign_count}
    words = " ".join(name.split())[:LONGEST_NAME]
    new = {"person_id": person.id, "name": words, "made_at": clock.now(), **facts}
    if insert_once(Passkey, credential_id=key, **new):
        audit.record(person.id, "make_passkey", f"person {person.id}")
    return True


def check(
    person_id: int, challenge: str, answer: str, account_key: str, address_key: str
) -> int | None:
    """Whether a passkey of this person signed the challenge: None, else minutes to wait.

    0 minutes: wrong, try again now. Wrong answers are counted like wrong codes.
    """
    take_turns(f"second factor of {person_id}")
    wait = throttle.minutes_to_wait(account_key, address_key)
    if wait:
        return wait
    if _signed(person_id, challenge, answer):
        throttle.forget(account_key, address_key)
        return None
    throttle.note_failure(account_key, address_key)
    return throttle.minutes_to_wait(account_key, address_key)


def _signed(person_id: int, challenge: str, answer: str) -> bool:
    import webauthn

    key = next((one for one in passkeys_of(person_id) if one.credential_id == _named(answer)), None)
    if key is None or not challenge:
        return False
    shown = _verified(
        webauthn.verify_authentication_response,
        answer,
        challenge,
        credential_public_key=key.public_key,
        # a count that does not grow means a copy of the key
        credential_current_sign_count=key.sign_count,
    )
    if shown is None:
        return False
    key.sign_count, key.used_at = shown.new_sign_count, clock.now()
    return True


def remove(person: Someone, passkey_id: int, op_id: str) -> bool:
    """This passkey opens nothing any more; False when the person has no such one.

    Raises OperationConflict.
    """
    mine = next((one for one in passkeys_of(person.id) if one.id == passkey_id), None)
    if mine is None:
        return False
    if operations.begin(op_id, person.id, "remove_passkey", passkey_id) is None:
        db.session.delete(mine)
        audit.record(person.id, "remove_passkey", f"person {person.id}")
    return True


def _verified(verify: Any, answer: str, challenge: str, **facts: Any) -> Any:
    from webauthn.helpers.exceptions import WebAuthnException

    known = {name: value for name, value in facts.items() if value is not None}
    try:
        return verify(
            credential=answer,
            expected_challenge=_bytes(challenge),
            expected_rp_id=_host(),
            expected_origin=settings().base_url.rstrip("/"),
            require_user_verification=True,
            **known,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None


def _named(answer: str) -> str:
    try:
        return str(json.loads(answer)["id"])
    except (ValueError, KeyError, TypeError):
        return ""


def _described(person_id: int) -> list[Any]:
    from webauthn.helpers import base64url_to_bytes, structs

    return [
        structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id))
        for one in passkeys_of(person_id)
    ]


def _bytes(challenge: str) -> bytes:
    return base64.urlsafe_b64decode(challenge)


def _host() -> str:
    return urlsplit(settings().base_url).hostname or ""
