"""Errors as pages: what happened and what to do now, in plain words, nothing lost."""

import logging

from flask import Flask, Response, g, make_response, render_template
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from app.extensions import db
from app.ui.i18n import SOURCE, language
from app.ui.typed import Typed, from_elsewhere, sent_by_a_page, typed

PAGES = {400, 403, 404, 405, 409, 413, 429, 500, 503}
# a form that met one of these is shown again with the error, to be sent once more
KEEPING = {409, 413, 429, 500, 503}
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Answer every error with a page of this site."""
    app.register_error_handler(CSRFError, expired_form)
    app.register_error_handler(HTTPException, known_error)
    app.register_error_handler(OperationalError, database_unavailable)
    app.register_error_handler(NoConnectionFree, database_unavailable)
    app.register_error_handler(DataError, unfit_data)
    app.register_error_handler(InternalServerError, fault)


def expired_form(_error: CSRFError) -> Response:
    """The page stood open too long: everything typed is shown again, to be sent with one tap."""
    return kept_form()


def kept_form(signed_out: bool = False) -> Response:
    """What was sent, kept in a page with a fresh token, to be sent again (400).

    `signed_out`: this needs a sign-in and there is none any more (401). A sign-in makes a new
    session, to which that page's token is strange: sent again, it comes back once more.
    """
    if from_elsewhere():
        return known_error(BadRequest())
    page = render_template("ui/errors/form-expired.html", kept=typed(), signed_out=signed_out)
    return make_response(page, 401 if signed_out else 400)


def known_error(error: HTTPException) -> Response:
    """An HTTP error on its own page; redirects and the like pass unchanged."""
    db.session.rollback()
    code = error.code or 500
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = _page(code, _reason(error))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _reason(error: HTTPException) -> str | None:
    """What a view says went wrong; Werkzeug's own descriptions are English, ours never ASCII."""
    said = vars(error).get("description")
    return said if said and (language() != SOURCE or not said.isascii()) else None


def unfit_data(error: DataError) -> Response:
    """What no column takes, such as PostgreSQL the character NUL: nothing was written."""
    log.error("unfit data: %s", type(error.orig).__name__)
    return known_error(BadRequest())


def database_unavailable(error: OperationalError | NoConnectionFree) -> Response:
    """Disk full, database locked, or no connection free in time: nothing is promised, the
    client may try again (rule 8)."""
    log.error("database unavailable: %s", type(getattr(error, "orig", error)).__name__)
    _nobody()
    response = _page(503)
    response.headers["Retry-After"] = "5"
    return response


def fault(_error: InternalServerError) -> Response:
    """A fault of ours; Flask has logged it."""
    _nobody()
    return _page(500)


def _page(code: int, reason: str | None = None) -> Response:
    """The page of an error, with what was typed where it can be sent once more."""
    name = code if code in PAGES else 400 if code < 500 else 500
    kept = _kept(code) if code in KEEPING else None
    page = render_template(f"ui/errors/{name}.html", reason=reason, kept=kept)
    return make_response(page, code)


def _nobody() -> None:
    """The page is for nobody in particular: asking who it is would ask the database."""
    db.session.rollback()
    g._login_user = AnonymousUserMixin()


def _kept(code: int) -> Typed | None:
    """What can be sent once more: a button that was pressed only where time may mend it."""
    if from_elsewhere() or not sent_by_a_page():
        return None
    found = typed()
    if code == 409:
        found = found.as_another_act()
    return found if found.is_worth_keeping or (code >= 500 and found.fields) else None
