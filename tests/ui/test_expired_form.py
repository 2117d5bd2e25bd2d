"""A form sent too late loses nothing: not when its token aged, not when the sign-in ended."""

import html
import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.units.models import Membership, Unit
from tests.accounts.acts import PIN, member
from tests.acts import rows

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def _tokens_count(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def fields(page: TestResponse) -> dict[str, str]:
    """What "Gửi lại" on a kept page sends, or a page's own hidden fields."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return {name: html.unescape(value) for name, value in HIDDEN.findall(main)}


@pytest.fixture
def hoa(app: Flask) -> Person:
    """Bà Hoa signs in with phone and PIN."""
    return member("Nguyễn Thị Hoa")


def sign_in(client: FlaskClient) -> None:
    """Sign in as a browser does, with the page's token."""
    sent = fields(client.get("/login?other=1")) | {"phone": "0905123456", "pin": PIN}
    assert client.post("/login", data=sent).status_code == 303


def forgotten(client: FlaskClient, commune: Unit) -> TestResponse:
    """The page of residence is opened, the session ends, the form is sent."""
    sign_in(client)
    typed = fields(client.get("/residence")) | {"commune": str(commune.id)}
    client.delete_cookie("session")
    return client.post("/residence", data=typed)


def test_the_page_says_what_to_do_and_keeps_what_was_typed(
    client: FlaskClient, hoa: Person, commune: Unit
) -> None:
    page = forgotten(client, commune)
    assert page.status_code == 401
    assert "Phiên đăng nhập đã hết" in page.text
    assert '<a href="/login" target="_blank" rel="noopener">' in page.text
    assert fields(page)["commune"] == str(commune.id)


def test_after_signing_in_it_is_sent_again(client: FlaskClient, hoa: Person, commune: Unit) -> None:
    kept = forgotten(client, commune)
    sign_in(client)
    fresh = client.post("/residence", data=fields(kept))
    assert fresh.status_code == 400
    assert "xin bấm gửi lại" in fresh.text
    assert client.post("/residence", data=fields(fresh)).status_code == 303
    assert [m.unit_id for m in rows(Membership, person_id=hoa.id)] == [commune.id]


def test_sent_again_without_signing_in_it_is_still_kept(
    client: FlaskClient, hoa: Person, commune: Unit
) -> None:
    page = forgotten(client, commune)
    for _ in range(2):
        page = client.post("/residence", data=fields(page))
        assert page.status_code == 401
        assert fields(page)["commune"] == str(commune.id)
    assert rows(Membership, person_id=hoa.id) == []


def test_an_aged_token_alone_needs_no_new_sign_in(
    client: FlaskClient, hoa: Person, commune: Unit
) -> None:
    sign_in(client)
    typed = fields(client.get("/residence")) | {"commune": str(commune.id), "csrf_token": "cũ"}
    page = client.post("/residence", data=typed)
    assert page.status_code == 400
    assert "Phiên đăng nhập đã hết" not in page.text
    assert client.post("/residence", data=fields(page)).status_code == 303


def test_secrets_are_not_shown_again(client: FlaskClient) -> None:
    sent = {"csrf_token": "cũ", "phone": "0905123456", "pin": PIN}
    page = client.post("/login", data=sent)
    assert "phone" in fields(page)
    assert PIN not in page.text


def test_what_another_site_filled_in_is_not_kept(client: FlaskClient) -> None:
    page = client.post(
        "/residence",
        data={"csrf_token": "x", "commune": "666"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert page.status_code == 400
    assert "666" not in page.text


def test_a_file_is_to_be_chosen_again(as_hr: FlaskClient, office: Unit) -> None:
    file = (io.BytesIO("Họ và tên\nTrần Văn An".encode()), "ds.csv")
    sent = {"unit": str(office.id), "kind": "work", "op_id": "a" * 32, "csrf_token": "old"}
    kept = as_hr.post("/staff/rosters/dry-run", data={**sent, "file": file})
    assert kept.status_code == 400
    assert "Chọn lại tệp" in kept.text
    assert 'type="file"' in kept.text and 'name="file"' in kept.text
    again = {**fields(kept), "file": (io.BytesIO("Họ và tên\nTrần Văn An".encode()), "ds.csv")}
    assert fields(kept)["unit"] == str(office.id)
    shown = as_hr.post("/staff/rosters/dry-run", data=again)
    assert shown.status_code == 200
    assert "Trần Văn An" in shown.text


def test_without_a_file_none_is_asked_for(client: FlaskClient) -> None:
    kept = client.post("/register", data={"full_name": "Nguyễn Thị Hoa", "csrf_token": "old"})
    assert 'type="file"' not in kept.text
