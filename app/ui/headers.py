"""Security headers of every answer (rule 12): nothing from outside, nothing inline."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, request, session
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from app.config import Settings

if TYPE_CHECKING:
    # a module for type checkers only
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


def init_app(app: Flask, settings: Settings) -> None:
    """Set the headers on every answer; trust as many proxies as the settings name."""
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[method-assign, assignment]
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]

    @app.after_request
    def secure(response: Response) -> Response:
        headers = response.headers
        if headers.get("Cache-Control") is None:
            headers["Cache-Control"] = "no-store" if _personal() else "no-cache"
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def _with_headers(wsgi: "WSGIApplication") -> "WSGIApplication":
    # around the app: whatever answers, its fault pages included, and at the price of a list
    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, *HEADERS], *error)

        return wsgi(environ, start)

    return answer


def _personal() -> bool:
    # the session itself, not the person: an answer about a lost database asks no database
    return request.method not in ("GET", "HEAD") or "_user_id" in session or "fitting" in session
