"""Signing in with a printed card: its QR code or its typed code, then the PIN."""

from datetime import timedelta

from flask import abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import cards, entry, keys
from app.accounts.forms import CodeForm, NewPinForm, PinForm
from app.accounts.routes.door import asked_for, blueprint, enter, page_of_door, private, tries
from app.lib import clock
from app.lib.ids import normalise_code
from app.ui.i18n import gettext as _
from app.ui.i18n import said

TIME_TO_TYPE = timedelta(minutes=10)


@blueprint.get("/c/<secret>")
def card(secret: str) -> ResponseReturnValue:
    """Where a card's QR code leads: to the PIN, whether or not there is such a card."""
    if not cards.is_secret(secret):
        abort(404)
    return _to_the_pin(secret, keys.sets_pin(secret))


@blueprint.route("/login/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The code of a card, or the one that a helper gave, typed by hand."""
    form = CodeForm()
    if not form.validate_on_submit():
        return page_of_door("code", form)
    typed = normalise_code(form.code.data)
    found = keys.find(typed, *tries(f"card {typed}"))
    if found.wait_minutes:
        return page_of_door("code", form, wait=found.wait_minutes)
    return _to_the_pin(typed, found.sets_pin)


@blueprint.route("/login/card", methods=["GET", "POST"])
def card_pin() -> ResponseReturnValue:
    """The PIN of whoever owns the card; with a new card, the PIN is set here."""
    key: str | None = session.get("key")
    if key is None or clock.now().timestamp() >= session.get("key_until", 0):
        return redirect(url_for("accounts.code", next=asked_for()), 303)
    return _new_pin(key) if session.get("key_sets") else _known_pin(key)


def _known_pin(key: str) -> ResponseReturnValue:
    form = PinForm()
    if not form.validate_on_submit():
        return page_of_door("pin", form, profile=None)
    outcome = entry.sign_in_with_card(key, form.pin.data, *tries(f"card {key}"))
    if outcome.people:
        return enter(outcome.people[0], asked_for())
    return page_of_door("pin", form, wait=outcome.wait_minutes, refused=True, profile=None)


def _new_pin(key: str) -> ResponseReturnValue:
    form = NewPinForm()
    if not form.validate_on_submit():
        return page_of_door("new_pin", form)
    try:
        person = keys.set_pin(form.op_id.data, key, form.pin.data, *tries(f"card {key}"))
    except keys.GuessableSecret as problem:
        form.pin.errors = [said(problem)]
        return page_of_door("new_pin", form)
    if person:
        return enter(person, asked_for(), first=True)
    flash(_("Mã này đã dùng rồi hoặc đã quá hạn. Có mã PIN rồi thì bấm mã PIN."))
    return _to_the_pin(key, False)


def _to_the_pin(key: str, sets_pin: bool) -> ResponseReturnValue:
    # not in the address of the next page, which stands in the history of a shared phone
    session["key"], session["key_sets"] = key, sets_pin
    session["key_until"] = (clock.now() + TIME_TO_TYPE).timestamp()
    page = url_for("accounts.card_pin", next=asked_for())
    return private(redirect(page, 303))  # type: ignore[arg-type]
