"""Which kind of machine the instructions are shown for: chosen once, kept in the browser."""

from flask import make_response, request
from werkzeug.wrappers import Response

from app.content.models import Step

COOKIE = "machine"
DEVICES = ("android", "iphone", "may-tinh")
EVERY = "ca-hai"
ONE_YEAR = 31_536_000


def devices_of(step: Step) -> tuple[str, ...]:
    """The kinds of machine for which a step has instructions of their own."""
    return tuple(name for name in DEVICES if f'data-device="{name}"' in step.html)


def chosen() -> str:
    """One of DEVICES, or "" for all of them: as the address asks (`?may=`), else as kept."""
    for name in (request.args.get("may"), request.cookies.get(COOKIE)):
        if name in (*DEVICES, EVERY):
            return "" if name == EVERY else str(name)
    return ""


def shown(devices: tuple[str, ...]) -> str:
    """The machine to show a step for that knows these; "" (all) when it is not the chosen one."""
    name = chosen()
    return name if name in devices else ""


def remember(page: str | bytes) -> Response:
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
