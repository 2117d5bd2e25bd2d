"""Hashing is slow on purpose; nobody who writes waits for it."""

import pytest
from flask.testing import FlaskClient

from app.accounts import actions, entry, keys, secrets
from app.accounts.models import Credential, Person
from app.extensions import db
from app.ops import actions as ops_actions
from tests.accounts.acts import PIN, member, register, sign_in
from tests.accounts.cards import card_for, scan, take_over
from tests.acts import post, rows

OTHER_PIN = "381946"


@pytest.fixture(autouse=True)
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For every secret hashed: whether a transaction was open meanwhile."""
    turns: list[bool] = []

    def watched(secret: str) -> str:
        turns.append(db.session.registry().in_transaction())
        return secrets.hash_secret(secret)

    for module in (actions, entry, keys, ops_actions):
        monkeypatch.setattr(module, "hash_secret", watched)
    return turns


def test_registering(client: FlaskClient, hashed: list[bool]) -> None:
    assert register(client).status_code == 303
    assert hashed == [False]


def test_an_administrator_makes_a_password(
    as_admin: FlaskClient, hr: Person, hashed: list[bool]
) -> None:
    page = post(as_admin, "/admin/passwords", person=str(hr.id), email="lan@banthach.vn")
    assert page.status_code == 200
    assert hashed == [False]
    assert [known.kind for known in rows(Credential)] == ["password"]


def test_a_card_takes_over(client, learner: Person, admin: Person, hashed: list[bool]) -> None:
    scan(client, card_for(learner, admin))
    assert take_over(client).status_code == 303
    assert hashed == [False]


def test_changing_the_pin(client: FlaskClient, hashed: list[bool]) -> None:
    member("Nguyễn Thị Hoa")
    hashed.clear()
    sign_in(client)
    wanted = {"current": PIN, "pin": OTHER_PIN, "pin_again": OTHER_PIN}
    assert post(client, "/account/pin", **wanted).status_code == 303
    assert hashed == [False]
