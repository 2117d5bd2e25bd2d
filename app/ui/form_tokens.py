"""The token of a session's forms: signed once, and known again when it comes back.

Flask-WTF signs a token with every page and reads the signature of every form sent. A token has
no time limit here, so one signature serves a session; what this process has not met is left to
Flask-WTF, once.
"""

import hmac

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import generate_csrf

from app.extensions import csrf

MOST = 4096


class FormTokens:
    """The signed token of each session's forms, as far as this process signed it."""

    def __init__(self) -> None:
        self._signed: dict[str, str] = {}

    def token(self) -> str:
        """The token of the forms of this session."""
        known = self._signed.get(session.get("csrf_token", ""))
        if known is not None:
            # where Flask-WTF looks first, so that one answer holds one token
            g.csrf_token = known
            return known
        token: str = generate_csrf()
        self.keep(token)
        return token

    def keep(self, token: str) -> None:
        """Know this token, whose signature for this session was made or read a moment ago."""
        if len(self._signed) >= MOST:
            self._signed.clear()
        self._signed[session["csrf_token"]] = token

    def knows(self, token: str) -> bool:
        """Whether this very token was signed or read here for this session."""
        known = self._signed.get(session.get("csrf_token", ""), "")
        return known != "" and hmac.compare_digest(known.encode(), token.encode())


form_tokens = FormTokens()


def init_app(app: Flask) -> None:
    """Let no form in without its session's token, but what is exempt."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.before_request(_protect)


def _protect() -> None:
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return
    token = request.form.get("csrf_token", "") if request.method == "POST" else ""
    if form_tokens.knows(token):
        g.csrf_valid = True
        return
    csrf.protect(apply_exemptions=True)
    if token and g.get("csrf_valid"):
        form_tokens.keep(token)
