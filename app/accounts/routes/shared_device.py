"""One device, several learners: the name, then the PIN; changing over; leaving nothing behind."""

from flask import current_app, flash, make_response, redirect, render_template, request, session
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from app.accounts import device_cookie, devices, entry
from app.accounts.forms import PinForm
from app.accounts.routes.door import asked_for, blueprint, enter, page_of_door, tries
from app.lib.ids import row_id
from app.ui import display
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.transaction import reads_only


@blueprint.route("/login/pin", methods=["GET", "POST"])
def pin() -> ResponseReturnValue:
    """The PIN of one of the people known on this device (?who=)."""
    device, who = device_cookie.read(), row_id(request.args.get("who"))
    form = PinForm()
    if device and form.validate_on_submit():
        tried = (form.pin.data, *tries(f"profile {who}"), device)
        outcome = entry.sign_in_again(who, *tried)
        if outcome.people:
            return enter(outcome.people[0], asked_for())
        return _pin_page(form, device, who, wait=outcome.wait_minutes, refused=True)
    return _pin_page(form, device, who)


def _pin_page(
    form: PinForm, device: str | None, who: int, wait: int = 0, refused: bool = False
) -> ResponseReturnValue:
    profile = devices.profile(device, who)
    if profile is None:
        # taken off this device meanwhile
        return redirect(address_of("accounts.login", next=asked_for()), 303)
    return page_of_door("pin", form, wait=wait, refused=refused, profile=profile)


@blueprint.post("/login/forget")
def forget_here() -> ResponseReturnValue:
    """Take a name off this device; nobody is signed in or out by it."""
    if not Form().validate_on_submit():
        return redirect(address_of("accounts.login"), 303)
    profile = devices.profile(device_cookie.read(), row_id(request.form.get("who")))
    if profile:
        devices.forget(device_cookie.read(), profile.person_id)
        flash(_("Đã bỏ tên %(name)s khỏi máy này.", name=profile.shown_name), "done")
    return redirect(address_of("accounts.login"), 303)


@blueprint.post("/switch")
@reads_only
def switch() -> ResponseReturnValue:
    """Somebody else takes the device; the names on it stay."""
    logout_user()
    session.clear()
    return redirect(address_of("accounts.login"), 303)


@blueprint.route("/logout", methods=["GET", "POST"])
def logout() -> ResponseReturnValue:
    """End the session, take the name off this device and leave nothing of it in this browser.

    `keep=others` (said by the page's script): things that other people have not sent yet stay
    in the browser's storage.
    """
    if request.method == "GET":
        return render_template("accounts/logout.html")
    device = device_cookie.read()
    devices.forget(device, _holder())
    others = devices.known_on(device)
    left = "accounts.outside_left" if session.get("outside") else "catalogue.landing"
    logout_user()
    session.clear()
    flash(_("Đã kết thúc. Máy này không còn giữ gì của người vừa học."), "done")
    response = make_response(redirect(address_of(left), 303))
    # on a shared phone the next person starts afresh; text size and colours may stay
    may_stay = {display.COOKIE, current_app.config["SESSION_COOKIE_NAME"]}
    if others:
        may_stay.add(device_cookie.NAME)
    for name in sorted(request.cookies.keys() - may_stay):
        response.delete_cookie(name)
    # work that waits may be of somebody whose name was taken off this device before
    whole = request.form.get("keep") != "others"
    response.headers["Clear-Site-Data"] = '"cache", "storage"' if whole else '"cache"'
    return response


def _holder() -> int:
    """Whose session this is, also while a helper acts for a learner in it; 0: nobody's."""
    person_id = str(session.get("_user_id", "")).partition(".")[0]
    return int(person_id) if person_id.isdigit() else 0
