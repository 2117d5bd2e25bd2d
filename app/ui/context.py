"""What every template may use: the site, the help line, a new operation id, the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from app.config import Settings
from app.lib.ids import operation_id
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said
from app.ui.safe_urls import local_path

TEAM = _l("Tổ công nghệ số cộng đồng")


@dataclass(frozen=True)
class Site:
    """The installation as pages name it."""

    name: str
    province: str
    hotline: str
    team: str


def init_app(app: Flask, settings: Settings) -> None:
    """Give templates `site`, `op_id()`, `this_address()` and `menu()`, made by another room."""
    site = Site(settings.site_name, settings.province, settings.hotline, TEAM)
    app.jinja_env.globals.update(
        site=site, op_id=operation_id, this_address=_this_address, menu=lambda: _menu(app)
    )
    app.jinja_env.filters["said"] = said
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _this_address() -> str:
    """The address of this page, to come back to; "/" when it holds what no address may."""
    return local_path(request.script_root + request.full_path.rstrip("?")) or "/"


def _menu(app: Flask) -> list[tuple[str, str, bool]]:
    """(address, label, is current) for this person, from the room that composes the menu."""
    entries: Callable[[], list[tuple[str, str]]] | Any = app.extensions.get("menu")
    path = request.path
    return [(url, label, path == url) for url, label in (entries() if entries else [])]
