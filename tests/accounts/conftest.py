"""A provider of another's sign-in, started once for the tests of accounts."""

from collections.abc import Iterator

import pytest
from flask import Flask
from pydantic import SecretStr

from app.accounts import numbers, outside
from app.accounts.models import Person
from app.extensions import db
from tests.accounts.acts import member
from tests.accounts.neighbour import HOA, Neighbour, running

NEW, BEGIN = "/login/outside/new", "/login/outside/begin"


@pytest.fixture(scope="session")
def provider() -> Iterator[Neighbour]:
    """The provider, started once."""
    with running() as neighbour:
        yield neighbour


@pytest.fixture
def neighbour(app: Flask, provider: Neighbour) -> Iterator[Neighbour]:
    """The provider, and an app that knows it."""
    before = app.extensions["settings"]
    app.extensions["settings"] = before.model_copy(
        update={
            "oidc_issuer": provider.issuer,
            "oidc_client_id": "bdhvs",
            "oidc_client_secret": SecretStr("bi-mat-cua-phep-thu"),
            "oidc_name": "VNeID",
        }
    )
    app.extensions.pop(outside.NAME, None)
    yield provider
    app.extensions["settings"] = before
    app.extensions.pop(outside.NAME, None)


@pytest.fixture
def known_hoa(app: Flask) -> Person:
    """Bà Hoa has a PIN, and her office noted her personal number."""
    person = member("Nguyễn Thị Hoa")
    for name, value in numbers.stored(HOA)._asdict().items():
        setattr(person, name, value)
    db.session.commit()
    return person
