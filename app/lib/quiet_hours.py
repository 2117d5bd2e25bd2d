"""Hours of the day in which nobody is written to, such as "20-7" for evening and night."""

import re
from datetime import datetime

from app.lib.dates import local_time

_HOURS = re.compile(r"([01]?\d|2[0-3])-([01]?\d|2[0-4])")


def read_quiet_hours(text: str) -> tuple[int, int]:
    """(first hour, hour at which it ends) of "20-7"; nothing typed is (0, 0), never quiet.

    Raises ValueError for anything else.
    """
    if not text.strip():
        return 0, 0
    match = _HOURS.fullmatch(text.strip())
    if not match:
        raise ValueError(f"“{text}”: hãy ghi hai giờ trong ngày, như 20-7")
    return int(match[1]), int(match[2])


def is_quiet(text: str, moment: datetime) -> bool:
    """Whether the moment lies in these hours on Vietnamese clocks."""
    begin, end = read_quiet_hours(text)
    hour = local_time(moment).hour
    return begin <= hour < end if begin <= end else hour >= begin or hour < end
