"""Pages that a device may keep: for nobody in particular, the same for everybody who reads them.

Several people share a phone, so what is kept holds no name, no token and no operation id.
"""

from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for

from app.ui.display import Display
from app.ui.headers import HEADERS
from app.ui.i18n import gettext as _
from app.ui.i18n import language

NOBODY = SimpleNamespace(is_authenticated=False, full_name="", roles=frozenset(), helper=None)


def neutral(template: str, **context: Any) -> str:
    """A page for nobody in particular, in the language of whoever asks for it."""
    return render_template(
        template,
        **context,
        current_user=NOBODY,
        display=Display(language=language()),
        menu=_menu,
        this_address=lambda: "/",
        get_flashed_messages=lambda **_options: [],
        op_id=lambda: "",
        csrf_token=_no_token,
    )


def page_headers() -> dict[str, str]:
    """The headers that a kept page goes with, as if it came from the server."""
    return {"Content-Type": "text/html; charset=utf-8", **dict(HEADERS)}


def _menu() -> list[tuple[str, str, bool]]:
    return [
        (url_for("sync.shelf_page"), _("Đã tải về máy"), False),
        (url_for("sync.outbox"), _("Mục chờ gửi"), False),
    ]


def _no_token() -> str:
    raise RuntimeError("a page that is kept has no form with a token")
