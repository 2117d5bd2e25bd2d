"""An e-mail address of one's own for letters: named, confirmed by its letter, left with one tap."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import addresses, letters, queries
from app.accounts.forms import AddressForm
from app.accounts.routes.door import blueprint, page_of_door, private, tries
from app.accounts.second_step import settings
from app.ui.forms import Form, operation_sent
from app.ui.i18n import gettext as _


@blueprint.route("/account/letters", methods=["GET", "POST"])
def want_letters() -> ResponseReturnValue:
    """Name an address, which gets one letter that asks whether it is right."""
    if not settings().sends_letters:
        return redirect(url_for("accounts.account"), 303)
    form = AddressForm()
    if not form.validate_on_submit():
        return page_of_door("letters", form)
    person, email = queries.people([current_user.id])[0], form.email.data
    wanted = addresses.want(person, email, form.op_id.data, tries(f"letter {email}"))
    if wanted.wait_minutes:
        return page_of_door("letters", form, wait=wanted.wait_minutes)
    if wanted.secret:
        letters.after_commit(letters.confirmation(email, person, _link(wanted.secret)))
    flash(_("Đã gửi thư tới %(email)s. Mở thư rồi bấm vào địa chỉ trong thư.", email=email), "done")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/letters/end")
def leave_letters() -> ResponseReturnValue:
    """No letters any more; the address is forgotten."""
    addresses.leave(current_user.id, operation_sent())
    flash(_("Đã bỏ địa chỉ nhận thư. Sẽ không có thư nào nữa."), "done")
    return redirect(url_for("accounts.account"), 303)


@blueprint.route("/letters/<secret>", methods=["GET", "POST"])
def confirm_letters(secret: str) -> ResponseReturnValue:
    """Where the letter leads: a button, because mail programs look at links by themselves."""
    address = addresses.waiting(secret)
    if address is None:
        return _void()
    form = Form()
    if form.validate_on_submit():
        addresses.confirm(address)
    return private(
        render_template("accounts/confirm_letters.html", address=address, secret=secret, form=form)
    )


def _void() -> Response:
    page = private(render_template("accounts/void_address.html"))
    page.status_code = 404
    return page


def _link(secret: str) -> str:
    # not the host of the request, which whoever asks could have made up
    return settings().base_url.rstrip("/") + url_for("accounts.confirm_letters", secret=secret)
