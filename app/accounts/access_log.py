"""Who looked at what is sensitive: the one thing that a GET writes, after its answer is made.

The pages are named in one table (app.ops.sensitive_views). One person looking at one thing is noted
once in a quarter of an hour, in a short transaction of its own. Where that cannot be written,
such as on a full disk, reading goes on and the server's log says so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, request
from flask_login import current_user

from app.accounts.sensitive import note_views

# of an endpoint: pairs of what is looked at and the argument of the address that names it
Sensitive = Mapping[str, Sequence[tuple[str, str]]]


def init_app(app: Flask, sensitive: Sensitive) -> None:
    """Note each sensitive page that is shown to somebody."""
    app.extensions["sensitive_views"] = sensitive

    @app.after_request
    def note(response: Response) -> Response:
        things = sensitive.get(request.endpoint or "")
        if things is not None and request.method == "GET" and response.status_code == 200:
            note_views(current_user.id, request.endpoint or "", _subjects(things))
        return response


def _subjects(things: Sequence[tuple[str, str]]) -> list[str]:
    """What is looked at: "person 12"; empty where the page names nothing, such as a whole list."""
    named = {**request.args.to_dict(), **(request.view_args or {})}
    found = [f"{thing} {named[name]}" for thing, name in things if _is_id(named.get(name))]
    return found or [""]


def _is_id(value: Any) -> bool:
    text = str(value or "")
    return text.isalnum() and text.isascii() and len(text) <= 20
