"""The cookie by which a shared device is known again: one random text, signed."""

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from app.accounts.devices import KEPT
from app.accounts.secrets import draw_secret

NAME = "device"


def read() -> str | None:
    """The device of this request; None when it has no cookie of ours."""
    cookie = request.cookies.get(NAME)
    if not cookie:
        return None
    try:
        return str(_signer().loads(cookie))
    except BadSignature:
        return None


def new() -> str:
    """A device that was never seen."""
    return draw_secret()


def write(response: Response, device: str) -> None:
    """Let the browser keep the device's name, for as long as people are known on it."""
    response.set_cookie(
        NAME,
        str(_signer().dumps(device)),
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure or current_app.config["SESSION_COOKIE_SECURE"],
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), "device")
