"""Registration and sign-in, in one line each."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.actions import add_credential, add_person
from app.accounts.models import Person
from app.extensions import db
from tests.acts import post

PIN = "285917"
FORM = {
    "full_name": "Nguyễn Thị Ngọc Ánh",
    "birth": "05/02/1961",
    "phone": "0905123456",
    "group": "nguoi-cao-tuoi",
    "pin": PIN,
    "pin_again": PIN,
    "consent": "y",
}


def register(client: FlaskClient, **changes: Any) -> TestResponse:
    """Send the registration form, filled in rightly but for the changes (None: left out)."""
    filled = {**FORM, **changes}
    return post(client, "/register", **{k: v for k, v in filled.items() if v is not None})


def sign_in(client: FlaskClient, phone: str = "0905123456", pin: str = PIN) -> TestResponse:
    """Send the sign-in form of learners."""
    return post(client, "/login", phone=phone, pin=pin)


def member(name: str, phone: str = "0905123456", pin: str = PIN) -> Person:
    """A person who signs in with this phone and PIN."""
    person = add_person(name, phone=phone)
    add_credential(person, "pin", phone, pin)
    db.session.commit()
    return person


def signed_in_as(client: FlaskClient) -> str | None:
    """The session's name for whoever is signed in, or None."""
    with client.session_transaction() as session:
        return session.get("_user_id")
