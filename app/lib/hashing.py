"""Fingerprints: keyed and plain SHA-256, and one written form of data for hash chains."""

import hashlib
import hmac
import json
import unicodedata
from typing import Any


def keyed(secret: str, text: str) -> str:
    """HMAC-SHA256 of the text under the secret, as 64 hexadecimal digits.

    Raises ValueError when the secret is empty.
    """
    if not secret:
        raise ValueError("the secret of a keyed hash is empty")
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def digest(text: str) -> str:
    """SHA-256 of the text as UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_json(data: object) -> str:
    """The one way to write this data: keys sorted, no spaces, text in NFC, 4.0 as 4.

    Takes None, bool, int, float, str, list, tuple and dict with string keys. Raises TypeError
    for other types and ValueError for NaN, infinity and keys that are equal in NFC.
    """
    return json.dumps(
        _canonical(data),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def _canonical(data: object) -> Any:
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, list | tuple):
        return [_canonical(item) for item in data]
    if isinstance(data, dict):
        return _canonical_dict(data)
    # A database may give 4 back for 4.0; the chain must not break for that.
    return int(data) if isinstance(data, float) and data.is_integer() else data


def _canonical_dict(data: dict[Any, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, value in data.items():
        if not isinstance(key, str):
            raise TypeError(f"canonical JSON takes text keys only, not {key!r}")
        name = unicodedata.normalize("NFC", key)
        if name in written:
            raise ValueError(f"two keys are the same text in NFC: {name!r}")
        written[name] = _canonical(value)
    return written
