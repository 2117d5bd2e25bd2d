"""A secret typed into any form of the app is never written into a page again."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from wtforms import BooleanField, Field, Form, PasswordField, StringField

from app.ui.typed import may_be_shown_again

SECRET = re.compile(r"\bPIN\b|mật khẩu|\bmã\b|\bthẻ\b|\bcode\b|\bcard\b|\bpin\b", re.IGNORECASE)
# it is printed on a certificate for everybody to check
PUBLIC = {"number"}


def forms_of(base: type[Form]) -> Iterator[type[Form]]:
    """Every form class of the app's rooms."""
    for form in base.__subclasses__():
        if form.__module__.startswith("app."):
            yield form
        yield from forms_of(form)


def secrets_of(form: type[Form]) -> set[str]:
    """The names of fields that take a password, a PIN, or the code on a card."""
    fields = {name: getattr(form, name) for name in dir(form)}
    return {
        name
        for name, field in fields.items()
        if hasattr(field, "field_class") and holds_secret(name, field.field_class, field.args)
    } - PUBLIC


def holds_secret(name: str, kind: type[Field], said: tuple[object, ...]) -> bool:
    """Whether a field is one for secrets, by its kind, or by what it is called."""
    if issubclass(kind, PasswordField):
        return True
    words = f"{name.replace('_', ' ')} {said[0] if said else ''}"
    typed = issubclass(kind, StringField) and not issubclass(kind, BooleanField)
    return typed and bool(SECRET.search(words))


def test_every_secret_field_has_a_name_that_is_not_shown_again(app: Flask) -> None:
    forms = set(forms_of(Form))
    found = {(form.__name__, name) for form in forms for name in secrets_of(form)}
    assert {name for _, name in found} >= {
        "pin",
        "pin_again",
        "password",
        "current",
        "once",
        "once_again",
        "code",
        "card",
        "secret",
    }
    assert {(form, name) for form, name in found if may_be_shown_again(name)} == set()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        *((name, False) for name in ("current", "once", "once_again", "code", "card", "pin_again")),
        *((name, True) for name in ("phone", "full_name", "q-the-pin", "opinion")),
    ],
)
def test_an_aged_page_gives_back_what_is_no_secret(
    app: Flask, client: FlaskClient, name: str, shown: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        page = client.post("/login", data={"csrf_token": "cũ", name: "314159"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert page.status_code == 400
    assert ("314159" in page.text) is shown
