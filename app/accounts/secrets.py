"""PINs and passwords as Argon2id hashes (OWASP: t=2, 19 MiB, one lane)."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# verified when the login is unknown, so that both answers take the same time
_nobody = _hasher.hash("không có ai")


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
