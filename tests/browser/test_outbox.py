"""The outbox of a shared phone: it survives closing, sends by itself, and mixes nobody up."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.extensions import db
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from app.quizzes.actions import submit
from app.quizzes.models import Attempt
from app.sync.models import DeviceTicket, SyncedOperation
from tests.acts import rows
from tests.browser.acts import press
from tests.browser.away import (
    CUT,
    count,
    course,
    expect_waiting,
    hand_in,
    held,
    learner,
    offline,
    take_home,
    take_paper,
    understood,
    with_worker,
)
from tests.browser.cast import ELDERS
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.site import Site, Who
from tests.browser.visits import PHONE, Visits
from tests.dropping_proxy import Proxy, proxied

FIRST, SECOND = (f"/courses/{ELDERS}/{slug}" for slug in ("bat-tat-sac-pin", "chu-to-am-luong"))
Opened = Callable[[], BrowserContext]


def study_offline(page: Page, lesson: str = FIRST) -> None:
    """Complete a kept lesson with no network."""
    with offline(page):
        page.goto(lesson)
        understood(page)
        page.wait_for_url(lambda url: lesson not in url)


@pytest.fixture
def line(site: Site, visits: Visits) -> Iterator[Proxy]:
    """The way to the site, which a test may cut or let lose answers."""
    visits.expect(*CUT)
    with proxied(site.url) as line:
        visits.expect(f"asks outside: {line.url}")
        yield line


def behind(visits: Visits, line: Proxy, who: Who) -> Page:
    """A phone that reaches the site by this line."""
    return visits.open_cold({**PHONE, "base_url": line.url}, who)


@pytest.fixture
def phone_that_is_closed(browser: Browser, line: Proxy, tmp_path: Path) -> Iterator[Opened]:
    """A browser that keeps its things in a folder, to be closed and opened again."""
    open_now: list[BrowserContext] = []

    def opened() -> BrowserContext:
        while open_now:
            open_now.pop().close()
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=CHROMIUM, args=list(QUIET), base_url=line.url, **PHONE
        )
        open_now.append(context)
        return context

    yield opened
    for context in open_now:
        context.close()


def test_what_waits_survives_closing_the_browser(
    site: Site, line: Proxy, phone_that_is_closed: Opened
) -> None:
    who = learner(site, "Nguyễn Thị Bền", ELDERS)
    context = phone_that_is_closed()
    context.add_cookies([site.session_cookie(who)])
    page = context.pages[0]
    take_home(page, ELDERS)
    line.cut.add("/sync")
    study_offline(page)
    context = phone_that_is_closed()
    page = context.pages[0]
    page.goto("/sync/shelf")
    expect_waiting(page, 1)
    assert count(site, StepCredit, person_id=who.id) == 0
    # the session is over; the ticket is not
    context.clear_cookies(name=site.app.config["SESSION_COOKIE_NAME"])
    line.cut.clear()
    page.goto("/courses")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=who.id) == 1


def test_what_was_refused_is_said_with_its_reason(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    who = learner(site, "Arất Thị Muộn", ELDERS)
    page = visits.open_cold(PHONE, who)
    take_home(page, ELDERS)
    take_paper(page)
    handed_in_elsewhere(site, who)
    with offline(page):
        page.goto(f"/courses/{ELDERS}/kiem-tra-cuoi-khoa/test")
        press(page, "Làm bài")
        press(page, "Xem lại tất cả và nộp bài")
        hand_in(page)
        expect(page.get_by_text("Bài đã nộp, đang ở trong máy này")).to_be_visible()
    page.goto("/sync")
    expect(page.locator(".waiting").first).to_contain_text("Kết quả lần nộp trước được giữ")
    press(page, "Đã đọc, bỏ khỏi danh sách")
    expect(page.locator("[data-list]")).to_be_empty()
    assert held(page) == []
    assert held(page, "papers")[0]["state"] == "not-taken"
    # the server remembers it too
    page.goto("/sync")
    expect(page.locator("main")).to_contain_text("Không ghi nhận")


def handed_in_elsewhere(site: Site, who: Who) -> None:
    """Somebody's open attempt is handed in on another device."""
    with site.app.app_context():
        [attempt] = rows(Attempt, person_id=who.id)
        found = course(ELDERS)
        submit(attempt, found, found.steps[-1], operation_id())
        db.session.commit()


def test_two_people_on_one_phone_keep_their_own_work(
    site: Site, visits: Visits, line: Proxy
) -> None:
    one, other = learner(site, "Hồ Thị Một", ELDERS), learner(site, "Hồ Thị Hai", ELDERS)
    page = behind(visits, line, one)
    take_home(page, ELDERS)
    line.cut.add("/sync")
    study_offline(page)
    visits.sign_in(page, other)
    page.goto("/learn")
    page.goto("/sync/shelf")
    expect_waiting(page, 1)
    # the other one is signed in: what waits goes out in the name of who did it
    line.cut.clear()
    page.goto("/learn")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=one.id) == 1
    assert count(site, StepCredit, person_id=other.id) == 0
    study_offline(page, SECOND)
    page.goto("/learn")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=other.id) == 1


def test_without_a_ticket_it_waits_for_its_own_person(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    one, other = learner(site, "Ríah Thị Một", ELDERS), learner(site, "Ríah Thị Hai", ELDERS)
    page = visits.open_cold(PHONE, one)
    # the page came over the network, the button finds none; nothing was taken home
    with_worker(page, FIRST)
    with offline(page):
        understood(page)
        expect(page.get_by_text("Việc vừa làm đã được giữ trong máy")).to_be_visible()
        page.context.clear_cookies()
        visits.sign_in(page, other)
    page.goto("/sync")
    expect(page.locator("[data-state]")).to_contain_text("Phiên đăng nhập đã hết")
    assert count(site, StepCredit, course_slug=ELDERS, person_id=other.id) == 0
    page.context.clear_cookies()
    visits.sign_in(page, one)
    page.goto("/learn")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=one.id) == 1


def test_leaving_asks_before_work_is_lost(site: Site, visits: Visits, line: Proxy) -> None:
    who = learner(site, "Cơlâu Thị Đi", ELDERS)
    page = behind(visits, line, who)
    take_home(page, ELDERS)
    line.cut.add("/sync")
    study_offline(page)
    page.goto("/learn")
    press_goodbye(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Còn 1 mục chưa gửi")
    dialog.get_by_role("button", name="Chưa kết thúc").click()
    assert completed(page) == ["bat-tat-sac-pin"]
    press_goodbye(page)
    expect(dialog).to_be_visible()
    line.cut.clear()
    dialog.get_by_role("button", name="Gửi rồi mới kết thúc").click()
    expect(page.locator("main")).to_contain_text("Đã kết thúc")
    assert count(site, StepCredit, person_id=who.id) == 1
    with site.app.app_context():
        assert all(not ticket.in_force for ticket in rows(DeviceTicket, person_id=who.id))


def completed(page: Page) -> list[str]:
    """The lessons completed on this device that were not sent yet."""
    return [act["step"] for act in held(page) if act["kind"] == "complete"]


def press_goodbye(page: Page) -> None:
    """The button at the foot of every page."""
    page.locator("footer").get_by_role("button", name="Kết thúc").click()


def test_leaving_takes_ones_own_things_and_leaves_the_others(
    site: Site, visits: Visits, line: Proxy
) -> None:
    one, other = learner(site, "Alăng Thị Ở", ELDERS), learner(site, "Alăng Thị Về", ELDERS)
    page = behind(visits, line, one)
    take_home(page, ELDERS)
    line.cut.add("/sync")
    study_offline(page)
    visits.sign_in(page, other)
    take_home_again(page)
    study_offline(page, SECOND)
    page.goto("/learn")
    press_goodbye(page)
    page.get_by_role("dialog").get_by_role("button", name="Bỏ các mục này").click()
    expect(page.locator("main")).to_contain_text("Đã kết thúc")
    assert completed(page) == ["bat-tat-sac-pin"]
    assert [person["name"] for person in held(page, "people")] == ["Ở"]
    assert len(held(page, "courses")) == 1
    line.cut.clear()
    page.goto("/sync")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=one.id) == 1
    assert count(site, StepCredit, person_id=other.id) == 0


def take_home_again(page: Page) -> None:
    """The next person's device knows them once they open the course's page."""
    with_worker(page, f"/courses/{ELDERS}")
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã tải về máy")


def test_leaving_with_no_network_ends_the_session_later(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    page = visits.open_cold(PHONE, learner(site, "Pơloong Thị Xa", ELDERS))
    take_home(page, ELDERS)
    with offline(page):
        page.goto("/sync/shelf")
        page.get_by_role("button", name="Kết thúc").click()
        expect(page.locator("main")).to_contain_text("Đã xóa việc học của người này")
        assert held(page, "people") == []
    page.goto("/learn")
    expect(page.locator("main")).to_contain_text("Đã kết thúc")


def test_a_lost_answer_to_a_form_counts_once(site: Site, visits: Visits, line: Proxy) -> None:
    who = learner(site, "Tơngôl Thị Rớt", ELDERS)
    page = behind(visits, line, who)
    with_worker(page, FIRST)
    # a browser tries again by itself, once
    for _ in range(3):
        line.lose_next("POST", f"{FIRST}/completion")
    understood(page)
    expect(page.locator("main")).to_contain_text("đã được giữ trong máy")
    page.goto("/sync")
    expect_waiting(page, 0)
    assert line.lost
    assert count(site, StepCredit, person_id=who.id) == 1
    assert [one.state for one in _synced(site, who)] == ["applied"]


def test_a_lost_answer_to_a_batch_counts_once(site: Site, visits: Visits, line: Proxy) -> None:
    who = learner(site, "Tơngôl Thị Mất", ELDERS)
    page = behind(visits, line, who)
    with_worker(page, FIRST)
    line.lose_next("POST", "/sync")
    with offline(page):
        understood(page)
        expect(page.locator("main")).to_contain_text("đã được giữ trong máy")
    page.goto("/courses")
    page.goto("/sync")
    expect_waiting(page, 0)
    assert line.lost == [("POST", "/sync")]
    assert count(site, StepCredit, person_id=who.id) == 1
    assert len(_synced(site, who)) == 1


def _synced(site: Site, who: Who) -> list[Any]:
    with site.app.app_context():
        return rows(SyncedOperation, person_id=who.id, kind="complete")
