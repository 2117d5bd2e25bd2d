"""Whether an account exists is told neither by the answer nor by its time.

Time on a busy machine says little, so what takes the time is counted: hashing, and statements.
"""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import entry, secrets
from app.accounts.actions import add_credential, add_person
from app.extensions import db
from tests.accounts.acts import FORM, member, register
from tests.acts import post
from tests.proof_reader import counted_queries

PHONE, EMAIL = "0905123456", "lan@banthach.vn"
DRAWN = re.compile(r'value="[^"]{20,}"|id="[^"]*"|aria-[a-z]+="[^"]*"')

Try = Callable[[FlaskClient, str], TestResponse]


def by_phone(client: FlaskClient, login: str) -> TestResponse:
    return post(client, "/login", phone=login, pin="000000")


def by_email(client: FlaskClient, login: str) -> TestResponse:
    return post(client, "/login/staff", email=login, password="không phải mật khẩu này")


@pytest.fixture(autouse=True)
def known(app) -> None:
    """Somebody with a PIN, somebody with a password."""
    member("Nguyễn Thị Hoa", PHONE)
    add_credential(add_person("Trần Thị Lan"), "password", EMAIL, "bốn từ khác nhau")
    db.session.commit()


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parameters of every hash that was compared."""
    compared: list[str] = []

    class Counting:
        def verify(self, known: str, secret: str) -> bool:
            compared.append(known.rpartition("$")[0].rpartition("$")[0])
            return real.verify(known, secret)

    real = secrets._hasher
    monkeypatch.setattr(secrets, "_hasher", Counting())
    return compared


TRIES = [(by_phone, PHONE, "0987654321"), (by_email, EMAIL, "khong@co.vn")]


@pytest.mark.parametrize(("attempt", "known_as", "unknown"), TRIES)
def test_known_and_unknown_cost_the_same_work(
    app, hashes: list[str], attempt: Try, known_as: str, unknown: str
) -> None:
    work = []
    for login in (known_as, unknown):
        hashes.clear()
        with counted_queries() as statements:
            attempt(app.test_client(), login)
        work.append((list(hashes), [one.split(" WHERE ")[0] for one in statements]))
    assert work[0] == work[1]
    assert len(work[0][0]) == 1


@pytest.mark.parametrize(("attempt", "known_as", "unknown"), TRIES)
def test_known_and_unknown_get_the_same_page(
    app, attempt: Try, known_as: str, unknown: str
) -> None:
    pages = []
    for login in (known_as, unknown):
        answer = attempt(app.test_client(), login)
        text = DRAWN.sub("", answer.text).replace(login, "…")
        headers = [name for name, _value in answer.headers if name != "Content-Length"]
        pages.append((answer.status_code, text, headers))
    assert pages[0] == pages[1]
    assert pages[0][0] == 401


@pytest.mark.parametrize(("attempt", "known_as", "unknown"), TRIES)
def test_known_and_unknown_are_slowed_down_alike(
    app, attempt: Try, known_as: str, unknown: str
) -> None:
    answers = [
        [attempt(client, login).status_code for _ in range(7)]
        for client, login in ((app.test_client(), known_as), (app.test_client(), unknown))
    ]
    assert answers[0] == answers[1]
    assert answers[0][-1] == 429


def test_an_unknown_phone_may_cost_as_much_as_a_familys(app, hashes: list[str]) -> None:
    for key, cost in (("0" * 64, 2), ("f" * 64, 1)):
        hashes.clear()
        entry.sign_in("pin", "0987654321", "000000", key, "b" * 64)
        assert len(hashes) == cost


def test_registering_answers_by_what_was_typed_and_asks_for_the_whole_of_it(
    client: FlaskClient,
) -> None:
    """That somebody is registered is told only to who knows name, phone and birth date, so that
    nobody registers twice; the phone alone, or with another name or day, tells nothing."""
    register(client)
    others = [
        register(client.application.test_client(), **changes)
        for changes in ({"full_name": "Lê Văn Khác"}, {"birth": "06/02/1961"})
    ]
    assert [answer.status_code for answer in others] == [303, 303]
    again = register(client.application.test_client())
    assert (again.status_code, "đã đăng ký" in again.text) == (400, True)
    assert FORM["pin"] not in again.text
