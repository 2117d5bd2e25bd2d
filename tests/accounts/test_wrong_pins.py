"""A wrong PIN ten times."""

from datetime import UTC, datetime, timedelta

import pytest

from app.lib import clock
from tests.accounts.acts import member, sign_in

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def test_after_five_one_is_asked_to_wait_and_told_how_long(client, app):
    member("Nguyễn Thị Hoa")
    pages = [sign_in(client, pin="999888") for _ in range(10)]
    assert [page.status_code for page in pages] == [401] * 4 + [429] * 6
    assert "Xin nghỉ tay 15 phút" in pages[-1].text
    assert pages[-1].headers["Retry-After"] == "900"


def test_meanwhile_the_right_pin_waits_too(client, app):
    member("Nguyễn Thị Hoa")
    for _ in range(5):
        sign_in(client, pin="999888")
    assert sign_in(client).status_code == 429


def test_after_the_wait_the_right_pin_opens(client, app):
    member("Nguyễn Thị Hoa")
    for _ in range(10):
        sign_in(client, pin="999888")
    with clock.frozen(NOON + timedelta(minutes=16)):
        assert sign_in(client).status_code == 303


def test_an_unknown_phone_waits_just_the_same(client):
    pages = [sign_in(client, pin="999888") for _ in range(5)]
    assert pages[-1].status_code == 429


def test_a_right_pin_makes_the_wrong_ones_forgotten(client, app):
    member("Nguyễn Thị Hoa")
    for _ in range(4):
        sign_in(client, pin="999888")
    sign_in(client)
    assert sign_in(app.test_client(), pin="999888").status_code == 401


def test_one_phone_s_wrong_pins_do_not_stop_another_phone(client, app):
    member("Nguyễn Thị Hoa")
    for _ in range(5):
        sign_in(client, phone="0914222333", pin="999888")
    assert sign_in(client).status_code == 303
