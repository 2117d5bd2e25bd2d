"""Which kind of phone the instructions are shown for: chosen once, kept in the browser."""

from flask import make_response, request
from werkzeug.wrappers import Response

COOKIE = "device"
DEVICES = ("android", "iphone")
EVERY = "ca-hai"
ONE_YEAR = 31_536_000


def chosen() -> str:
    """ "android", "iphone", or "" for both: as the address asks (`?may=`), else as kept."""
    for name in (request.args.get("may"), request.cookies.get(COOKIE)):
        if name in (*DEVICES, EVERY):
            return "" if name == EVERY else str(name)
    return ""


def remember(page: str) -> Response:
    """The page as an answer that keeps a choice made in the address."""
    response = make_response(page)
    asked = request.args.get("may")
    if asked == EVERY:
        response.delete_cookie(COOKIE)
    elif asked in DEVICES:
        response.set_cookie(
            COOKIE,
            asked,
            max_age=ONE_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return response
