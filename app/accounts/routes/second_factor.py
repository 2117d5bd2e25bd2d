"""The second factor of staff: a code after the password, taking it up, recovery codes."""

from typing import Any

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import passkeys, second_factor, second_step
from app.accounts.forms import PasskeyForm, SecondFactorForm
from app.accounts.routes.door import asked_for, blueprint, page_of_door, private, tries
from app.accounts.routes.passkeys import CHALLENGE
from app.accounts.sheet import picture


@blueprint.route("/login/second", methods=["GET", "POST"], endpoint="second_step")
def show_second_factor() -> ResponseReturnValue:
    """The code of the authenticator app, or a recovery code; then the roles are there."""
    if not second_factor.is_protected(current_user.id):
        return redirect(url_for("accounts.enrol", next=asked_for()), 303)
    if second_step.is_done():
        return _go_on()
    form = SecondFactorForm()
    if not form.validate_on_submit():
        return _second_step(form)
    keys = tries(f"second {current_user.id}")
    wait = second_factor.check(current_user.id, form.code.data, *keys)
    if wait is not None:
        return _second_step(form, wait=wait, refused=True)
    second_step.note_done()
    return _go_on()


def _second_step(
    form: SecondFactorForm, wait: int = 0, refused: bool = False
) -> ResponseReturnValue:
    """The page with the ways that this person has: passkey, code of the app, recovery code."""
    options = ""
    if passkeys.is_possible() and passkeys.passkeys_of(current_user.id):
        session[CHALLENGE] = passkeys.new_challenge()
        options = passkeys.options_to_show(current_user.id, session[CHALLENGE])
    has_app = second_factor.is_enrolled(current_user.id)
    facts: dict[str, Any] = {"options": options, "has_app": has_app}
    facts["passkey_form"] = PasskeyForm(formdata=None)
    return page_of_door("second_step", form, wait, refused, **facts)


@blueprint.route("/account/second", methods=["GET", "POST"])
def enrol() -> ResponseReturnValue:
    """Staff take up the second factor: scan, type the first code, keep the recovery codes."""
    staff = current_user.roles or current_user.sleeping
    if not staff or second_factor.is_enrolled(current_user.id):
        return redirect(url_for("accounts.account"), 303)
    if second_factor.is_protected(current_user.id) and not second_step.is_done():
        # who has only the password adds no app of their own
        return redirect(url_for("accounts.second_step", next=url_for("accounts.enrol")), 303)
    nonce = session.setdefault("nonce", second_factor.new_nonce())
    form = SecondFactorForm()
    if form.validate_on_submit():
        codes = second_factor.enrol(current_user, nonce, form.code.data, form.op_id.data)
        if codes:
            session.pop("nonce")
            second_step.note_done()
            page = render_template("accounts/recovery_codes.html", codes=codes, next=asked_for())
            return private(page)
        return _enrolment(form, nonce, refused=True)
    return _enrolment(form, nonce)


@blueprint.post("/account/second/codes")
def renew_codes() -> ResponseReturnValue:
    """New recovery codes in place of the old ones, for whoever shows a code of the app."""
    form = SecondFactorForm()
    keys = tries(f"second {current_user.id}")
    if not form.validate_on_submit():
        return redirect(url_for("accounts.account"), 303)
    if second_factor.check(current_user.id, form.code.data, *keys) is not None:
        return redirect(url_for("accounts.account", wrong="1"), 303)
    codes = second_factor.renew_codes(current_user.id)
    return private(render_template("accounts/recovery_codes.html", codes=codes, next=None))


def _enrolment(form: SecondFactorForm, nonce: str, refused: bool = False) -> ResponseReturnValue:
    site = second_step.settings().site_name
    address = second_factor.address_for_app(current_user, nonce, site)
    secret = second_factor.secret_of(current_user.id, nonce)
    facts: dict[str, Any] = {"picture": picture(address), "secret": secret}
    facts["passkey_too"] = passkeys.is_possible()
    return page_of_door("enrol", form, refused=refused, **facts)


def _go_on() -> ResponseReturnValue:
    return redirect(asked_for() or url_for("home.start"), 303)
