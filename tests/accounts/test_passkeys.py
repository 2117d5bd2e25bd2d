"""Passkeys of staff: made, shown after the password, named, several, removed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import passkeys, second_factor
from app.accounts.actions import add_credential
from app.accounts.factors import Passkey
from app.accounts.models import AuditLine, Person
from app.config import Settings
from app.extensions import db
from app.lib.ids import operation_id
from tests.accounts.authenticator import PAGE, PRESENT, SECOND, Authenticator, add, options_of, show
from tests.acts import post, rows

EMAIL, PASSWORD = "lan@banthach.vn", "mật khẩu dài của Lan"


@pytest.fixture(autouse=True)
def _required(app: Flask, settings: Settings) -> Iterator[None]:
    named = {"require_second_factor": True, "base_url": "https://hoc.vi.du"}
    app.extensions["settings"] = settings.model_copy(update=named)
    yield
    app.extensions["settings"] = settings


@pytest.fixture
def lan(hr: Person) -> Person:
    add_credential(hr, "password", EMAIL, PASSWORD)
    db.session.commit()
    return hr


@pytest.fixture
def as_lan(client: FlaskClient, lan: Person) -> FlaskClient:
    """Lan, signed in by password alone."""
    return login(client)


def login(client: FlaskClient) -> FlaskClient:
    assert post(client, "/login/staff", email=EMAIL, password=PASSWORD).status_code == 303
    return client


def test_made_it_opens_the_desk_now_and_after_the_next_password(as_lan: FlaskClient, lan: Person):
    key = Authenticator()
    assert as_lan.get("/staff").location.startswith(SECOND)
    assert PAGE in as_lan.get("/account/second").text
    assert add(as_lan, key).status_code == 303
    assert as_lan.get("/staff").status_code == 200
    again = login(as_lan.application.test_client())
    assert again.get("/staff").location.startswith(SECOND)
    assert show(again, key, "?next=/staff").location == "/staff"
    assert again.get("/staff").status_code == 200
    (known,) = rows(Passkey)
    assert (known.person_id, known.name, known.sign_count) == (lan.id, "Máy bàn", 1)
    assert [line.actor_id for line in rows(AuditLine, verb="make_passkey")] == [lan.id]


def test_a_password_alone_adds_no_key_and_no_app(as_lan: FlaskClient) -> None:
    add(as_lan, Authenticator())
    thief = login(as_lan.application.test_client())
    assert thief.get(PAGE).location.startswith(SECOND)
    assert thief.get("/account/second").location.startswith(SECOND)
    assert post(thief, f"{PAGE}/{rows(Passkey)[0].id}/removal").status_code == 404
    assert post(thief, PAGE, name="x", credential="{}").location.startswith(SECOND)
    assert len(rows(Passkey)) == 1


def test_beside_the_app_either_will_do(as_lan: FlaskClient, lan: Person) -> None:
    key = Authenticator()
    add(as_lan, key)
    assert "Gõ dãy này" in as_lan.get("/account/second").text
    nonce = "ab" * 16
    db.session.add(second_factor.SecondFactor(person_id=lan.id, nonce=nonce, last_step=0))
    db.session.commit()
    again = login(as_lan.application.test_client())
    page = again.get(SECOND).text
    assert "Dùng khóa đăng nhập" in page and "6 chữ số đang hiện" in page
    assert show(again, key).location == "/learn"


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://hoc.vi.du.ke-gian.vn"},
        {"host": "ke-gian.vn"},
        {"flags": PRESENT},
    ],
)
def test_a_key_for_another_site_or_without_its_owner_is_refused(
    as_lan: FlaskClient, wrong: dict[str, object]
) -> None:
    key = Authenticator()
    answer = add(as_lan, Authenticator(**wrong))
    assert (answer.status_code, "Chưa thêm được" in answer.text) == (401, True)
    add(as_lan, key)
    for name, value in wrong.items():
        setattr(key, name, value)
    again = login(as_lan.application.test_client())
    assert show(again, key).location.startswith(SECOND)
    assert again.get("/staff").location.startswith(SECOND)


def test_an_answer_counts_once_and_only_for_what_was_asked(as_lan: FlaskClient) -> None:
    key = Authenticator()
    add(as_lan, key)
    again = login(as_lan.application.test_client())
    answer = key.shown(options_of(again.get(SECOND)))
    other = login(as_lan.application.test_client())
    other.get(SECOND)
    assert post(other, f"{SECOND}/passkey", credential=answer).location.startswith(SECOND)
    assert post(again, f"{SECOND}/passkey", credential=answer).location == "/learn"
    third = login(as_lan.application.test_client())
    assert post(third, f"{SECOND}/passkey", credential=answer).location.startswith(SECOND)


def test_a_copied_key_whose_count_stands_still_is_refused(as_lan: FlaskClient) -> None:
    key = Authenticator(count=5)
    add(as_lan, key)
    key.count = 2
    assert show(login(as_lan.application.test_client()), key).location.startswith(SECOND)


def test_anothers_key_opens_nothing(as_lan: FlaskClient, stranger: Person) -> None:
    foreign = Authenticator()
    made = options_of(as_lan.get(PAGE))
    assert passkeys.make(stranger, "x", _challenge(as_lan), foreign.made(made), operation_id())
    db.session.commit()
    add(as_lan, Authenticator())
    again = login(as_lan.application.test_client())
    assert show(again, foreign).location.startswith(SECOND)


def _challenge(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return session["challenge"]


@pytest.mark.parametrize("broken", ["", "{}", "không phải JSON", '{"id": 1}', "[]", "null"])
def test_what_is_no_answer_is_no_fault(as_lan: FlaskClient, broken: str) -> None:
    as_lan.get(PAGE)
    assert post(as_lan, PAGE, name="x", credential=broken).status_code == 401
    add(as_lan, Authenticator())
    again = login(as_lan.application.test_client())
    again.get(SECOND)
    assert post(again, f"{SECOND}/passkey", credential=broken).location.startswith(SECOND)


def test_wrong_answers_are_slowed_down(as_lan: FlaskClient) -> None:
    key = Authenticator()
    add(as_lan, key)
    again = login(as_lan.application.test_client())
    for _ in range(5):
        again.get(SECOND)
        post(again, f"{SECOND}/passkey", credential="{}")
    assert show(again, key).location.startswith(SECOND)


def test_several_with_names_and_taken_off(as_lan: FlaskClient, lan: Person) -> None:
    for name in ("Máy bàn", "Điện thoại"):
        add(as_lan, Authenticator(), name)
    page = as_lan.get(PAGE).text
    assert "Máy bàn" in page and "Điện thoại" in page
    first, op_id = rows(Passkey)[0].id, operation_id()
    assert post(as_lan, f"{PAGE}/{first}/removal", op_id=op_id).status_code == 303
    assert post(as_lan, f"{PAGE}/{first}/removal", op_id=op_id).status_code == 404
    assert [one.name for one in rows(Passkey)] == ["Điện thoại"]
    assert [line.actor_id for line in rows(AuditLine, verb="remove_passkey")] == [lan.id]


def test_a_name_is_needed_and_ten_are_enough(as_lan: FlaskClient) -> None:
    assert add(as_lan, Authenticator(), "").status_code == 400
    for _ in range(passkeys.MOST):
        add(as_lan, Authenticator())
    answer = add(as_lan, Authenticator())
    assert "Đã có mười khóa" in answer.text
    assert len(rows(Passkey)) == passkeys.MOST


def test_an_administrator_resets_it_too(as_lan: FlaskClient, lan: Person, admin: Person) -> None:
    add(as_lan, Authenticator())
    second_factor.reset(admin.id, db.session.get_one(Person, lan.id))
    db.session.commit()
    assert rows(Passkey) == []
    assert login(as_lan.application.test_client()).get(SECOND).location.startswith("/account/sec")


def test_for_staff_and_signed_in_only(
    client: FlaskClient, as_learner: FlaskClient, as_stranger: FlaskClient
) -> None:
    assert "/login" in client.get(PAGE).location
    assert as_learner.get(PAGE).location == "/account"
    assert post(as_stranger, f"{PAGE}/1/removal").status_code == 404
    assert as_learner.get(f"{PAGE}/1/removal").status_code == 405


@pytest.mark.parametrize(
    ("address", "possible"),
    [
        ("https://hoc.vi.du", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://hoc.vi.du", False),
        ("https://[::1]", False),
    ],
)
def test_browsers_give_keys_to_sites_with_a_name(
    app: Flask, as_lan: FlaskClient, address: str, possible: bool
) -> None:
    settings = app.extensions["settings"]
    app.extensions["settings"] = settings.model_copy(update={"base_url": address})
    assert (PAGE in as_lan.get("/account/second").text) is possible
    assert as_lan.get(PAGE).status_code == (200 if possible else 303)
