"""Passkeys: making, naming and removing one's own, showing one after the password."""

from flask import abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import passkeys, second_factor, second_step
from app.accounts.forms import PasskeyForm
from app.accounts.routes.door import asked_for, blueprint, page_of_door, tries
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _

CHALLENGE = "challenge"


@blueprint.route("/account/passkeys", methods=["GET", "POST"])
def my_passkeys() -> ResponseReturnValue:
    """My passkeys; a POST keeps the one that the browser has just made."""
    if not (current_user.roles or current_user.sleeping) or not passkeys.is_possible():
        return redirect(url_for("accounts.account"), 303)
    if second_factor.is_protected(current_user.id) and not second_step.is_done():
        # who has only the password adds no key of their own
        return redirect(url_for("accounts.second_step", next=url_for("accounts.my_passkeys")), 303)
    form = PasskeyForm()
    if not form.validate_on_submit():
        return _page(form)
    challenge = session.pop(CHALLENGE, "")
    made = _made(form, challenge)
    if not made:
        return _page(form, refused=True)
    second_step.note_done()
    flash(_("Đã thêm khóa “%(name)s”.", name=form.name.data), "done")
    return redirect(asked_for() or url_for("accounts.my_passkeys"), 303)


@blueprint.post("/account/passkeys/<int(max=2147483647):passkey_id>/removal")
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """One of my passkeys was lost or is not needed."""
    if second_factor.is_protected(current_user.id) and not second_step.is_done():
        abort(404)
    passkeys.remove(current_user, passkey_id, operation_sent()) or abort(404)
    flash(_("Khóa ấy hết dùng được."), "done")
    return redirect(url_for("accounts.my_passkeys"), 303)


@blueprint.post("/login/second/passkey")
def show_passkey() -> ResponseReturnValue:
    """The passkey after the password; then the roles are there."""
    form = PasskeyForm(name="-")
    keys = tries(f"second {current_user.id}")
    challenge = session.pop(CHALLENGE, "")
    answer = form.credential.data or ""
    if passkeys.check(current_user.id, challenge, answer, *keys) is not None:
        flash(_("Khóa chưa khớp. Hãy thử lại, hoặc gõ mã xác nhận."), "warn")
        return redirect(url_for("accounts.second_step", next=asked_for()), 303)
    second_step.note_done()
    return redirect(asked_for() or url_for("home.start"), 303)


def _made(form: PasskeyForm, challenge: str) -> bool:
    typed = (form.name.data, challenge, form.credential.data, form.op_id.data)
    try:
        return bool(challenge) and passkeys.make(current_user, *typed)
    except passkeys.TooMany:
        form.name.errors = [_("Đã có mười khóa. Hãy bỏ bớt khóa không dùng.")]
        return False


def _page(form: PasskeyForm, refused: bool = False) -> ResponseReturnValue:
    session[CHALLENGE] = passkeys.new_challenge()
    options = passkeys.options_to_make(current_user, session[CHALLENGE])
    mine = passkeys.passkeys_of(current_user.id)
    return page_of_door("passkeys", form, refused=refused, options=options, mine=mine)
