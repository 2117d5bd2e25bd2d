"""The blueprint, and what its pages share."""

from flask import Blueprint, g, url_for
from flask_login import current_user

from app.accounts.models import Role
from app.ui.i18n import gettext as _
from app.units.queries import EVERYWHERE, scope

blueprint = Blueprint("units", "app.units", template_folder="templates")


def paths() -> tuple[str, ...]:
    """The subtrees that this person administers; read once per request."""
    known: tuple[str, ...] | None = g.get("units_scope")
    if known is None:
        known = g.units_scope = scope(current_user, Role.ADMIN)
    return known


def for_the_whole() -> bool:
    """Whether this person administers the whole province: only they decide about units."""
    return EVERYWHERE in paths()


def tabs(current: str) -> list[tuple[str, str, bool]]:
    """(label, address, is current) of the pages about the tree."""
    found = [(_("Cây đơn vị"), "units.tree")] if paths() else []
    if for_the_whole():
        found += [(_("Nhập tệp"), "units.take_file"), (_("Các lần thay đổi"), "units.operations")]
    found.append((_("Chờ xác nhận"), "units.waiting"))
    return [(text, url_for(endpoint), endpoint == current) for text, endpoint in found]
