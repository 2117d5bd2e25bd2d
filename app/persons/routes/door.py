"""The blueprint, and what its pages share."""

from flask import Blueprint, url_for

from app.ui.i18n import gettext as _

blueprint = Blueprint("persons", "app.persons", template_folder="templates")


def twin_tabs(current: str) -> list[tuple[str, str, bool]]:
    """(label, address, is current) of the pages about doubled records."""
    tabs = (
        (_("Hồ sơ có thể trùng"), "persons.twins"),
        (_("Đã hợp nhất"), "persons.merges"),
        (_("Chờ xác nhận đơn vị"), "units.waiting"),
    )
    return [(text, url_for(endpoint), endpoint == current) for text, endpoint in tabs]
