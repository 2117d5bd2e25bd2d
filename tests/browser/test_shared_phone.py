"""One phone, several learners: two taps to change over, and nothing left behind at the end."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.accounts.cards import issue_card
from app.accounts.models import Person
from app.extensions import db
from app.lib.ids import operation_id
from tests.browser.acts import log_in, press
from tests.browser.cast import ELDERS
from tests.browser.eyes import findings
from tests.browser.site import PIN, Site
from tests.browser.visits import NARROW, PHONE, Visits

GRANNY, BOY = "0905700001", "0905700002"
# what a learner's browser may keep in places that outlive a page
KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
})"""
FILL = """async () => {
  localStorage.note = 'Hoa'; sessionStorage.note = 'Hoa';
  await (await caches.open('lessons')).put('/x', new Response('Hoa'));
  await new Promise((done) => { indexedDB.open('outbox').onsuccess = (event) => {
    event.target.result.close(); done(); }; });
}"""


@pytest.fixture(scope="module")
def family(site: Site) -> None:
    """A grandmother and her grandson share a phone."""
    site.person("Nguyễn Thị Hoa", login=GRANNY)
    site.person("Trần Văn Bảo", login=BOY)


@pytest.fixture
def shared(visits: Visits, family: None) -> Page:
    """Their phone: both have learned on it, the grandson is signed in."""
    page = visits.open_cold(PHONE)
    for phone in (GRANNY, BOY):
        log_in(page, phone, PIN)
        page.wait_for_url("**/learn")
        if phone == GRANNY:
            switch(page)
    return page


def switch(page: Page) -> None:
    """The first tap: somebody else."""
    page.get_by_role("button", name="Đổi người").click()
    page.wait_for_url("**/login")


def tap_pin(page: Page, pin: str = PIN) -> None:
    """The PIN on the large digits, then in."""
    for digit in pin:
        page.get_by_role("button", name=digit, exact=True).click()
    press(page, "Vào học")


def end(page: Page) -> None:
    """The big button at the foot of every page."""
    page.get_by_role("button", name="Kết thúc, xóa khỏi máy này").click()
    page.wait_for_url(re.compile(r"/$"))


def test_two_taps_then_the_pin(shared: Page) -> None:
    switch(shared)
    press(shared, "Hoa N.")
    expect(shared.get_by_role("heading", name="Mã PIN của Hoa N.")).to_be_visible()
    tap_pin(shared)
    shared.wait_for_url("**/learn")
    expect(shared.get_by_role("link", name="Nguyễn Thị Hoa")).to_be_visible()


def test_the_digits_can_be_taken_back_pasted_over_and_seen(shared: Page) -> None:
    switch(shared)
    press(shared, "Hoa N.")
    field = shared.locator("#pin")
    for digit in "123":
        shared.get_by_role("button", name=digit, exact=True).click()
    shared.get_by_role("button", name="Xóa một số").click()
    expect(field).to_have_value("12")
    field.focus()
    shared.evaluate(
        """(pin) => { const data = new DataTransfer(); data.setData('text/plain', pin);
        const pasted = new ClipboardEvent('paste', {clipboardData: data, cancelable: true});
        if (!document.activeElement.dispatchEvent(pasted)) throw new Error('refused'); }""",
        PIN,
    )
    field.fill(PIN)
    press(shared, "Vào học")
    shared.wait_for_url("**/learn")


@pytest.mark.parametrize("leave", [switch, end], ids=["switch", "end"])
def test_the_button_back_shows_nobody_s_page(shared: Page, leave: Callable[[Page], None]) -> None:
    for address in ("/certificates", "/account", f"/courses/{ELDERS}", "/learn"):
        shared.goto(address)
        expect(shared.get_by_text("Trần Văn Bảo").first).to_be_visible()
    leave(shared)
    for _ in range(4):
        shared.go_back()
        expect(shared.get_by_text("Trần Văn Bảo")).to_have_count(0)
        expect(shared.get_by_role("button", name="Đổi người")).to_have_count(0)


def test_ending_leaves_nothing_in_the_browser(shared: Page) -> None:
    shared.evaluate(FILL)
    end(shared)
    kept = shared.evaluate(KEPT)
    assert "note" not in kept["local"] + kept["session"]
    assert "outbox" not in kept["databases"]
    assert "lessons" not in kept["caches"]
    names = {cookie["name"] for cookie in shared.context.cookies()}
    assert names <= {"session", "display", "device"}


def test_only_the_own_name_is_gone(shared: Page) -> None:
    end(shared)
    shared.goto("/login")
    expect(shared.get_by_role("link", name="Hoa N.")).to_be_visible()
    expect(shared.get_by_role("link", name="Bảo T.")).to_have_count(0)


def test_what_others_have_not_sent_stays_when_their_keeper_says_so(shared: Page) -> None:
    shared.evaluate(FILL)
    shared.evaluate(
        """() => document.addEventListener('bdhvs:leaving', (event) => {
        const keep = Object.assign(document.createElement('input'),
          {type: 'hidden', name: 'keep', value: 'others'});
        event.detail.form.append(keep); })"""
    )
    end(shared)
    assert "outbox" in shared.evaluate(KEPT)["databases"]


def test_without_scripts_too(visits: Visits, family: None) -> None:
    page = visits.open(PHONE, java_script_enabled=False)
    log_in(page, GRANNY, PIN)
    switch(page)
    press(page, "Hoa N.")
    expect(page.locator(".pin-keys")).to_have_count(0)
    page.fill("#pin", PIN)
    press(page, "Vào học")
    page.wait_for_url("**/learn")
    end(page)
    page.goto("/login")
    expect(page.locator("#phone")).to_be_visible()


def test_a_new_card_sets_the_pin_and_opens(site: Site, visits: Visits) -> None:
    who = site.person("Bh'riu Thị Mơ")
    with site.app.app_context():
        mo = db.session.get_one(Person, who.id)
        card = issue_card(mo, mo, None, operation_id())
        db.session.commit()
    assert card is not None
    page = visits.open(PHONE)
    page.goto(f"/c/{card.secret}")
    assert card.secret not in page.url
    page.fill("#pin", "471302")
    page.fill("#pin_again", "471302")
    press(page, "Đặt mã PIN này")
    # an office listed them: asked for their consent before the first lesson
    page.wait_for_url("**/account/consent**")
    page.locator("input[name=learning]").check()
    press(page, "Xong, vào học")
    page.wait_for_url("**/learn")
    end(page)
    page.goto(f"/c/{card.secret}")
    tap_pin(page, "471302")
    page.wait_for_url("**/learn")


def test_every_page_is_for_every_body(visits: Visits, family: None) -> None:
    page = visits.open(NARROW)
    visits.expect("status of 401")
    log_in(page, GRANNY, PIN)
    page.wait_for_url("**/learn")
    found = []
    for address in ("/account", "/account/pin"):
        page.goto(address)
        found += findings(page)
    switch(page)
    found += findings(page)
    press(page, "Hoa N.")
    found += findings(page)
    tap_pin(page, "000111")
    found += findings(page, "refused")
    for address in ("/login/code", f"/c/{'a' * 22}", "/forgot"):
        page.goto(address)
        found += findings(page)
    assert found == []
