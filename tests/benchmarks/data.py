"""`make bench-data`: what an evening of learning costs in data, and how long one waits on 2G.

A real browser with its service worker, behind a line (tests.dropping_proxy) of 400 kbit/s and
300 ms there and back, on which 5 % of the packets come only the second time. Both ways are
counted, heads included. Prints the rows of README's table; 1 when a bound does not hold.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app.content.models import StepKind
from app.extensions import db
from app.sync.models import SyncedOperation
from tests.browser.acts import press
from tests.browser.away import course, expect_waiting, learner, offline, take_home, understood
from tests.browser.cast import ELDERS, RESIDENTS
from tests.browser.papers import answer_rightly, asked, length
from tests.browser.site import Site, Who, created, served
from tests.browser.visits import PHONE
from tests.dropping_proxy import Proxy, proxied

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
KILOBYTE = 1024
DELAY, SPEED, PACKET_LOSS = 0.3, 400_000 / 8, 0.05
PAINTED = """async () => {
  const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
  while (!seen()) await new Promise((go) => setTimeout(go, 20));
  return seen().startTime / 1000;
}"""
# kilobytes, requests, seconds
BOUNDS = {
    "Bài đầu, máy chưa có gì": (100, 6, 6.0),
    "Mở lại chính bài ấy": (15, 6, 3.0),
    "Buổi học không mạng: 3 bài, rồi gửi đi": (60, 12, 0.0),
}
Scene = Callable[["Evening"], float]


class Evening:
    """One person's phone on the thin line."""

    def __init__(self, site: Site, line: Proxy, context: BrowserContext) -> None:
        self.site, self.line = site, line
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)

    def sign_in(self, who: Who) -> None:
        """From here on this person is signed in."""
        self.context.add_cookies([self.site.session_cookie(who)])

    def open(self, address: str) -> float:
        """Go to a page; seconds until its words stood there."""
        self.page.goto(address, wait_until="load")
        seconds: float = self.page.evaluate(PAINTED)
        return seconds

    def settle(self) -> None:
        """Wait until nothing more is asked for."""
        self.page.wait_for_load_state("networkidle")
        before = -1
        while before != len(self.line.carried):
            before = len(self.line.carried)
            time.sleep(2)


def main() -> int:
    """Measure every scene; 0 when every bound holds."""
    held = []
    with tempfile.TemporaryDirectory() as folder:
        app = created(Path(folder))
        with app.app_context():
            upgrade()
            db.engine.dispose()
        with served(Path(folder)) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            for told in (_visitor, _learner, _taken_home, _away):
                held += [_row(*measured) for measured in told(site, browser)]
            browser.close()
    return 0 if all(held) else 1


@contextmanager
def _evening(site: Site, browser: Browser, **facts: Any) -> Iterator[Evening]:
    with proxied(site.url) as line:
        line.delay, line.speed, line.packet_loss = DELAY, SPEED, PACKET_LOSS
        context = browser.new_context(base_url=line.url, locale="vi-VN", **PHONE)
        yield Evening(site, line, context)
        context.close()


Measured = tuple[str, float, int, float]


def _of(evening: Evening, name: str, scene: Callable[[], float | None]) -> Measured:
    """What a scene cost: (name, kilobytes both ways, requests, seconds until readable)."""
    line = evening.line
    line.carried.clear()
    line.asked = 0
    seconds = scene() or 0.0
    evening.settle()
    size = line.asked + sum(size for _, size in line.carried)
    return name, size / KILOBYTE, len(line.carried), seconds


def _visitor(site: Site, browser: Browser) -> Iterator[Measured]:
    first, following = (f"/courses/{ELDERS}/{step.slug}" for step in course(ELDERS).steps[:2])
    with _evening(site, browser) as evening:
        yield _of(evening, "Bài đầu, máy chưa có gì", lambda: evening.open(first))
        yield _of(evening, "Bài kế tiếp", lambda: evening.open(following))
        yield _of(evening, "Mở lại chính bài ấy", lambda: evening.open(following))


def _learner(site: Site, browser: Browser) -> Iterator[Measured]:
    with _evening(site, browser) as evening:
        evening.sign_in(learner(site, "Zơrâm Thị Chăm", ELDERS))
        evening.open("/learn")
        evening.settle()
        yield _of(evening, "Một bài: đọc, thử sức, đã hiểu", lambda: _one_lesson(evening))
        yield _of(evening, "Bài kiểm tra cuối khóa, từ đầu tới kết quả", lambda: _test(evening))


def _one_lesson(evening: Evening) -> float:
    page = evening.page
    step = course(ELDERS).steps[0]
    seconds = evening.open(f"/courses/{ELDERS}/{step.slug}")
    practice = page.locator("form.practice").first
    practice.get_by_role("radio").first.check()
    practice.get_by_role("button").click()
    expect(practice.locator(".verdict-why")).to_be_visible()
    understood(page)
    page.wait_for_url(lambda url: step.slug not in url)
    return seconds


def _test(evening: Evening) -> None:
    page, site = evening.page, evening.site
    evening.open(f"/courses/{ELDERS}/{course(ELDERS).steps[-1].slug}/test")
    press(page, "Bắt đầu làm bài")
    page.wait_for_url("**/attempts/*/1")
    attempt_id = int(page.url.split("/")[-2])
    for number in range(1, length(site, attempt_id) + 1):
        page.wait_for_url(f"**/attempts/{attempt_id}/{number}")
        answer_rightly(page, asked(site, attempt_id, number))
        page.locator(".lesson-action .button-main").click()
    press(page, "Nộp bài")
    page.wait_for_url(f"**/attempts/{attempt_id}")


def _taken_home(site: Site, browser: Browser) -> Iterator[Measured]:
    for slug in (ELDERS, RESIDENTS):
        with _evening(site, browser) as evening:
            evening.open(f"/courses/{slug}")
            evening.settle()
            name = f"Tải cả khóa về máy: {course(slug).title}"
            yield _of(evening, name, lambda slug=slug, it=evening: take_home(it.page, slug))


def _away(site: Site, browser: Browser) -> Iterator[Measured]:
    lessons = [step.slug for step in course(ELDERS).steps if step.kind is StepKind.LESSON][:3]
    with _evening(site, browser) as evening:
        who = learner(site, "Bh'riu Thị Xa", ELDERS)
        evening.sign_in(who)
        take_home(evening.page, ELDERS)
        evening.settle()
        yield _of(
            evening,
            "Buổi học không mạng: 3 bài, rồi gửi đi",
            lambda: _three_lessons(evening, lessons),
        )
        with site.app.app_context():
            done = db.session.query(SyncedOperation).filter_by(person_id=who.id, kind="complete")
            assert done.count() == len(lessons)


def _three_lessons(evening: Evening, lessons: list[str]) -> float:
    page = evening.page
    seconds = []
    with offline(page):
        for slug in lessons:
            seconds.append(evening.open(f"/courses/{ELDERS}/{slug}"))
            understood(page)
            page.wait_for_url(lambda url, slug=slug: slug not in url)
    expect_waiting(page, 0)
    return max(seconds)


def _row(name: str, kilobytes: float, requests: int, seconds: float) -> bool:
    most = BOUNDS.get(name)
    sizes, times, waits = most or (0, 0, 0)
    held = not most or (
        kilobytes <= sizes and requests <= times and (not waits or seconds <= waits)
    )
    said = f"{kilobytes:.0f} KB" if kilobytes < KILOBYTE else f"{kilobytes / KILOBYTE:.1f} MB"
    waited = f"{seconds:.1f} giây" if seconds else ""
    print(f"| {name} | {said} | {requests} | {waited} |{'' if held else ' KHÔNG ĐẠT'}", flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main())
