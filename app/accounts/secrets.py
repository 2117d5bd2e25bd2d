"""PINs and passwords as Argon2id hashes (OWASP: t=2, 19 MiB, one lane), random keys as keyed ones.

What a machine drew needs no slow hash. Its fingerprint is keyed all the same, because codes that
people type are short: who has the database alone cannot try them out.
"""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from app.lib.hashing import keyed

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# verified when the login is unknown, so that both answers take the same time
_nobody = _hasher.hash("không có ai")
_key = ""


def hash_secret(secret: str) -> str:
    """The Argon2id hash of a PIN or password."""
    return _hasher.hash(secret)


def matches(secret: str, secret_hash: str | None) -> bool:
    """Whether `secret` made this hash; None (an unknown login) costs the same time."""
    try:
        _hasher.verify(secret_hash or _nobody, secret)
    except VerificationError:
        return False
    return secret_hash is not None


def use_key(key: str) -> None:
    """Key all fingerprints of this process; another key makes every card and reset key void."""
    global _key
    _key = key


def fingerprint(purpose: str, text: str) -> str:
    """The keyed hash of a text under which a key is stored and found, for one purpose only."""
    return keyed(_key, f"{purpose} {text}")


def draw_secret() -> str:
    """128 random bits as 22 characters that stand in an address as they are."""
    return secrets.token_urlsafe(16)
