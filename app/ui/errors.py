"""Errors as pages: what happened and what to do now, in plain words, nothing lost."""

import logging

from flask import Flask, Response, g, make_response, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from app.extensions import db
from app.ui.i18n import SOURCE, language

PAGES = {400, 403, 404, 405, 409, 413, 429, 500, 503}
# words of names of fields that hold a secret: "pin" is one of "pin_again"
NEVER_SHOWN_AGAIN = frozenset(
    {"csrf", "pin", "password", "secret", "current", "once", "code", "card"}
)
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
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        # one tap would send what somebody else filled in
        return known_error(BadRequest())
    typed = [
        (name, value)
        for name, values in request.form.lists()
        if may_be_shown_again(name)
        for value in values
    ]
    page = render_template(
        "ui/errors/form-expired.html",
        typed=typed,
        action=request.script_root + request.full_path,
        signed_out=signed_out,
    )
    return make_response(page, 401 if signed_out else 400)


def may_be_shown_again(name: str) -> bool:
    """Whether what was typed into a field of this name may stand in a page once more."""
    return NEVER_SHOWN_AGAIN.isdisjoint(name.lower().split("_"))


def known_error(error: HTTPException) -> Response:
    """An HTTP error on its own page; redirects and the like pass unchanged."""
    db.session.rollback()
    code = error.code or 500
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    page = f"ui/errors/{code if code in PAGES else 400 if code < 500 else 500}.html"
    response = make_response(render_template(page, reason=_reason(error)), code)
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
    response = make_response(render_template("ui/errors/503.html"), 503)
    response.headers["Retry-After"] = "5"
    return response


def fault(_error: InternalServerError) -> Response:
    """A fault of ours; Flask has logged it."""
    _nobody()
    return make_response(render_template("ui/errors/500.html"), 500)


def _nobody() -> None:
    """The page is for nobody in particular: asking who it is would ask the database."""
    db.session.rollback()
    g._login_user = AnonymousUserMixin()
