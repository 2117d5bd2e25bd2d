"""A line that loses one question and one answer in twenty: what is done on it counts once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from app.content.models import StepKind
from app.learning.models import StepCredit
from app.sync.models import SyncedOperation
from tests.acts import rows
from tests.browser.away import (
    CUT,
    course,
    expect_waiting,
    held,
    learner,
    take_home,
    understood,
)
from tests.browser.cast import ELDERS
from tests.browser.site import Site
from tests.browser.visits import PHONE, Visits
from tests.dropping_proxy import Proxy, proxied

TRIES = 8


@pytest.fixture
def line(site: Site, visits: Visits) -> Iterator[Proxy]:
    """The way to the site, of which 5 % is lost either way."""
    visits.expect(*CUT, "script: ", "Failed to fetch")
    with proxied(site.url) as line:
        visits.expect(f"asks outside: {line.url}")
        yield line


def opened(page: Page, address: str) -> None:
    """Open a page as people do on such a line: again and again."""
    for _ in range(TRIES):
        try:
            page.goto(address)
            return
        except Error:
            page.wait_for_timeout(50)
    raise AssertionError(f"never came: {address}")


def studied(page: Page, lesson: str, away: bool) -> None:
    """Complete a lesson, with no network at all or on the line as it is."""
    if away:
        page.context.set_offline(True)
        page.goto(lesson)
    else:
        opened(page, lesson)
    understood(page)
    page.wait_for_url(lambda url: lesson not in url)
    page.context.set_offline(False)


@pytest.mark.parametrize("seed", [1, 2])
def test_lesson_complete_sync_once(site: Site, visits: Visits, line: Proxy, seed: int) -> None:
    who = learner(site, f"Zơrâm Thị Rớt {seed}", ELDERS)
    page = visits.open_cold({**PHONE, "base_url": line.url}, who)
    take_home(page, ELDERS)
    lessons = [step.slug for step in course(ELDERS).steps if step.kind is StepKind.LESSON]
    line.seed, line.loss = seed, 0.05
    for place, slug in enumerate(lessons):
        studied(page, f"/courses/{ELDERS}/{slug}", away=place % 2 == 1)
        # what waits goes out with whatever page comes next
        opened(page, "/learn")
    line.loss = 0.0
    opened(page, "/sync")
    expect_waiting(page, 0)
    assert line.lost and line.never_came
    assert [act for act in held(page) if act["state"] != "waiting"] == []
    with site.app.app_context():
        credited = [one.step_slug for one in rows(StepCredit, person_id=who.id)]
        synced = rows(SyncedOperation, person_id=who.id, kind="complete")
    assert sorted(credited) == sorted(lessons)
    assert {one.state for one in synced} == {"applied"}
    assert len({one.step_slug for one in synced}) == len(synced)
    expect(page.locator("main")).to_contain_text("Không có mục nào chờ gửi")
