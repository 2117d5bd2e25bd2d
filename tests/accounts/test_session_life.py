"""How long a session lasts, and what it does not take along."""

from datetime import timedelta

from flask.testing import FlaskClient

from app.lib import clock
from tests.accounts.acts import member, sign_in, signed_in_as


def test_what_was_in_the_session_before_signing_in_is_gone(client: FlaskClient) -> None:
    member("Nguyễn Thị Hoa")
    with client.session_transaction() as session:
        session["planted"], session["arrival"] = "x", {"subject": "ai đó"}
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session and "arrival" not in session


def test_a_session_ends_after_the_minutes_that_were_set(client: FlaskClient) -> None:
    member("Nguyễn Thị Hoa")
    answer = sign_in(client)
    (cookie,) = (c for c in answer.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "Expires=" in cookie and "HttpOnly" in cookie
    assert client.application.permanent_session_lifetime == timedelta(minutes=720)


def test_however_busy_it_ends_after_a_day(client: FlaskClient, monkeypatch) -> None:
    """Every page that changes the session writes the cookie anew; it does not last for ever."""
    # so that it is not the age of the cookie that ends it
    monkeypatch.setitem(
        client.application.config, "PERMANENT_SESSION_LIFETIME", timedelta(hours=30)
    )
    member("Nguyễn Thị Hoa")
    sign_in(client)
    assert signed_in_as(client) and client.get("/account").status_code == 200
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=23))
    assert client.get("/account").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))
    assert client.get("/account").location.startswith("/login")
