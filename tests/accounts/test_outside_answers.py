"""What comes back from another's OpenID Connect is checked, and told in plain words."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError

from app.accounts import outside
from app.accounts.identity import OutsideIdentity
from app.accounts.models import Person
from app.config import Settings
from app.lib import clock
from tests.accounts.acts import sign_in, signed_in_as
from tests.accounts.neighbour import BEGIN, NEW, Neighbour, back, come, prove
from tests.acts import post, rows


def test_saying_no_there_is_told_in_plain_words(client: FlaskClient, neighbour: Neighbour) -> None:
    there = client.get("/login/outside").location
    answer = back(client, neighbour.refuse(there))
    assert (answer.status_code, "báo là đã hủy" in answer.text) == (400, True)


def test_an_answer_to_another_browser_opens_nothing(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person
) -> None:
    """Neither without the state of this browser, nor twice with the same code."""
    mine = neighbour.approve(client.get("/login/outside").location, "hoa")
    other = client.application.test_client()
    other.get("/login/outside")
    assert back(other, mine).status_code == 502
    assert back(client, mine).location == NEW
    assert back(client, mine).status_code == 502


@pytest.mark.parametrize("kept", ["nonce", "code_verifier"])
def test_nonce_and_verifier_are_checked(
    client: FlaskClient, neighbour: Neighbour, kept: str
) -> None:
    address = neighbour.approve(client.get("/login/outside").location, "hoa")
    with client.session_transaction() as session:
        (key,) = (key for key in session if key.startswith("_state_"))
        session[key]["data"][kept] = "m" * 48
        session.modified = True
    assert back(client, address).status_code == 502
    assert "arrival" not in dict(_session(client))


def _session(client: FlaskClient):
    with client.session_transaction() as session:
        return session


def test_a_token_signed_by_somebody_else_is_refused(
    app: Flask, client: FlaskClient, neighbour: Neighbour, monkeypatch
) -> None:
    address = neighbour.approve(client.get("/login/outside").location, "hoa")
    client_of_app = app.extensions[outside.NAME]
    (known, *others) = client_of_app.fetch_jwk_set()["keys"]
    forged = {**known, "n": known["n"][:40] + known["n"][40:][::-1]}
    monkeypatch.setattr(
        type(client_of_app), "fetch_jwk_set", lambda *_, **__: {"keys": [forged, *others]}
    )
    assert back(client, address).status_code == 502


def test_a_document_of_another_issuer_is_not_trusted(
    app: Flask, client: FlaskClient, neighbour: Neighbour
) -> None:
    settings = app.extensions["settings"]
    other = neighbour.issuer.replace("127.0.0.1", "localhost")
    app.extensions["settings"] = settings.model_copy(update={"oidc_issuer": other})
    assert client.get("/login/outside").status_code == 502


def test_a_provider_that_is_away_is_said_so(
    app: Flask, client: FlaskClient, neighbour: Neighbour
) -> None:
    settings = app.extensions["settings"]
    away = {"oidc_issuer": "http://127.0.0.1:9"}
    app.extensions["settings"] = settings.model_copy(update=away)
    answer = client.get("/login/outside")
    assert (answer.status_code, "vào bằng số điện thoại" in answer.text) == (502, True)


def test_there_is_a_quarter_of_an_hour_to_prove_it(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person, monkeypatch
) -> None:
    come(client, neighbour, "hoa")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=16))
    assert prove(client).location == "/login"
    assert rows(OutsideIdentity) == []


def test_signing_out_leads_to_the_other_sides_sign_out(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person
) -> None:
    come(client, neighbour, "hoa")
    prove(client)
    assert post(client, "/logout").location == "/logout/outside"
    assert f"{neighbour.issuer}/session/end?" in client.get("/logout/outside").text
    assert signed_in_as(client) is None
    sign_in(client)
    assert post(client, "/logout").location == "/"


def test_where_it_is_off_nothing_of_it_is_there(client: FlaskClient) -> None:
    assert "Vào bằng" not in client.get("/login").text
    for page in ("/login/outside", "/login/outside/return?code=x&state=y", NEW, BEGIN):
        assert "/login" in client.get(page).location
    assert client.get("/logout/outside").location == "/"
    assert prove(client).location == "/login"


def test_half_a_setting_is_refused_at_start() -> None:
    for wrong in (
        {"oidc_issuer": "http://vi.du"},
        {"oidc_issuer": "https://vi.du"},
        {"oidc_issuer": "https://vi.du", "oidc_client_id": "a", "oidc_claims": "sub=sub"},
    ):
        with pytest.raises(ValidationError, match="BDHVS_OIDC"):
            Settings(**wrong)
