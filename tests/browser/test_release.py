"""A new release reaches browsers that still run the one before, and nothing is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.learning.models import StepCredit
from app.sync import batch
from app.ui.assets import Asset
from tests.browser.acts import press
from tests.browser.away import (
    CUT,
    cached,
    count,
    expect_waiting,
    held,
    learner,
    offline,
    take_home,
    understood,
    with_worker,
)
from tests.browser.cast import ELDERS
from tests.browser.site import Site
from tests.browser.visits import PHONE, Visits

FIRST = f"/courses/{ELDERS}/bat-tat-sac-pin"
Publish = Callable[[str], None]


@pytest.fixture
def publish(site: Site) -> Iterator[Publish]:
    """Publish a release whose worker is another one: its shell has another name."""
    made: dict[str, Asset] = site.app.extensions["sync"]
    before = made["worker"]

    def release(name: str) -> None:
        script = before.body.replace(b"'shell-", f"'shell-{name}-".encode(), 1)
        made["worker"] = replace(before, path=f"sw.{name}.js", body=script)

    yield release
    made["worker"] = before


def shells(page: Page) -> list[str]:
    """The names of the shells that this browser keeps."""
    names: list[str] = page.evaluate("caches.keys()")
    return [name for name in names if name.startswith("shell-")]


def update(page: Page) -> None:
    """The browser looks for a new worker, as it does by itself at the latest after a day."""
    page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          await registration.update();
          const coming = registration.installing;
          while (coming?.state === 'installing') await new Promise((go) => setTimeout(go, 20));
        }"""
    )


def test_the_open_page_goes_on_and_the_next_one_changes_over(
    visits: Visits, publish: Publish
) -> None:
    page = visits.open_cold(PHONE)
    with_worker(page, FIRST)
    [old] = shells(page)
    page.locator("form.practice input").first.check()
    publish("hai")
    update(page)
    # the new one is there whole, and the old one still serves this page
    assert len(shells(page)) == 2
    expect(page.locator("form.practice input").first).to_be_checked()
    press(page, "Sang bài tiếp")
    page.wait_for_load_state("load")
    page.evaluate(
        "async () => { while ((await caches.keys()).length > 1) await new Promise(setTimeout); }"
    )
    [new] = shells(page)
    assert new != old and "hai" in new


def test_a_release_that_does_not_come_whole_takes_nothing_away(
    site: Site, visits: Visits, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits.expect(*CUT, "503")
    page = visits.open_cold(PHONE)
    with_worker(page, FIRST)
    before = shells(page)
    monkeypatch.setitem(site.app.view_functions, "sync.equipment", lambda: ("", 503))
    publish("hong")
    page.evaluate("navigator.serviceWorker.ready.then((r) => r.update()).catch(() => {})")
    page.evaluate("new Promise((go) => setTimeout(go, 500))")
    page.reload()
    with offline(page):
        page.goto("/learn")
        expect(page.locator("h1")).to_have_text("Đã tải về máy")
    assert set(before) <= set(shells(page))


def test_a_taken_course_outlives_the_release_it_came_with(visits: Visits, publish: Publish) -> None:
    visits.expect(*CUT)
    page = visits.open_cold(PHONE)
    take_home(page, ELDERS)
    publish("ba")
    update(page)
    page.goto("/courses")
    with offline(page):
        page.goto(FIRST)
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
        expect(page.locator(".kept-note")).to_contain_text("bản đã tải về máy")


def test_an_old_client_keeps_what_waits_and_is_told_to_reload(
    site: Site, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits.expect(*CUT, "426")
    who = learner(site, "Bling Thị Cũ", ELDERS)
    page = visits.open_cold(PHONE, who)
    take_home(page, ELDERS)
    monkeypatch.setattr("app.sync.wire.LEAST", batch.NEWEST + 1)
    monkeypatch.setattr("app.sync.wire.NEWEST", batch.NEWEST + 1)
    with offline(page):
        page.goto(FIRST)
        understood(page)
        expect_waiting(page, 1)
    page.goto("/learn")
    expect(page.locator(".waiting-bar button")).to_have_text("Có bản mới, mở lại trang")
    assert count(site, StepCredit, person_id=who.id) == 0
    with page.expect_navigation():
        page.locator(".waiting-bar button").click()
    assert len([one for one in held(page) if one["state"] == "waiting"]) >= 1
    monkeypatch.undo()
    page.goto("/learn")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=who.id) == 1


def test_a_newer_client_waits_for_an_old_server(
    site: Site, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits.expect(*CUT, "503")
    who = learner(site, "Bling Thị Mới", ELDERS)
    page = visits.open_cold(PHONE, who)
    take_home(page, ELDERS)
    monkeypatch.setattr("app.sync.wire.LEAST", batch.NEWEST - 1)
    monkeypatch.setattr("app.sync.wire.NEWEST", batch.NEWEST - 1)
    with offline(page):
        page.goto(FIRST)
        understood(page)
        expect_waiting(page, 1)
    page.goto("/sync")
    expect(page.locator("[data-state]")).to_contain_text("tự gửi lại sau ít phút")
    monkeypatch.undo()
    press(page, "Gửi ngay")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=who.id) == 1


def test_an_update_of_a_course_replaces_it_whole(
    site: Site, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visits.open_cold(PHONE)
    take_home(page, ELDERS)
    [before] = [name for name in page.evaluate("caches.keys()") if name.startswith("course-")]
    known = page_of_course(cached(page))
    # as if the course had been published anew
    monkeypatch.setattr("app.sync.parcel.page_headers", lambda: {"Content-Type": "text/html"})
    monkeypatch.setattr("app.sync.parcel._parcels._kept", {})
    page.reload()
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Khóa học có bản mới")
    page.locator(".kept-panel .button-download").click()
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã tải về máy")
    [after] = [name for name in page.evaluate("caches.keys()") if name.startswith("course-")]
    assert after != before
    assert page_of_course(cached(page)) == known


def page_of_course(found: dict[str, str]) -> str:
    """The kept page of the course among everything that is cached."""
    [page] = [text for address, text in found.items() if address.endswith(f"/courses/{ELDERS}")]
    return page
