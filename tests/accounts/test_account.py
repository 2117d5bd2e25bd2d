"""My account: the PIN, the devices that know me, signing out everywhere."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_credential
from app.accounts.models import AuditLine, DeviceProfile, Person
from app.extensions import db
from tests.accounts.acts import PIN, member, sign_in, signed_in_as
from tests.accounts.cards import card_for
from tests.acts import post, rows

OTHER_PIN, PASSWORD, NEW = "381946", "mật khẩu dài của Lan", "đèn dầu và trang vở"


@pytest.fixture
def hoa(app) -> Person:
    return member("Nguyễn Thị Hoa")


@pytest.fixture
def as_hoa(client: FlaskClient, hoa: Person) -> FlaskClient:
    sign_in(client)
    return client


def test_shows_how_and_where_i_am_known(as_hoa, hoa, admin):
    card_for(hoa, admin)
    page = as_hoa.get("/account").text
    for words in ("Nguyễn Thị Hoa", "Đổi mã PIN", "Hoa N.", "máy này", "Mất thẻ"):
        assert words in page


def test_another_pin_for_whoever_knows_the_old_one(as_hoa, app):
    wanted = {"current": PIN, "pin": OTHER_PIN, "pin_again": OTHER_PIN}
    elsewhere = app.test_client()
    sign_in(elsewhere)
    assert post(as_hoa, "/account/pin", **wanted).location == "/account"
    assert "Đã đổi mã PIN" in as_hoa.get("/account").text
    assert elsewhere.get("/learn").status_code == 302
    assert sign_in(app.test_client(), pin=OTHER_PIN).status_code == 303
    assert sign_in(app.test_client(), pin=PIN).status_code == 401
    assert [line.verb for line in rows(AuditLine)] == ["change_pin"]


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"current": "999888"}, 401, "Mã PIN đang dùng chưa đúng"),
        ({"current": ""}, 400, "Chưa có mã PIN đang dùng."),
        ({"pin_again": PIN}, 400, "không giống nhau"),
        ({"pin": "123456", "pin_again": "123456"}, 400, "dãy số liền nhau"),
        ({"pin": "512345", "pin_again": "512345"}, 400, "số điện thoại"),
    ],
)
def test_says_what_to_mend(as_hoa, app, changes, status, words):
    wanted = {"current": PIN, "pin": OTHER_PIN, "pin_again": OTHER_PIN}
    page = post(as_hoa, "/account/pin", **{**wanted, **changes})
    assert page.status_code == status
    assert words in page.text
    assert sign_in(app.test_client()).status_code == 303


def test_guessing_the_old_one_is_slowed(as_hoa):
    wanted = {"current": "999888", "pin": OTHER_PIN, "pin_again": OTHER_PIN}
    pages = [post(as_hoa, "/account/pin", **wanted) for _ in range(5)]
    assert pages[-1].status_code == 429


def test_staff_change_the_password(client, app, hr):
    add_credential(hr, "password", "lan@banthach.vn", PASSWORD)
    db.session.commit()
    post(client, "/login/staff", email="lan@banthach.vn", password=PASSWORD)
    assert "Bảo vệ hai lớp" in client.get("/account").text
    assert post(client, "/account/password", current="sai", password=NEW).status_code == 401
    assert post(client, "/account/password", current=PASSWORD, password="ngắn").status_code == 400
    assert post(client, "/account/password", current=PASSWORD, password=NEW).status_code == 303
    assert not rows(DeviceProfile)
    again = post(app.test_client(), "/login/staff", email="lan@banthach.vn", password=NEW)
    assert again.status_code == 303


def test_signing_out_everywhere_but_here(as_hoa, app, hoa):
    elsewhere = app.test_client()
    sign_in(elsewhere)
    assert post(as_hoa, "/account/sessions").location == "/account"
    assert elsewhere.get("/learn").status_code == 302
    assert 'name="phone"' in elsewhere.get("/login").text
    assert "Đã thoát khỏi mọi máy khác" in as_hoa.get("/account").text
    assert len(rows(DeviceProfile)) == 1


@pytest.mark.parametrize("name", ["N. T. H.", "Hoa", "Nguyễn Thị Hoa"])
def test_i_choose_the_name_that_others_see_here(as_hoa, name):
    assert post(as_hoa, "/account", name=name).status_code == 303
    post(as_hoa, "/switch")
    assert f">{name}</span>" in as_hoa.get("/login").text


def test_no_other_name(as_hoa):
    assert post(as_hoa, "/account", name="Chủ tịch").status_code == 400
    assert rows(DeviceProfile)[0].shown_name == "Hoa N."


def test_where_i_am_not_known_there_is_no_name_to_choose(as_learner):
    assert "Chưa máy nào" in as_learner.get("/account").text
    post(as_learner, "/account", name="Hoa")
    assert not rows(DeviceProfile)


@pytest.mark.parametrize("address", ["/account", "/account/pin", "/account/password"])
def test_signed_out_one_is_asked_to_sign_in(client, address):
    assert client.get(address).location.startswith("/login?")


def test_only_mine(as_hoa, app, stranger):
    assert post(as_hoa, "/account/sessions", op_id="x").location == "/account"
    assert "Liếc" not in as_hoa.get("/account").text
    assert signed_in_as(as_hoa)
    assert as_hoa.get("/account/sessions").status_code == 405
