"""Lessons over a line as thin as 2G, with the service worker on: 400 kbit/s, 300 ms.

The line itself is thin (tests.dropping_proxy), because a browser's own emulation does not reach
what its service worker fetches.
"""

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.away import CUT, learner, take_home, with_worker
from tests.browser.cast import ELDERS
from tests.browser.reading import until
from tests.browser.site import Site
from tests.browser.visits import PHONE, Visits
from tests.dropping_proxy import Proxy, proxied

LESSONS = [f"/courses/{ELDERS}/{slug}" for slug in ("bat-tat-sac-pin", "chu-to-am-luong")]
KILOBYTE = 1024
# seconds until the words of a lesson can be read
FIRST_READABLE, AGAIN_READABLE = 6.0, 3.0


@pytest.fixture
def line(site: Site, visits: Visits) -> Iterator[Proxy]:
    """A thin way to the site."""
    with proxied(site.url) as line:
        visits.expect(f"asks outside: {line.url}", *CUT)
        line.delay, line.speed = 0.3, 400_000 / 8
        yield line


def readable(page: Page, address: str) -> float:
    """Go to a page; seconds until its words stood there."""
    page.goto(address, wait_until="load")
    painted: float = page.evaluate(
        """async () => {
          const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
          while (!seen()) await new Promise((go) => setTimeout(go, 20));
          return seen().startTime;
        }"""
    )
    return painted / 1000


def figures(line: Proxy, what: str, seconds: float) -> tuple[int, int]:
    """Tell (pytest -s shows it) and forget what the line carried: (requests, bytes)."""
    requests, size = len(line.carried), sum(size for _, size in line.carried)
    told = [f"{what}: {seconds:.1f} s, {requests} requests, {size / KILOBYTE:.1f} KB"]
    told += [f"    {size_of:>7} {path}" for path, size_of in line.carried]
    sys.stdout.write("\n".join([*told, ""]))
    line.carried.clear()
    return requests, size


def settled(page: Page) -> None:
    """Wait until nothing more is asked for, the worker's own needs included."""
    until(page, "!!navigator.serviceWorker.controller")
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise((go) => setTimeout(go, 1500))")


def test_a_first_lesson_and_the_next_one(visits: Visits, line: Proxy) -> None:
    page = visits.open_cold({**PHONE, "base_url": line.url})
    cold = readable(page, LESSONS[0])
    settled(page)
    requests, size = figures(line, "first lesson, worker and its needs included", cold)
    assert size <= 100 * KILOBYTE
    assert requests <= 6
    assert cold <= FIRST_READABLE
    warm = readable(page, LESSONS[1])
    settled(page)
    figures(line, "next lesson, with pictures never seen", warm)
    assert warm <= AGAIN_READABLE
    again = readable(page, LESSONS[1])
    settled(page)
    _, size = figures(line, "the same again", again)
    assert size <= 15 * KILOBYTE


def test_a_learners_lessons(site: Site, visits: Visits, line: Proxy) -> None:
    page = visits.open_cold(
        {**PHONE, "base_url": line.url}, learner(site, "Zơrâm Thị Chậm", ELDERS)
    )
    cold = readable(page, LESSONS[0])
    settled(page)
    _, size = figures(line, "a learner's first lesson", cold)
    assert size <= 100 * KILOBYTE
    warm = readable(page, LESSONS[1])
    settled(page)
    figures(line, "a learner's next lesson, with pictures never seen", warm)
    assert warm <= AGAIN_READABLE
    again = readable(page, LESSONS[1])
    settled(page)
    _, size = figures(line, "the same again", again)
    assert size <= 15 * KILOBYTE


def test_a_taken_course_costs_what_was_said(visits: Visits, line: Proxy) -> None:
    page = visits.open_cold({**PHONE, "base_url": line.url})
    with_worker(page, f"/courses/{ELDERS}")
    settled(page)
    said = page.locator(".kept-panel .button-download").inner_text()
    line.carried.clear()
    take_home(page, ELDERS)
    _, size = figures(line, f"taken home, said {said}", 0)
    kilobytes = int("".join(c for c in said.rpartition("·")[2] if c.isdigit()))
    # the course's page itself was opened once more
    assert size / KILOBYTE <= kilobytes * 1.15 + 20
    page.context.set_offline(True)
    away = readable(page, LESSONS[0])
    assert away <= 2.0
    assert line.carried == []
