"""A passkey in a real browser, whose authenticator is Chromium's own virtual one."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models import Role
from tests.browser.acts import log_in_at_the_office, press
from tests.browser.eyes import findings
from tests.browser.site import Site
from tests.browser.visits import NARROW, Visits

EMAIL = "khoa.dang.nhap@demo.vn"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named(site: Site) -> Iterator[str]:
    """The site under a name, as browsers give no passkeys to numbers; the second factor is on."""
    address = site.url.replace("127.0.0.1", "localhost")
    before = site.app.extensions["settings"]
    wanted = {"base_url": address, "require_second_factor": True}
    site.app.extensions["settings"] = before.model_copy(update=wanted)
    yield address
    site.app.extensions["settings"] = before


@pytest.fixture
def office(site: Site) -> str:
    """Somebody of the staff signs in by e-mail."""
    site.officer("Trần Thị Khóa", Role.HR, "20335", EMAIL)
    return EMAIL


def with_authenticator(page: Page, **other: Any) -> tuple[Any, str]:
    """The browser's tools, and the number of a virtual authenticator in it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"options": {**AUTHENTICATOR, **other}}
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", options)["authenticatorId"]


def test_it_is_made_shown_and_taken_off(visits: Visits, named: str, office: str) -> None:
    visits.expect(f"asks outside: {named}/")
    page = visits.open_cold({**NARROW, "base_url": named})
    tools, authenticator = with_authenticator(page)
    log_in_at_the_office(page, office)
    page.wait_for_url("**/account/second**")
    press(page, "Dùng khóa đăng nhập thay cho mã")
    assert findings(page) == []
    page.get_by_label("Tên khóa").fill("Điện thoại của tôi")
    press(page, "Thêm khóa ở máy này")
    expect(page.get_by_text("Đã thêm khóa “Điện thoại của tôi”")).to_be_visible()
    kept = tools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})
    assert len(kept["credentials"]) == 1

    page.context.clear_cookies()
    log_in_at_the_office(page, office)
    page.wait_for_url("**/login/second**")
    assert findings(page) == []
    press(page, "Dùng khóa đăng nhập")
    page.wait_for_url("**/learn")
    page.goto("/staff")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/staff")

    page.goto("/account/passkeys")
    press(page, "Bỏ khóa Điện thoại của tôi")
    expect(page.get_by_text("Khóa ấy hết dùng được.")).to_be_visible()


def test_who_is_not_recognised_stays_outside(visits: Visits, named: str, site: Site) -> None:
    email = "khong.nhan.ra@demo.vn"
    site.officer("Trần Thị Lạ", Role.HR, "20335", email)
    visits.expect(f"asks outside: {named}/")
    page = visits.open_cold({**NARROW, "base_url": named})
    tools, authenticator = with_authenticator(page)
    log_in_at_the_office(page, email)
    page.goto("/account/passkeys")
    page.get_by_label("Tên khóa").fill("Máy bàn")
    press(page, "Thêm khóa ở máy này")
    expect(page.get_by_text("Đã thêm khóa")).to_be_visible()
    page.context.clear_cookies()
    log_in_at_the_office(page, email)
    page.wait_for_url("**/login/second**")
    unknown = {"authenticatorId": authenticator, "isUserVerified": False}
    tools.send("WebAuthn.setUserVerified", unknown)
    press(page, "Dùng khóa đăng nhập")
    expect(page.get_by_text("Chưa thấy khóa ở máy này")).to_be_visible()
    page.goto("/staff")
    page.wait_for_url("**/login/second**")
