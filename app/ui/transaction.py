"""One transaction per request, committed in one place, before the answer goes out (rule 1)."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from app.db import set_read_only
from app.extensions import db
from app.ui.i18n import BilingualEnvironment

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])
_MARK = "reads_only"


class Application(Flask):
    """Flask whose views are committed when they return, and rolled back when they raise.

    Commit happens inside the dispatch, so that a commit that fails reaches the error
    handlers like any other fault of the view and is never acknowledged.
    """

    jinja_environment = BilingualEnvironment

    def ensure_sync(self, func: View) -> View:
        """No view here is a coroutine, so none is looked at anew with every request."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        answer = super().dispatch_request()
        # what only reads is rolled back when its context ends
        if not _only_reads():
            db.session.commit()
        return answer


def reads_only(view: View) -> View:
    """Mark a view that answers POST without writing: it does not queue with the writers."""
    setattr(view, _MARK, True)
    return view


def _only_reads() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in SAFE_METHODS or hasattr(view, _MARK)


def init_app(app: Flask) -> None:
    """Requests that must not write get transactions in which the database refuses writes."""

    @app.before_request
    def open_transaction() -> None:
        set_read_only(_only_reads())

    @app.teardown_request
    def close_transaction(_error: BaseException | None) -> None:
        set_read_only(False)
