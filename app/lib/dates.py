"""Dates as Vietnamese people and papers write them, and the local calendar day."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

from app.lib.messages import message

Precision = Literal["day", "year"]

# Việt Nam has kept UTC+7 without summer time since 1975, so no zone file is needed.
LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SERIAL_EPOCH = date(1899, 12, 30)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-\s]\d{1,2}[/.\-\s]\d{2}")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?$")


class DateProblem(ValueError):
    """The value is not a date; the message says in Vietnamese what to mend."""


def parse_vietnamese_date(value: str | date | datetime | float) -> tuple[date, Precision]:
    """Read a date and how exact it is; a year alone gives 1 January and "year".

    Text: "05/3/1961", "5-3-1961", "05.03.1961", "1961-03-05", "ngày 05 tháng 3 năm 1961",
    "1961". Numbers: a year from 1900 to 2100, else a day count of Excel. Raises DateProblem
    for anything else, for a year of two digits and for years outside 1900–2100.
    """
    if isinstance(value, datetime):
        return _day(local_date(value) if value.tzinfo else value.date())
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, str):
        return _from_text(" ".join(value.split()).lower())
    return _from_number(value)


def local_time(moment: datetime) -> datetime:
    """The moment on Vietnamese clocks. A moment without a zone is UTC, as databases give it."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LOCAL)


def local_date(moment: datetime) -> date:
    """The calendar day in Việt Nam at that moment (UTC when it has no zone)."""
    return local_time(moment).date()


def day_begins(day: date) -> datetime:
    """The first moment of a day in Việt Nam."""
    return datetime.combine(day, time(), LOCAL)


def long_date(day: date) -> str:
    """As Decree 30 writes it: "ngày 05 tháng 02 năm 2026", "ngày 12 tháng 3 năm 2026"."""
    return f"ngày {day.day:02d} {long_month(day)}"


def long_month(day: date) -> str:
    """The month of a date in a sentence: "tháng 02 năm 2026" (months 1 and 2 in two digits)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"tháng {month} năm {day.year}"


def short_date(day: date, precision: Precision = "day") -> str:
    """For lists: "05/02/2026", or "1961" where only the year is known."""
    return str(day.year) if precision == "year" else f"{day.day:02d}/{day.month:02d}/{day.year}"


def _from_text(text: str) -> tuple[date, Precision]:
    text = _MIDNIGHT.sub("", text.lstrip("'’").upper()).lower()
    if re.fullmatch(r"[0-9]{4,5}", text):
        return _from_number(int(text))
    if match := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        return _day(_calendar_day(year, month, day, text))
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return _day(_calendar_day(year, month, day, text))
    raise DateProblem(_reason(text))


def _from_number(number: float) -> tuple[date, Precision]:
    if isinstance(number, bool) or not 1 <= number < 100_000:
        raise DateProblem(_reason(str(number)))
    if _FIRST_YEAR <= number <= _LAST_YEAR and number == int(number):
        return date(int(number), 1, 1), "year"
    if number < 10_000:
        raise DateProblem(_reason(f"{number:g}"))
    return _day(_SERIAL_EPOCH + timedelta(days=int(number)))


def _calendar_day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if day <= 12 < month <= 31:
            raise DateProblem(
                message("“%(typed)s”: hãy ghi ngày trước, tháng sau, như 25/03/1961.", typed=text)
            ) from None
        raise DateProblem(
            message("“%(typed)s”: không có ngày này trong lịch.", typed=text)
        ) from None


def _day(day: date) -> tuple[date, Precision]:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise DateProblem(
            message("Năm %(year)s không đúng. Hãy xem lại ngày tháng năm.", year=day.year)
        )
    return day, "day"


def _reason(text: str) -> str:
    if not text:
        return message("Chưa có ngày tháng.")
    if _SHORT_YEAR.fullmatch(text):
        return message("“%(typed)s”: hãy ghi năm đủ bốn chữ số, như 05/03/1961.", typed=text)
    return message(
        "“%(typed)s” không phải ngày tháng. Hãy ghi như 05/03/1961, hoặc chỉ năm 1961.",
        typed=text[:30],
    )
