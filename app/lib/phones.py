"""Vietnamese mobile numbers: every spelling people use becomes ten digits."""

import re
from dataclasses import dataclass

from app.lib.messages import message

_MOBILE = re.compile(r"0[35789]\d{8}")
_SEPARATORS = re.compile(r"[\s.\-–()/'’\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# Eleven-digit numbers were renumbered in 2018; old lists still hold them.
_PREFIXES_BEFORE_2018 = {
    **{f"016{digit}": f"03{digit}" for digit in "23456789"},
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}


class PhoneProblem(ValueError):
    """The text is not a mobile number; the message says in Vietnamese what to mend."""


@dataclass(frozen=True)
class Phone:
    """A mobile number: ten digits from 0, and whether it had to be repaired to read so."""

    number: str
    repaired: bool


def parse(text: str) -> Phone:
    """Read "+84 905…", "84905…", "0905.123.456" or "905123456" (a lost zero, repaired).

    An eleven-digit number from before 2018 is repaired to its number of today.
    Raises PhoneProblem.
    """
    digits = _local_digits(_bare_digits(text))
    if _MOBILE.fullmatch(digits):
        return Phone(digits, repaired=False)
    repaired = _PREFIXES_BEFORE_2018.get(digits[:4], "") + digits[4:]
    if len(digits) == 9:
        repaired = "0" + digits
    if _MOBILE.fullmatch(repaired):
        return Phone(repaired, repaired=True)
    raise PhoneProblem(_reason(digits))


def normalise(text: str) -> str:
    """The number as ten digits, repaired where it can be. Raises PhoneProblem."""
    return parse(text).number


def masked(number: str) -> str:
    """A ten-digit number with its middle hidden: "0905123456" gives "09•• ••• 456"."""
    return f"{number[:2]}•• ••• {number[-3:]}"


def _bare_digits(text: str) -> str:
    bare = _SEPARATORS.sub("", text)
    if not bare:
        raise PhoneProblem(message("Chưa có số điện thoại."))
    if not re.fullmatch(r"\+?[0-9]+", bare):
        raise PhoneProblem(
            message(
                "Số điện thoại “%(typed)s” có chữ hoặc dấu lạ. Chỉ ghi chữ số.",
                typed=text.strip()[:30],
            )
        )
    return bare


def _local_digits(bare: str) -> str:
    with_country = bare.startswith(("+84", "0084")) or (bare.startswith("84") and len(bare) > 10)
    if not with_country:
        # A plus sign with another country's code must not be read as a number of ours.
        return bare
    return "0" + bare.removeprefix("+").removeprefix("00").removeprefix("84").removeprefix("0")


def _reason(digits: str) -> str:
    if digits.startswith("+"):
        return message(
            "Số %(digits)s là số nước ngoài. Hãy ghi số di động Việt Nam, bắt đầu bằng 0.",
            digits=digits,
        )
    if digits.startswith("02"):
        return message(
            "Số %(digits)s là số máy bàn. Hãy ghi số di động (03, 05, 07, 08, 09).", digits=digits
        )
    if len(digits) != 10:
        return message(
            "Số điện thoại %(digits)s có %(count)s chữ số; số di động có 10 chữ số.",
            digits=digits,
            count=len(digits),
        )
    return message(
        "Số %(digits)s không phải số di động. Số di động bắt đầu bằng 03, 05, 07, 08, 09.",
        digits=digits,
    )
