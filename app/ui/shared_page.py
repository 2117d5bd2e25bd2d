"""Pages that readers in the same state share: put together once, then filled in for each.

What differs between two such readers are a few words: their name, the token of their forms, the
operation id of the act that the page offers, and what a page names itself. These are holes.
"""

import re
from collections.abc import Hashable, Mapping
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, session
from flask_login import current_user
from markupsafe import escape

from app.lib.ids import operation_id
from app.ui.display import chosen
from app.ui.form_tokens import form_tokens
from app.ui.kept import Kept

_HOLE = re.compile("\ue000(\\w+)\ue001")
# the texts of a page, and the names of the holes between them
Cut = tuple[tuple[bytes, ...], tuple[str, ...]]


class SharedPage:
    """One template's pages by state; `key` must hold all that the page shows of a reader."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._pages = Kept[Cut]()

    def render(
        self,
        key: Hashable,
        basis: tuple[object, ...],
        own: Mapping[str, str] | None = None,
        **context: Any,
    ) -> bytes:
        """The page for this reader, in UTF-8.

        What a helper's session shows is nobody else's and is put together each time.
        `basis` as in Kept.get: what the page is made from, frozen. `own`: words of the
        template's context that are the reader's own, filled in each time.
        """
        own = own or {}
        if request.query_string or "_flashes" in session or current_user.helper:
            return render_template(self._template, **context, **own).encode()
        texts, holes = self._pages.get(
            (key, chosen()), basis, lambda: _cut(self._with_holes(own, context))
        )
        words = {
            **own,
            "reader": current_user.full_name,
            "op": operation_id(),
            "token": form_tokens.token(),
        }
        filled = {name: escape(word).encode() for name, word in words.items()}
        page = [texts[0]]
        for name, text in zip(holes, texts[1:], strict=True):
            page += filled[name], text
        return b"".join(page)

    def _with_holes(self, own: Mapping[str, str], context: dict[str, Any]) -> str:
        token = form_tokens.token()
        page = render_template(
            self._template,
            **context,
            **{name: _hole(name) for name in own},
            current_user=SimpleNamespace(is_authenticated=True, full_name=_hole("reader")),
            op_id=lambda: _hole("op"),
        )
        return page.replace(token, _hole("token"))


def _cut(page: str) -> Cut:
    pieces = _HOLE.split(page)
    return tuple(text.encode() for text in pieces[::2]), tuple(pieces[1::2])


def _hole(name: str) -> str:
    # from the private use area: no author and no reader types these
    return f"\ue000{name}\ue001"
