"""One's own account: PIN or password, devices, card, second factor, signing out everywhere."""

from typing import Any

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import (
    device_cookie,
    devices,
    entry,
    keys,
    needs,
    passkeys,
    queries,
    second_factor,
    second_step,
)
from app.accounts.forms import (
    ChangePasswordForm,
    ChangePinForm,
    SecondFactorForm,
    ShownNameForm,
)
from app.accounts.identity import identities_of
from app.accounts.models import DeviceProfile, Person
from app.accounts.routes.door import blueprint, enter, page_of_door, tries
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import said


@blueprint.route("/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """How I am known and where; a POST chooses the name shown on this device."""
    places = devices.devices_of(current_user.id)
    here = _here(places)
    form = ShownNameForm(name=here.shown_name if here else None)
    form.name.choices = devices.names_to_show(current_user.full_name) if here else []
    if here and form.validate_on_submit():
        devices.show_as(here, form.name.data)
        flash(_("Trên máy này hiện tên: %(name)s.", name=form.name.data), "done")
        return redirect(url_for("accounts.account"), 303)
    return page_of_door("account", form, places=places, this_place=here, **_facts())


@blueprint.route("/account/pin", methods=["GET", "POST"])
def change_pin() -> ResponseReturnValue:
    """Set another PIN, knowing the old one."""
    form = ChangePinForm()
    if not form.validate_on_submit():
        return page_of_door("change_pin", form)
    keys_of_try = tries(f"own {current_user.id}")
    try:
        outcome = entry.change_pin(current_user.id, form.current.data, form.pin.data, keys_of_try)
    except keys.GuessableSecret as problem:
        form.pin.errors = [said(problem)]
        return page_of_door("change_pin", form)
    if not outcome.people:
        return page_of_door("change_pin", form, wait=outcome.wait_minutes, refused=True)
    flash(_("Đã đổi mã PIN. Các máy khác phải đăng nhập lại."), "done")
    return _again(outcome.people[0])


@blueprint.route("/account/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """Set another password, knowing the old one."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return page_of_door("change_password", form)
    keys_of_try = tries(f"own {current_user.id}")
    wanted = (form.current.data, form.password.data)
    outcome = entry.change_password(current_user.id, *wanted, keys_of_try)
    if not outcome.people:
        return page_of_door("change_password", form, wait=outcome.wait_minutes, refused=True)
    flash(_("Đã đổi mật khẩu. Các máy khác phải đăng nhập lại."), "done")
    return _again(outcome.people[0])


@blueprint.post("/account/sessions")
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    if not Form().validate_on_submit():
        return redirect(url_for("accounts.account"), 303)
    person = queries.people([current_user.id])[0]
    entry.end_other_sessions(person, device_cookie.read())
    flash(_("Đã thoát khỏi mọi máy khác."), "done")
    return _again(person)


def _again(person: Person) -> ResponseReturnValue:
    """The session goes on here under the new stamp, with the second factor it has shown."""
    strong, known = second_step.is_done(), _here(devices.devices_of(person.id))
    flashed = session.get("_flashes", [])
    answer = enter(person, url_for("accounts.account"), remember=known is not None)
    session["_flashes"] = flashed
    if strong:
        second_step.note_done()
        return redirect(url_for("accounts.account"), 303)
    return answer


def _here(places: list[DeviceProfile]) -> DeviceProfile | None:
    device = device_cookie.read()
    known = devices.device_hash(device) if device else None
    return next((place for place in places if place.device_hash == known), None)


def _facts() -> dict[str, Any]:
    mine = [current_user.id]
    return {
        "has_pin": bool(queries.who_has("pin", mine)),
        "has_password": bool(queries.who_has("password", mine)),
        "outside": identities_of(current_user.id),
        "outside_name": second_step.settings().oidc_name,
        "my_card": queries.cards_of(mine).get(current_user.id),
        "my_needs": [needs.TITLES[need] for need in needs.needs_of(current_user.id)],
        "staff": bool(current_user.roles or current_user.sleeping),
        "enrolled": second_factor.is_enrolled(current_user.id),
        "passkeys_possible": passkeys.is_possible(),
        "codes_left": second_factor.codes_left(current_user.id),
        "required": second_step.settings().second_factor_required,
        "sends_letters": second_step.settings().sends_letters,
        "address": queries.letter_address(current_user.id),
        "code_form": SecondFactorForm(formdata=None),
        "wrong_code": "wrong" in request.args,
    }
