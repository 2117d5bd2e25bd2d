"""Numbers as people write them: 1.000 and 1,5 as in Vietnam, 1,000 and 1.5 as on phones."""

import re
from collections.abc import Iterator
from decimal import Decimal

from app.lib.vietnamese import fold

_LONGEST = 40
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/-|\+-)\s*")
_NUMBER = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)\s*(%|[a-z]*)(?:\s+[a-z ]*)?\Z")
_SPACES_IN_NUMBER = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_THOUSANDS_DOT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?\Z")
_THOUSANDS_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?\Z")
_PLAIN = re.compile(r"\d*(?:[.,]\d+)?\Z")
_WORDS = {
    "k": 10**3,
    "nghin": 10**3,
    "ngan": 10**3,
    "tr": 10**6,
    "trieu": 10**6,
    "ti": 10**9,
    "ty": 10**9,
}


def split_tolerance(text: str) -> tuple[str, str] | None:
    """("10", "0.5") of "10 ± 0.5"; None when there is no ±."""
    parts = _PLUS_MINUS.split(text.strip(), maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 else None


def written_number(text: str) -> Decimal | None:
    """The number an author wrote; a reading as in Vietnam goes before another. None if none."""
    return next(iter(readings(text)), None)


def readings(text: str) -> list[Decimal]:
    """All numbers that a learner may have meant by this text, likeliest first.

    "1.000" may be a thousand or one; a unit behind the number is left aside, but "2 triệu" may
    be 2 or 2,000,000. Words, and more than 40 characters, are no number.
    """
    if len(text) > _LONGEST:
        return []
    folded = fold(_PLUS_MINUS.split(text)[0]).replace("−", "-")
    match = _NUMBER.match(_SPACES_IN_NUMBER.sub("", folded))
    if not match:
        return []
    sign = -1 if match[1] == "-" else 1
    found = [sign * value for value in _digits(match[2].rstrip(".,"))]
    scale = _WORDS.get(match[3])
    return found + [value * scale for value in found] if scale else found


def _digits(text: str) -> Iterator[Decimal]:
    if _THOUSANDS_DOT.match(text):
        yield Decimal(text.replace(".", "").replace(",", "."))
    if _PLAIN.match(text):
        yield Decimal(text.replace(",", "."))
    if _THOUSANDS_COMMA.match(text):
        yield Decimal(text.replace(",", ""))
