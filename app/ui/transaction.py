"""One transaction per request, committed in one place, before the answer goes out (rule 1)."""

from flask import Flask, request
from flask.typing import ResponseReturnValue

from app.db import set_read_only
from app.extensions import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Application(Flask):
    """Flask whose views are committed when they return, and rolled back when they raise.

    Commit happens inside the dispatch, so that a commit that fails reaches the error
    handlers like any other fault of the view and is never acknowledged.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        answer = super().dispatch_request()
        if request.method in SAFE_METHODS:
            db.session.rollback()
        else:
            db.session.commit()
        return answer


def init_app(app: Flask) -> None:
    """Requests that must not write get transactions in which the database refuses writes."""

    @app.before_request
    def open_transaction() -> None:
        set_read_only(request.method in SAFE_METHODS)

    @app.teardown_request
    def close_transaction(_error: BaseException | None) -> None:
        set_read_only(False)
