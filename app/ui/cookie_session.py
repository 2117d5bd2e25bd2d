"""Sessions in signed cookies, as Flask keeps them; a signature seen once is not read again."""

import hashlib
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.lib import clock

MOST = 4096
_UNCHANGING = (str, int, bool, type(None))


class CookieSessions(SecureCookieSessionInterface):
    """Flask's own, with one signer per app, and cookies whose signature was seen to be right."""

    digest_method = staticmethod(hashlib.sha256)

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None
        self._seen: dict[str, tuple[dict[str, Any], float]] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of the app, made with its first request."""
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request's cookie; an empty one when it is forged or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        signer = self.get_signing_serializer(app)
        if not cookie or signer is None:
            return super().open_session(app, request)
        now, longest = clock.now().timestamp(), app.permanent_session_lifetime.total_seconds()
        known = self._seen.get(cookie)
        if known is not None and now - known[1] <= longest:
            return self.session_class(dict(known[0]))
        try:
            values, signed_at = signer.loads(cookie, max_age=int(longest), return_timestamp=True)
        except BadSignature:
            return self.session_class()
        self._remember(cookie, values, signed_at.timestamp())
        return self.session_class(values)

    def _remember(self, cookie: str, values: dict[str, Any], signed_at: float) -> None:
        if len(self._seen) >= MOST:
            self._seen.clear()
        if all(isinstance(value, _UNCHANGING) for value in values.values()):
            self._seen[cookie] = dict(values), signed_at


def init_app(app: Flask) -> None:
    """Give the app its sessions."""
    app.session_interface = CookieSessions()
