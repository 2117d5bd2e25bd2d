"""Who of a helper's own people rests, and a text for each that is ready to be sent."""

from urllib.parse import quote

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.content.shelf import shelf
from app.field import queries
from app.field.actions.people import note_texts
from app.field.routes.door import blueprint, paths
from app.learning.reminders import Resting
from app.lib import clock
from app.lib.paging import page_number
from app.lib.quiet_hours import is_quiet, read_quiet_hours
from app.lib.vietnamese import addressed, given_name
from app.ui.forms import operation_sent


@blueprint.route("/field/reminders", methods=["GET", "POST"])
def reminders() -> ResponseReturnValue:
    """Who rests; a POST shows the texts too and leaves an audit line."""
    number = page_number(request.values.get("page"))
    page = queries.own_resting(current_user.id, paths(), shelf.published(), number)
    texts: dict[int, str] = {}
    if request.method == "POST":
        note_texts(current_user, number, len(page.items), operation_sent())
        texts = {one.person_id: _text(one) for one in page.items}
    return render_template(
        "field/reminders.html", page=page, texts=texts, sms=_sms, rest_until=_rest_until()
    )


def _rest_until() -> int | None:
    """The hour until which nobody is to be disturbed; None where it is no such time now."""
    quiet = current_app.extensions["settings"].quiet_hours
    return read_quiet_hours(quiet)[1] if is_quiet(quiet, clock.now()) else None


def _text(one: Resting) -> str:
    """What to send: in Vietnamese, and with no word of the course, for phones are shared."""
    address = shelf.programme.address((one.group or "",))
    minutes = one.going_on.next_step.minutes
    base = current_app.extensions["settings"].base_url.rstrip("/")
    return (
        f"Chào {addressed(address, given_name(one.full_name))}. Lâu rồi chưa thấy học tiếp."
        + (f" Bài tới chừng {minutes} phút." if minutes else "")
        + " Rảnh thì mình học nhé, cần thì tôi ngồi cùng."
        + f" {base}{url_for('home.start')} - {current_user.full_name}"
    )


def _sms(phone: str, text: str) -> str:
    return f"sms:{phone}?body={quote(text)}"
