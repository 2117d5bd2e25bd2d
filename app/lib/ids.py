"""Numbers and codes that people and machines pass around: operations, checks, PINs."""

import re
import secrets
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid4

from app.lib.messages import message

PIN_LENGTH = 6
CODE_LENGTH = 10
# larger numbers are in no column of ours, and SQLite fails on what has more than 64 bits
LARGEST_ID = 2_147_483_647

# No 0 O 1 I L U: nothing that is misread on paper or misheard on the telephone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
# A prime above the size of the alphabet: every slip of one character and every swap of two
# changes the weighted sum.
_MODULUS = 31
_UUID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def row_id(text: str | None) -> int:
    """The number of a row as an address or a form names it; 0, which is nobody's, for the rest."""
    if not text or len(text) > len(str(LARGEST_ID)) or not (text.isascii() and text.isdigit()):
        return 0
    number = int(text)
    return number if number <= LARGEST_ID else 0


def operation_id() -> str:
    """A new operation id: 32 hexadecimal digits, one per act of a person."""
    return uuid4().hex


def read_operation_id(text: str) -> str:
    """An operation id made by a client (a UUID, with or without hyphens) as 32 digits.

    Raises ValueError, in Vietnamese, for anything else.
    """
    if not _UUID.fullmatch(text):
        raise ValueError(message("Mã thao tác không hợp lệ. Hãy mở lại trang rồi làm lại."))
    return UUID(text).hex


def verification_code() -> str:
    """A new code for the public check: ten characters, the last of them a check character.

    Cryptographically random, about 44 bits.
    """
    while True:
        body = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH - 1))
        # One body in 31 has no check character in the alphabet; it is drawn again.
        if code := _with_check_character(body):
            return code


def normalise_code(text: str) -> str:
    """A code as typed by a person (small letters, spaces, hyphens, dots) in its one form."""
    return re.sub(r"[\s.\-–]", "", text).upper()


def is_code(text: str) -> bool:
    """Whether a normalised code can be one of ours; no slip of one character or swap passes."""
    if len(text) != CODE_LENGTH or any(c not in CODE_ALPHABET for c in text):
        return False
    return _weighted_sum(text) == 0


def _with_check_character(body: str) -> str | None:
    check = -_weighted_sum(body) * pow(CODE_LENGTH, -1, _MODULUS) % _MODULUS
    return body + CODE_ALPHABET[check] if check < len(CODE_ALPHABET) else None


def _weighted_sum(text: str) -> int:
    return sum(n * CODE_ALPHABET.index(c) for n, c in enumerate(text, start=1)) % _MODULUS


def weak_pin(pin: str) -> str | None:
    """Why this PIN may not be used, in Vietnamese; None when it may."""
    if not re.fullmatch(rf"[0-9]{{{PIN_LENGTH}}}", pin):
        return message("Mã PIN phải có đúng %(digits)s chữ số.", digits=PIN_LENGTH)
    if _repeats(pin):
        return message("Mã PIN lặp lại nên dễ đoán, như 111111 hoặc 121212. Hãy chọn số khác.")
    if _is_sequence(pin):
        return message("Mã PIN là dãy số liền nhau nên dễ đoán, như 123456. Hãy chọn số khác.")
    return None


def guessable_pin(pin: str, born: date | None, phone: str | None) -> str | None:
    """Why whoever knows the person would try this PIN first, in Vietnamese; None when not."""
    if born and pin in {born.strftime(form) for form in ("%d%m%y", "%y%m%d", "%m%Y")}:
        return message("Mã PIN là ngày sinh nên người quen dễ đoán. Hãy chọn số khác.")
    if phone and pin in phone:
        return message("Mã PIN nằm trong số điện thoại nên dễ đoán. Hãy chọn số khác.")
    return None


def _repeats(pin: str) -> bool:
    halves_or_thirds = any(pin == pin[:n] * (PIN_LENGTH // n) for n in (1, 2, 3))
    pairs = all(pin[i] == pin[i + 1] for i in range(0, PIN_LENGTH, 2))
    return halves_or_thirds or pairs or len(set(pin)) <= 2


def _is_sequence(pin: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return steps in ({1}, {9})
