"""What a device does while nobody presses anything: it sends, and says how far it has come."""

from playwright.sync_api import Page, expect

from app.learning.models import StepCredit
from tests.browser.acts import press
from tests.browser.away import (
    CUT,
    count,
    expect_waiting,
    learner,
    offline,
    take_home,
    understood,
    with_worker,
)
from tests.browser.cast import ELDERS, RESIDENTS
from tests.browser.site import Site
from tests.browser.visits import PHONE, Visits
from tests.dropping_proxy import proxied

FIRST = f"/courses/{ELDERS}/bat-tat-sac-pin"
# every value that the bar and the words beside it ever had
WATCH = """() => {
  const bar = document.querySelector('.kept-bar');
  const words = document.querySelector('.kept-panel [role=status]');
  window.seen = { values: [], words: [], name: bar.getAttribute('aria-label') };
  const look = () => {
    if (!bar.hidden) window.seen.values.push(bar.value / bar.max);
    window.seen.words.push(words.textContent);
  };
  for (const one of [bar, words]) {
    const all = { attributes: true, childList: true, characterData: true };
    new MutationObserver(look).observe(one, all);
  }
}"""


def navigations(page: Page) -> list[str]:
    """Where this page goes from now on, however it comes to go there."""
    gone: list[str] = []
    page.on("framenavigated", lambda frame: gone.append(frame.url))
    return gone


def test_an_outbox_left_open_sends_when_the_network_returns(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    who = learner(site, "Nguyễn Thị Để Yên", ELDERS)
    page = visits.open_cold(PHONE, who)
    take_home(page, ELDERS)
    with offline(page):
        page.goto(FIRST)
        understood(page)
        page.wait_for_url(lambda url: FIRST not in url)
        page.goto("/sync")
        expect(page.locator("[data-list] li")).to_have_count(1)
        expect(page.locator("[data-state]")).to_contain_text("Máy đang không có mạng")
        gone = navigations(page)
        assert count(site, StepCredit, person_id=who.id) == 0
    expect(page.locator("[data-list] li")).to_have_count(0)
    expect(page.locator("[data-state]")).to_contain_text("Không có mục nào chờ gửi")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=who.id) == 1
    assert gone == []


def test_a_lesson_left_open_sends_too(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    who = learner(site, "Nguyễn Thị Đọc Tiếp", ELDERS)
    page = visits.open_cold(PHONE, who)
    take_home(page, ELDERS)
    with offline(page):
        page.goto(FIRST)
        understood(page)
        page.wait_for_url(lambda url: FIRST not in url)
        expect_waiting(page, 1)
        gone = navigations(page)
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=who.id) == 1
    assert gone == []


def test_the_download_says_how_far_it_has_come(site: Site, visits: Visits) -> None:
    with proxied(site.url) as line:
        visits.expect(f"asks outside: {line.url}", *CUT)
        page = visits.open_cold({**PHONE, "base_url": line.url})
        with_worker(page, f"/courses/{RESIDENTS}")
        press_download = page.locator(".kept-panel .button-download")
        size = press_download.inner_text().rpartition("·")[2].strip()
        page.evaluate(WATCH)
        line.delay, line.speed = 0.1, 50_000.0
        press_download.click()
        expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã tải về máy")
        seen = page.evaluate("window.seen")
    values = seen["values"]
    assert seen["name"] == "Tải về máy"
    assert values == sorted(values)
    assert len(set(values)) >= 4 and values[0] < 0.9 and values[-1] == 1
    said = [words for words in seen["words"] if words.startswith("Đang tải")]
    assert said and all(words.endswith(f"trên {size}") for words in said)
    expect(page.locator(".kept-bar")).to_be_hidden()


def test_what_was_refused_stands_there_with_its_reason(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    who = learner(site, "Nguyễn Thị Quá Dài", ELDERS)
    page = visits.open_cold(PHONE, who)
    take_home(page, ELDERS)
    with offline(page):
        page.goto(FIRST)
        page.locator("#unclear summary").click()
        # longer than the field lets people type: an older page let them
        page.locator("#ask-text").evaluate("(e) => { e.removeAttribute('maxlength'); }")
        page.fill("#ask-text", "Nút nào? " * 200)
        press(page, "Gửi cho người hỗ trợ")
        expect_waiting(page, 1)
        page.goto("/sync")
    line = page.locator("[data-list] li")
    expect(line).to_contain_text("Không ghi nhận: Nội dung dài quá mức cho phép")
    expect(line).to_contain_text("Hỏi người hỗ trợ")
    expect(page.locator(".waiting-bar:not(:empty)")).to_have_count(0)
