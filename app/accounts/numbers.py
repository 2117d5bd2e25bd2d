"""Personal numbers at rest: a keyed hash to find by, the number itself sealed, three digits shown.

The seal (AES-256-GCM) is made with a key derived from the one that keys the hashes, and bound
to the hash: who has the database alone reads no number, and none can be put beside another
person unnoticed.
"""

import base64
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.accounts.models import Person
from app.lib.hashing import keyed

NONCE = 12
_hash_key = ""
_seal: AESGCM | None = None


class Number(NamedTuple):
    """A personal number as it is stored."""

    number_hash: str
    number_tail: str
    number_sealed: str


class CannotUnseal(Exception):
    """The number was sealed with another key, or does not belong to this record."""


def use_key(identity_key: str) -> None:
    """Hash and seal with keys made of this one, in this process."""
    global _hash_key, _seal
    derived = HKDF(SHA256(), 32, salt=None, info=b"personal number").derive(identity_key.encode())
    _hash_key, _seal = identity_key, AESGCM(derived)


def stored(number: str) -> Number:
    """How twelve digits are stored."""
    number_hash = keyed(_hash_key, number)
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher().encrypt(nonce, number.encode(), number_hash.encode())
    return Number(number_hash, number[-3:], base64.b64encode(nonce + sealed).decode())


def unsealed(person: Person) -> str | None:
    """The whole number, to be told to nobody but its owner; None where none is stored.

    Raises CannotUnseal.
    """
    if person.number_sealed is None or person.number_hash is None:
        return None
    sealed = base64.b64decode(person.number_sealed)
    try:
        number = _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], person.number_hash.encode())
    except InvalidTag as error:
        raise CannotUnseal from error
    return number.decode()


def _cipher() -> AESGCM:
    if _seal is None:
        raise RuntimeError("no key for personal numbers was given")
    return _seal
