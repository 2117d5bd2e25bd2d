"""A forgotten PIN or password: who can help, or a letter with a link."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import keys, letters, resets
from app.accounts.forms import LetterForm, NewPasswordForm, NewPinForm
from app.accounts.models import Person
from app.accounts.routes.door import blueprint, enter, page_of_door, private, tries
from app.config import Settings
from app.ui.i18n import said


@blueprint.get("/forgot")
def forgot() -> ResponseReturnValue:
    """Who helps somebody that forgot the PIN."""
    return render_template("accounts/forgot.html", by_letter=_settings().sends_letters)


@blueprint.route("/forgot/letter", methods=["GET", "POST"])
def ask_for_letter() -> ResponseReturnValue:
    """Ask for a link by e-mail (?for=password: for staff); the answer is always the same."""
    if not _settings().sends_letters:
        return redirect(url_for("accounts.forgot"), 303)
    form = LetterForm()
    kind = "password" if request.args.get("for") == "password" else "pin"
    if not form.validate_on_submit():
        return page_of_door("ask_for_letter", form, kind=kind, sent=False)
    asked = resets.ask(form.email.data, kind, *tries(f"letter {form.email.data}"))
    for one in asked.letters:
        letters.after_commit(
            letters.reset_letter(form.email.data, one.person, one.kind, _link(one.secret))
        )
    return page_of_door(
        "ask_for_letter", form, kind=kind, sent=not asked.wait_minutes, wait=asked.wait_minutes
    )


@blueprint.route("/reset/<secret>", methods=["GET", "POST"])
def reset(secret: str) -> ResponseReturnValue:
    """Where the link of a letter leads: set a new PIN or password, once."""
    kind = keys.sets(secret)
    form = NewPinForm() if kind == "pin" else NewPasswordForm()
    if kind is None and request.method == "GET":
        return _void()
    if not form.validate_on_submit():
        return page_of_door("new_pin" if kind == "pin" else "new_password", form)
    try:
        person = _set(secret, form)
    except keys.GuessableSecret as problem:
        form.pin.errors = [said(problem)]
        return page_of_door("new_pin", form)
    if person is None:
        return _void()
    with_pin = isinstance(form, NewPinForm)
    return enter(person, remember=with_pin, first=with_pin)


def _set(secret: str, form: NewPinForm | NewPasswordForm) -> Person | None:
    if isinstance(form, NewPinForm):
        return keys.set_pin(form.op_id.data, secret, form.pin.data, *tries(f"card {secret}"))
    return keys.set_password(form.op_id.data, secret, form.password.data)


def _void() -> Response:
    page = private(render_template("accounts/void_link.html"))
    page.status_code = 404
    return page


def _link(secret: str) -> str:
    # not the host of the request, which whoever asks could have made up
    return _settings().base_url.rstrip("/") + url_for("accounts.reset", secret=secret)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
