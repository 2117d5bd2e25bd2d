"""Being away from the network in tests: a device that takes courses home, and what it holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, expect

from app.accounts.models import Person
from app.content.models import Course
from app.content.shelf import shelf
from app.extensions import db
from app.learning.actions import enrol
from app.lib.ids import operation_id
from tests.acts import rows
from tests.browser.acts import press
from tests.browser.reading import until
from tests.browser.site import Site, Who

# what a browser says of a line that is cut, and of nothing else
CUT = (
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_FAILED",
    "net::ERR_EMPTY_RESPONSE",
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_CONNECTION_RESET",
    "Failed to load resource",
)


def learner(site: Site, full_name: str, slug: str, **facts: Any) -> Who:
    """Somebody who has taken a course."""
    who = site.person(full_name, **facts)
    with site.app.app_context():
        enrol(db.session.get_one(Person, who.id), course(slug), operation_id())
        db.session.commit()
    return who


def course(slug: str) -> Course:
    """A course as it is served."""
    found = shelf.library.course(slug)
    assert found
    return found


def with_worker(page: Page, address: str) -> None:
    """Open a page, and wait until the service worker serves this browser.

    One whose installation broke is never ready: the next page tries again, as it does at home.
    """
    for last in (False, False, True):
        page.goto(address)
        try:
            until(page, "!!navigator.serviceWorker.controller")
            return
        except AssertionError:
            if last:
                raise


def take_home(page: Page, slug: str) -> None:
    """Press "Tải về máy" on the course's page and wait until all of it is here."""
    with_worker(page, f"/courses/{slug}")
    page.locator(".kept-panel .button-download").click()
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã tải về máy")


def take_paper(page: Page) -> None:
    """On the course's page: take its test along."""
    page.get_by_role("button", name="Mang bài kiểm tra theo").click()
    expect(page.locator(".kept-panel")).to_contain_text("Mở bài kiểm tra đã mang theo")


def hand_in(page: Page) -> None:
    """Press "Nộp bài", the last button of a paper, and nothing that is called alike."""
    page.get_by_role("button", name="Nộp bài", exact=True).click()


def understood(page: Page) -> None:
    """Press the one main button of a kept lesson."""
    press(page, "Đã hiểu")


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """Inside the block this browser has no network."""
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)


def expect_waiting(page: Page, number: int) -> None:
    """How many acts wait, as every page says it: nothing, where nothing waits."""
    if number:
        expect(page.locator(".waiting-bar")).to_have_text(f"{number} mục chờ gửi")
    else:
        until(page, "!localStorage.waiting")
        expect(page.locator(".waiting-bar:not(:empty)")).to_have_count(0)


def held(page: Page, shelf_name: str = "acts") -> list[dict[str, Any]]:
    """What stands on one shelf of the device's own store."""
    found: list[dict[str, Any]] = page.evaluate(
        """(name) => new Promise((resolve, reject) => {
          const opening = indexedDB.open('learning');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const asked = opening.result.transaction(name).objectStore(name).getAll();
            asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
          };
        })""",
        shelf_name,
    )
    return found


def cached(page: Page) -> dict[str, str]:
    """Everything in the browser's caches, by address."""
    found: dict[str, str] = page.evaluate(
        """async () => {
          const all = {};
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys())
              all[request.url] = await (await cache.match(request)).text();
          }
          return all;
        }"""
    )
    return found


def count(site: Site, model: Any, **by: Any) -> int:
    """How many rows of a table have these values."""
    with site.app.app_context():
        return len(rows(model, **by))
