"""Personal identification numbers (số định danh): twelve digits and what they tell."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.lib.messages import message

Sex = Literal["male", "female"]

_LENGTH = 12
_SEPARATORS = re.compile(r"[\s.\-–'’\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SEX_WORDS: dict[Sex, str] = {"male": message("nam"), "female": message("nữ")}


class PersonalNumberProblem(ValueError):
    """The text is not a personal number; the message says in Vietnamese what to mend."""


@dataclass(frozen=True)
class PersonalNumber:
    """Twelve digits, whether zeros lost by a spreadsheet were put back, and what they say.

    `province_code` is the three-digit place of birth registration as it was then.
    """

    number: str
    repaired: bool
    birth_year: int
    sex: Sex
    province_code: str


def parse(text: str) -> PersonalNumber:
    """Read a personal number; eleven digits (or ten) get their leading zeros back.

    Raises PersonalNumberProblem, with its own message for an old nine-digit identity card.
    """
    digits = _bare_digits(text)
    number = _with_lost_zeros(digits)
    century_and_sex = int(number[3])
    if number.startswith("000") or century_and_sex > 3:
        raise PersonalNumberProblem(
            message(
                "Số định danh %(number)s không đúng cấu tạo (chữ số thứ tư phải từ 0 đến 3). "
                "Hãy xem lại trên thẻ căn cước.",
                number=number,
            )
        )
    return PersonalNumber(
        number=number,
        repaired=number != digits,
        birth_year=1900 + 100 * (century_and_sex // 2) + int(number[4:6]),
        sex="female" if century_and_sex % 2 else "male",
        province_code=number[:3],
    )


def mismatches(number: str, birth_date: date | None, sex: Sex | None = None) -> list[str]:
    """Warnings, in Vietnamese, where the number disagrees with birth year or sex; often none.

    They warn and never block: papers with mistakes exist. Raises PersonalNumberProblem when
    the number itself cannot be read.
    """
    told = parse(number)
    warnings: list[str] = []
    if birth_date is not None and birth_date.year != told.birth_year:
        warnings.append(
            message(
                "Theo số định danh thì sinh năm %(told)s, danh sách ghi %(listed)s.",
                told=told.birth_year,
                listed=birth_date.year,
            )
        )
    if sex is not None and sex != told.sex:
        warnings.append(
            message(
                "Theo số định danh thì giới tính là %(told)s, danh sách ghi %(listed)s.",
                told=_SEX_WORDS[told.sex],
                listed=_SEX_WORDS[sex],
            )
        )
    return warnings


def masked(number: str) -> str:
    """The number with all but its last three digits hidden: "••• ••• ••• 234"."""
    return f"••• ••• ••• {number[-3:]}"


def _bare_digits(text: str) -> str:
    bare = _SEPARATORS.sub("", text)
    if not bare:
        raise PersonalNumberProblem(message("Chưa có số định danh cá nhân."))
    if not re.fullmatch(r"[0-9]+", bare):
        raise PersonalNumberProblem(
            message(
                "Số định danh “%(typed)s” có chữ hoặc dấu lạ. Chỉ ghi 12 chữ số.",
                typed=text.strip()[:30],
            )
        )
    return bare


def _with_lost_zeros(digits: str) -> str:
    if len(digits) == 9:
        raise PersonalNumberProblem(
            message(
                "%(digits)s là số chứng minh nhân dân cũ (9 số). Hãy ghi số định danh 12 chữ số "
                "trên thẻ căn cước.",
                digits=digits,
            )
        )
    # Spreadsheets drop leading zeros; what begins with a zero has lost none.
    lost_zeros = len(digits) in (10, 11) and not digits.startswith("0")
    if len(digits) != _LENGTH and not lost_zeros:
        raise PersonalNumberProblem(
            message(
                "Số định danh %(digits)s có %(count)s chữ số; phải có đủ 12 chữ số.",
                digits=digits[:20],
                count=len(digits),
            )
        )
    return digits.zfill(_LENGTH)
