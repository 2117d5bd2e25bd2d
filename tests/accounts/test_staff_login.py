"""Staff sign in with e-mail and password."""

import pytest

from app.accounts.actions import add_credential
from app.extensions import db
from tests.accounts.acts import signed_in_as
from tests.acts import post

PASSWORD = "mật khẩu dài của Lan"


@pytest.fixture
def lan(hr):
    add_credential(hr, "password", "lan@banthach.vn", PASSWORD)
    db.session.commit()
    return hr


@pytest.mark.parametrize("email", ["lan@banthach.vn", " Lan@BanThach.vn "])
def test_leads_to_the_start_page(client, lan, email):
    answer = post(client, "/login/staff", email=email, password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/learn")
    assert signed_in_as(client) == lan.get_id()


@pytest.mark.parametrize("email", ["lan@banthach.vn", "ai-do@banthach.vn"])
def test_refused_without_saying_whether_the_account_exists(client, lan, email):
    page = post(client, "/login/staff", email=email, password="sai")
    assert page.status_code == 401
    assert "Thư điện tử hoặc mật khẩu chưa đúng" in page.text
    assert signed_in_as(client) is None


def test_a_password_is_no_pin(client, lan):
    assert post(client, "/login", phone="0905123456", pin=PASSWORD).status_code == 401


def test_says_what_is_missing(client):
    page = post(client, "/login/staff", email="", password="")
    assert page.status_code == 400
    assert "Chưa có thư điện tử." in page.text


def test_after_five_wrong_ones_one_waits(client, lan):
    pages = [
        post(client, "/login/staff", email="lan@banthach.vn", password="sai") for _ in range(5)
    ]
    assert pages[-1].status_code == 429
    assert "Quên mật khẩu" in pages[-1].text
