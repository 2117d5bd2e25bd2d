"""Security headers of every answer (rule 12): nothing from outside, nothing inline."""

from flask import Flask, request, session
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from app.config import Settings

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
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]

    @app.after_request
    def secure(response: Response) -> Response:
        headers = response.headers
        headers.extend(HEADERS)
        if headers.get("Cache-Control") is None:
            headers["Cache-Control"] = "no-store" if _personal() else "no-cache"
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def _personal() -> bool:
    # the session itself, not the person: an answer about a lost database asks no database
    return request.method != "GET" or "_user_id" in session or "fitting" in session
