"""Numbers, dates and percentages as readers write them; a day is written alike for all."""

from datetime import date, datetime

from flask import Flask

from app.lib.dates import local_time, short_date


def vn_number(value: int | float) -> str:
    """1234567.5 as "1.234.567,5"."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(value: float | None) -> str:
    """A share 0…1 as "12,3 %"; None as "–"."""
    return "–" if value is None else f"{value * 100:.1f}".replace(".", ",") + " %"


def foreign_number(value: int | float) -> str:
    """1234567.5 as "1,234,567.5"."""
    return vn_number(value).translate(str.maketrans(",.", ".,"))


def foreign_percent(value: float | None) -> str:
    """A share 0…1 as "12.3%"; None as "–"."""
    return "–" if value is None else f"{value * 100:.1f}%"


def vn_date(value: date | datetime | None, precision: str = "day") -> str:
    """A day as 05/02/2026, a year alone as 1961, a moment in local time as 14:05 05/02/2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = local_time(value)
        return f"{moment:%H:%M} {short_date(moment.date())}"
    return short_date(value, "year" if precision == "year" else "day")


# in place of the filters of these names where the page is not in Vietnamese
FOREIGN = {"vn_number": foreign_number, "percent": foreign_percent}


def init_app(app: Flask) -> None:
    """Make the filters known to templates."""
    app.jinja_env.filters.update(vn_number=vn_number, percent=percent, vn_date=vn_date)
