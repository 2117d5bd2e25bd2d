"""The player as people use it: listen, choose a machine, tick, be glad; and what it weighs."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models import Person
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.extensions import db
from app.learning.asks import ask
from app.lessons.actions import put_bookmark, read_on, save_note
from app.lib.ids import operation_id
from tests.acts import pass_course
from tests.browser.away import CUT
from tests.browser.cast import ELDERS, HOME, RESIDENTS
from tests.browser.eyes import findings, pale_words
from tests.browser.meter import Traffic
from tests.browser.reading import FIRST, course_of, new_learner, until
from tests.browser.site import Site, Who
from tests.browser.visits import DESK, NARROW, PHONE, Visits

ANDROID = {**PHONE, "user_agent": "Mozilla/5.0 (Linux; Android 13; SM-A047F) Chrome/120 Mobile"}


def practical() -> tuple[Course, Step]:
    """Some practical of a published course."""
    return next(
        (course, step)
        for course in shelf.published()
        for step in course.steps
        if step.kind is StepKind.PRACTICAL
    )


@pytest.fixture
def learner(site: Site) -> Who:
    """Somebody who has just taken the elders' course."""
    return new_learner(site)


@pytest.fixture
def mute(site: Site) -> Iterator[None]:
    """The server has no program to speak with."""
    site.app.extensions["speaker"].able = False
    yield
    site.app.extensions["speaker"].able = True


def test_the_machine_reads_the_lesson_and_nothing_is_fetched_before(
    site: Site, visits: Visits, learner: Who
) -> None:
    page = visits.open_cold(PHONE, learner)
    traffic = Traffic.of(page, FIRST)
    assert not [address for address in traffic.addresses if "speech" in address]
    expect(page.locator(".hear-words")).to_contain_text("Giọng máy, chừng")
    with page.expect_response("**/speech.mp3*") as fetched:
        page.get_by_role("button", name="Nghe bài này").click()
    assert fetched.value.status in (200, 206)
    expect(page.get_by_role("button", name="Tạm dừng")).to_be_visible()
    until(page, "document.querySelector('.hear-player').currentTime > 0.3")
    page.get_by_role("button", name="Chậm").click()
    assert page.evaluate("document.querySelector('.hear-player').playbackRate") == 0.8
    page.get_by_role("button", name="Tạm dừng").click()
    expect(page.get_by_role("button", name="Nghe tiếp")).to_be_visible()
    page.reload()
    expect(page.locator(".hear-words")).not_to_contain_text("tải chừng")


def test_without_javascript_the_browser_s_own_player_stands(phone_without_javascript: Page) -> None:
    page = phone_without_javascript
    page.goto(FIRST)
    expect(page.locator("audio.hear-player")).to_be_visible()
    expect(page.locator(".hear-tools")).to_be_hidden()


def test_where_nothing_can_speak_nothing_is_offered(mute: None, phone: Page) -> None:
    phone.goto(FIRST)
    # this browser has no voice of its own either
    expect(phone.locator("#hear")).to_be_hidden()


VOICES = """
globalThis.said = [];
class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
globalThis.SpeechSynthesisUtterance = Utterance;
Object.defineProperty(globalThis, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
  getVoices: () => [{ lang: 'en-US', localService: true }, { lang: 'vi-VN', localService: LOCAL }],
  speak: (one) => said.push(one.text), cancel: () => {},
}) });
"""


@pytest.mark.parametrize("local", [True, False])
def test_the_device_speaks_only_vietnamese_and_asks_nobody_outside(
    local: bool, mute: None, visits: Visits
) -> None:
    page = visits.open_cold(PHONE)
    page.add_init_script(VOICES.replace("LOCAL", "true" if local else "false"))
    page.goto(FIRST)
    expect(page.locator("#hear")).to_be_visible(visible=local)
    if local:
        page.get_by_role("button", name="Nghe bài này").click()
        assert page.evaluate("said") == ["Bật máy, tắt máy, sạc pin"]


def test_without_a_network_the_device_s_voice_takes_over(visits: Visits) -> None:
    # pictures further down are asked for when the button comes into view
    visits.expect("blocked by Playwright", *CUT)
    page = visits.open_cold({**PHONE, "service_workers": "block"})
    page.add_init_script(VOICES.replace("LOCAL", "true"))
    page.goto(FIRST)
    page.context.set_offline(True)
    page.get_by_role("button", name="Nghe bài này").click()
    expect(page.locator(".hear-words")).to_have_text("Giọng đọc sẵn trong máy")
    assert page.evaluate("said")


def test_the_phone_at_hand_is_shown_and_each_passage_can_be_switched(visits: Visits) -> None:
    page = visits.open_cold(ANDROID)
    page.goto(FIRST)
    android, iphone = page.locator("[data-device=android]"), page.locator("[data-device=iphone]")
    expect(android.first).to_be_visible()
    expect(iphone.first).to_be_hidden()
    choice = page.locator(".variant-choice").first
    choice.get_by_role("button", name="Máy iPhone").click()
    expect(iphone.first).to_be_visible()
    expect(android.first).to_be_hidden()
    choice.get_by_role("button", name="Xem tất cả").click()
    expect(android.first).to_be_visible()
    expect(iphone.first).to_be_visible()


def test_without_javascript_all_machines_are_shown_with_their_names(
    phone_without_javascript: Page,
) -> None:
    page = phone_without_javascript
    page.goto(FIRST)
    for name in ("android", "iphone"):
        expect(page.locator(f"[data-device={name}] .device-name").first).to_be_visible()


def test_ticks_of_a_practical_stay_in_the_browser(visits: Visits, learner: Who) -> None:
    course, step = practical()
    page = visits.open_cold(PHONE, learner)
    page.goto(f"/courses/{course.slug}/{step.slug}", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("label.choice").nth(1).click()
    expect(page.locator(".ticks-state")).to_contain_text(f"1 trên {len(step.items)} việc")
    assert not asked
    page.reload()
    expect(page.locator("[data-tick]").nth(1)).to_be_checked()
    kept = json.loads(page.evaluate("JSON.stringify(localStorage)"))
    assert f"ticks:{learner.id}:{course.slug}/{step.slug}" in kept


def test_joy_is_quiet_and_sharing_is_the_learner_s(site: Site, visits: Visits) -> None:
    who = site.person("Bh'riu Thị Vui", home=HOME)
    with site.app.app_context():
        award = pass_course(db.session.get_one(Person, who.id), course_of(RESIDENTS))
        code = award.code
    page = visits.open_cold(DESK, who)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/learn/{RESIDENTS}/certificate")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chúc mừng Bh'riu Thị Vui!")
    page.get_by_role("button", name="Chia sẻ").click()
    expect(page.locator(".joy-state")).to_contain_text("Đã chép địa chỉ")
    assert str(page.evaluate("navigator.clipboard.readText()")).endswith(f"/v/{code}")


def test_a_learner_s_lesson_is_light_with_all_that_is_theirs(
    site: Site, visits: Visits, learner: Who
) -> None:
    page = visits.open_cold(PHONE, learner)
    cold = Traffic.of(page, FIRST)
    assert len(cold.addresses) <= 6, cold.addresses
    assert cold.size <= 100 * 1024
    again = Traffic.of(page, FIRST)
    assert again.size <= 15 * 1024, again


@pytest.fixture
def busy(site: Site, learner: Who) -> Who:
    """The learner has written, marked, asked and read on."""
    with site.app.app_context():
        person, course = db.session.get_one(Person, learner.id), course_of(ELDERS)
        save_note(person, course, course.steps[0], "Một ghi chép", operation_id())
        put_bookmark(person, course, course.steps[0], operation_id())
        read_on(person, course, course.steps[0], 20)
        ask(person, course, course.steps[0], "Sao?", operation_id())
        db.session.commit()
    return learner


def test_axe_finds_nothing_in_the_player_s_states(site: Site, visits: Visits, busy: Who) -> None:
    page = visits.open(NARROW, busy)
    course, step = practical()
    found = []
    for address in (
        FIRST,
        f"{FIRST}/notes",
        f"{FIRST}/asks",
        "/learn/notes",
        f"/learn/{ELDERS}",
        f"/courses/{course.slug}/{step.slug}",
    ):
        page.goto(address, wait_until="networkidle")
        if address == FIRST:
            expect(page.locator(".read-to")).to_be_visible()
            page.locator("#unclear summary").click()
        found += findings(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", ["contrast:normal.theme:dark", "contrast:high.theme:light"])
def test_every_ground_and_contrast(look: str, visits: Visits, busy: Who) -> None:
    page = visits.open_cold(NARROW, busy)
    origin = {"domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([{"name": "display", "value": f"text:large.{look}", **origin}])
    for address in (FIRST, "/learn/notes", f"/learn/{ELDERS}"):
        page.goto(address, wait_until="networkidle")
        assert not (found := pale_words(page)), f"{address}: {found}"
