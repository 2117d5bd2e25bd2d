"""The blueprint, and what all pages of administrators share."""

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_login import current_user

from app.accounts.models import Role
from app.ui.i18n import lazy_gettext as _l
from app.units.queries import EVERYWHERE, scope

blueprint = Blueprint("ops", "app.ops", template_folder="templates")

TABS = (
    (_l("Tổng quan"), "ops.admin"),
    (_l("Giao quyền"), "ops.grants"),
    (_l("Cây đơn vị"), "units.tree"),
    (_l("Hồ sơ trùng"), "persons.twins"),
    (_l("Nhật ký"), "ops.audit"),
    (_l("Ai đã xem"), "ops.views"),
    (_l("Việc gửi muộn"), "sync.quarantine"),
)
FOR_THE_WHOLE = frozenset({"ops.audit", "ops.views", "sync.quarantine"})


def page_of_admin(name: str, **facts: object) -> str:
    """A page of this room with its tabs."""
    whole = EVERYWHERE in own_paths()
    tabs = [
        (text, url_for(endpoint), endpoint == request.endpoint)
        for text, endpoint in TABS
        if whole or endpoint not in FOR_THE_WHOLE
    ]
    return render_template(f"ops/{name}.html", tabs=tabs, whole=whole, **facts)


def own_paths() -> tuple[str, ...]:
    """The subtrees that this person administers; read once per request."""
    paths: tuple[str, ...] | None = g.get("admin_scope")
    if paths is None:
        paths = g.admin_scope = scope(current_user, Role.ADMIN)
    return paths


def only_for_the_whole() -> None:
    """404 for those who do not administer everything."""
    if EVERYWHERE not in own_paths():
        abort(404)
