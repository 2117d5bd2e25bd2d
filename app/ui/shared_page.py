"""Pages that readers in the same state share: put together once, then filled in for each.

What differs between two such readers are a few words: their name, the token of their forms, the
operation id of the act that the page offers, and what a page names itself. These are holes.
"""

from collections.abc import Hashable, Mapping
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from app.lib.ids import operation_id
from app.ui.display import chosen
from app.ui.kept import Kept


class SharedPage:
    """One template's pages by state; `key` must hold all that the page shows of a reader."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._pages = Kept()

    def render(
        self,
        key: Hashable,
        basis: tuple[object, ...],
        own: Mapping[str, str] | None = None,
        **context: Any,
    ) -> str:
        """The page for this reader.

        `basis` as in Kept.get: what the page is made from, frozen. `own`: words of the
        template's context that are the reader's own, filled in each time.
        """
        own = own or {}
        if request.query_string or "_flashes" in session:
            return render_template(self._template, **context, **own)
        page = str(self._pages.get((key, chosen()), basis, lambda: self._with_holes(own, context)))
        words = {**own, "reader": current_user.full_name, "op": operation_id()}
        for name, word in words.items():
            page = page.replace(_hole(name), str(escape(word)))
        return page.replace(_hole("token"), generate_csrf())

    def _with_holes(self, own: Mapping[str, str], context: dict[str, Any]) -> str:
        page = render_template(
            self._template,
            **context,
            **{name: _hole(name) for name in own},
            current_user=SimpleNamespace(is_authenticated=True, full_name=_hole("reader")),
            op_id=lambda: _hole("op"),
        )
        return page.replace(generate_csrf(), _hole("token"))


def _hole(name: str) -> str:
    # from the private use area: no author and no reader types these
    return f"\ue000{name}\ue001"
