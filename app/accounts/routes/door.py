"""What all ways in share: the blueprint, under which keys tries are counted, entering."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, session
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_login import login_user

from app.accounts import (
    company,
    consents,
    device_cookie,
    devices,
    needs,
    notices,
    second_step,
)
from app.accounts.ages import is_child
from app.accounts.guard import CONSENT_FIRST
from app.accounts.models import Person
from app.accounts.secrets import fingerprint
from app.ui import display
from app.ui.safe_urls import local_path

blueprint = Blueprint("accounts", "app.accounts", template_folder="templates")


def enter(
    person: Person, page: str | None = None, remember: bool = True, *, first: bool = False
) -> ResponseReturnValue:
    """Open a session for a person and go to the page asked for, else to their start page.

    `remember`: their name stands on this device from now on. Whoever holds a role goes by way
    of the second factor where it is required. `first`: they sign in for the first time, listed
    by somebody else: they are asked whether they agree. A child is asked until somebody did.
    """
    session.clear()
    login_user(person)
    session.permanent = True
    company.note_beginning()
    page = local_path(page)
    if second_step.is_needed(person.id):
        page = address_of("accounts.second_step", next=page)
    elif consent_is_due(person, first):
        page = address_of("accounts.consent", next=page)
    response = make_response(redirect(page or address_of("home.start"), 303))
    if shown := needs.display_of(needs.needs_of(person.id)):
        display.remember(response, shown)
    if remember:
        device = device_cookie.read() or device_cookie.new()
        devices.remember(device, person)
        device_cookie.write(response, device)
    return response


def consent_is_due(person: Person, first: bool) -> bool:
    """Whether somebody is asked now to agree; a child sees nothing else before."""
    child = is_child(person.birth_date, person.birth_precision)
    if not (first or child) or notices.LEARNING in consents.in_force(person.id):
        return False
    if child:
        session[CONSENT_FIRST] = True
    return True


def tries(account: str) -> tuple[str, str]:
    """Account and address of this request, as wrong tries are counted under them."""
    return fingerprint("account", account), fingerprint("address", request.remote_addr or "")


def asked_for() -> str | None:
    """The page of ours to which somebody goes on after signing in, or None."""
    return local_path(request.args.get("next"))


def page_of_door(
    template: str, form: Any, wait: int = 0, refused: bool = False, **facts: Any
) -> Response:
    """A page on which somebody proves who they are; no cache keeps it.

    `wait`: minutes until the next try is heard; `refused`: this try did not fit.
    """
    status = 429 if wait else 401 if refused else 400 if form.errors else 200
    page = render_template(
        f"accounts/{template}.html",
        form=form,
        wait=wait,
        refused=refused,
        next=asked_for(),
        **facts,
    )
    response = make_response(page, status)
    if wait:
        response.headers["Retry-After"] = str(wait * 60)
    return private(response)


def private(answer: str | Response) -> Response:
    """An answer that no cache keeps, and that the button Back does not show again."""
    response = make_response(answer)
    response.headers["Cache-Control"] = "no-store"
    return response
