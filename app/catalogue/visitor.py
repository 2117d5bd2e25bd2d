"""To which audience group the pages speak: the group just chosen, chosen before, or one's own."""

from flask import request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.content.programme import Group
from app.content.shelf import shelf
from app.ui.i18n import gettext as _

COOKIE = "group"
EVERYBODY = "tat-ca"
HALF_A_YEAR = 15_552_000


def visitor_group() -> Group | None:
    """The group of this request: `?nhom=<id>`, else this browser's choice, else the person's."""
    asked = request.args.get("nhom")
    if asked == EVERYBODY:
        return None
    own = current_user.group if current_user.is_authenticated else None
    known = (
        shelf.programme.group(name or "") for name in (asked, request.cookies.get(COOKIE), own)
    )
    return next((group for group in known if group), None)


def choices(endpoint: str) -> list[dict[str, str]]:
    """The groups to choose from, each with the address of `endpoint` for it."""
    return [
        {
            "id": group.id,
            "title": _(group.title),
            "invite": _(group.invite),
            "href": url_for(endpoint, nhom=group.id),
        }
        for group in shelf.programme.groups
    ]


def remember(response: Response) -> Response:
    """Keep a choice made in the address in this browser; "tat-ca" forgets it."""
    asked = request.args.get("nhom", "")
    if asked == EVERYBODY:
        response.delete_cookie(COOKIE)
    elif shelf.programme.group(asked):
        response.set_cookie(
            COOKIE,
            asked,
            max_age=HALF_A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return response
