"""The blueprint, and what its pages share."""

from dataclasses import dataclass

from flask import Blueprint, abort, url_for
from flask_login import current_user

from app.accounts.models import Role
from app.persons.deadlines import calendar
from app.persons.models import DataRequest, Wish
from app.ui.i18n import gettext as _
from app.units.queries import today

blueprint = Blueprint("persons", "app.persons", template_folder="templates")


def twin_tabs(current: str) -> list[tuple[str, str, bool]]:
    """(label, address, is current) of the pages about doubled records."""
    tabs = (
        (_("Hồ sơ có thể trùng"), "persons.twins"),
        (_("Đã hợp nhất"), "persons.merges"),
        (_("Chờ xác nhận đơn vị"), "units.waiting"),
    )
    return [(text, url_for(endpoint), endpoint == current) for text, endpoint in tabs]


def keeper_tabs(current: str) -> list[tuple[str, str, bool]]:
    """(label, address, is current) of the pages of whoever answers for personal data."""
    tabs = [(_("Yêu cầu về dữ liệu"), "persons.requests")]
    if Role.ADMIN in current_user.province_roles:
        tabs += [
            (_("Sự cố dữ liệu"), "persons.incidents"),
            (_("Sổ xử lý dữ liệu"), "persons.processing"),
        ]
    return [(text, url_for(endpoint), endpoint == current) for text, endpoint in tabs]


def wished(wish: str) -> Wish:
    """What is asked for in an address; 404 for what nobody can ask."""
    try:
        return Wish(wish)
    except ValueError:
        abort(404)


@dataclass(frozen=True)
class Reckoned:
    """A request and the working days left until something must be done; None when it is over."""

    request: DataRequest
    left: int | None
    overdue: bool


def reckoned(request: DataRequest) -> Reckoned:
    """How many working days are left."""
    until, now = request.next_by, today()
    # also on the Sunday after a Friday, when no working day has gone by yet
    late = until is not None and now > until
    return Reckoned(request, calendar().left(now, until) if until else None, late)


def unknown_years() -> list[int]:
    """The years of running deadlines whose holidays were not entered yet."""
    now = today()
    # the longest deadline is twenty working days
    return calendar().unknown(now, calendar().after(now, 20))
