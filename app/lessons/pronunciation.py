"""How words that are not Vietnamese are written for a voice that knows only Vietnamese."""

import re

# whole words, capitals as written
WORDS = {
    "AI": "ây ai",
    "App Store": "áp xì to",
    "CCCD": "căn cước công dân",
    "CH Play": "xê hát pờ lây",
    "Facebook": "phây búc",
    "Gmail": "gi meo",
    "Google": "gu gồ",
    "Google Play": "gu gồ pờ lây",
    "Internet": "in tơ nét",
    "Messenger": "mét xen dơ",
    "OCOP": "ô cốp",
    "OTP": "ô tê pê",
    "PIN": "pin",
    "QR": "quy rờ",
    "SIM": "xim",
    "SMS": "ét em ét",
    "Shopee": "sóp pi",
    "TikTok": "tích tóc",
    "Viber": "vai bơ",
    "VNeID": "vi en e ai đi",
    "VssID": "vi ét ét ai đi",
    "Wi-Fi": "oai phai",
    "WiFi": "oai phai",
    "Wifi": "oai phai",
    "YouTube": "diu túp",
    "Zalo": "da lô",
    "app": "áp",
    "email": "i meo",
    "iPhone": "ai phôn",
    "video": "vi đê ô",
    "wifi": "oai phai",
}
_LONGEST_FIRST = "|".join(sorted(WORDS, key=len, reverse=True))
_WORD = re.compile(rf"(?<!\w)(?:{_LONGEST_FIRST})(?!\w)")
_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})/(\d{4})(?!\d)")
_RANGE = re.compile(r"(?<![\d-])(\d{1,4})\s?[-–]\s?(\d{1,4})(?![\d-])")
# telephone numbers are said digit by digit: 113, 1022, 0905 123 456
_NUMBERS = r"11[1-9]|1022|1[89]00(?:[ .]?\d){4,6}|0\d(?:[ .]?\d){7,9}"
_TELEPHONE = re.compile(rf"(?<![\d.,/])(?:{_NUMBERS})(?![.,]?\d)")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def as_said(text: str) -> str:
    """The text as a Vietnamese voice should read it."""
    text = _WORD.sub(lambda found: WORDS[found[0]], text)
    text = _DATE.sub(lambda d: f"{int(d[1])} tháng {int(d[2])} năm {d[3]}", text)
    text = _MONTH.sub(lambda d: f"{int(d[1])} năm {d[2]}", text)
    text = _TELEPHONE.sub(lambda number: _spelled(number[0]), text)
    return _RANGE.sub(r"\1 đến \2", text)


def _spelled(number: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in number if digit.isdigit())
