"""One tablet, alone and beside a helper, without a network: each act keeps whose it is and how."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.field_session import FieldSession
from app.accounts.models import Person, Role
from app.counts.models import Evidence
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.learning.models import StepCredit
from app.quizzes.models import Attempt
from app.sync.models import SyncedOperation
from tests.acts import rows
from tests.browser.acts import press
from tests.browser.away import (
    CUT,
    count,
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
from tests.browser.cast import ELDERS, HOME
from tests.browser.site import Site, Who
from tests.browser.visits import PHONE, Visits

FIRST, SECOND = (f"/courses/{ELDERS}/{slug}" for slug in ("bat-tat-sac-pin", "chu-to-am-luong"))


@pytest.fixture
def helper(site: Site) -> Who:
    """Somebody who helps the people of one commune."""
    return site.officer("Alăng Thị Cùng", Role.HELPER, HOME)


@pytest.fixture
def elder(site: Site, helper: Who) -> Who:
    """Somebody whom this helper helps, and who has taken the course."""
    who = learner(site, "Coor Thị Bên", ELDERS, home=HOME, group="nguoi-cao-tuoi")
    with site.app.app_context():
        help_from_now_on(db.session.get_one(Person, helper.id), who.id, "agreed")
        db.session.commit()
    return who


def begin(page: Page, who: Who) -> None:
    """The helper begins a session with a learner."""
    page.goto(f"/field/people/{who.id}/session")
    page.get_by_text("Nói đồng ý").click()
    page.fill("#witness", "Con gái")
    page.fill("#place", "Nhà")
    press(page, "Bắt đầu học cùng")
    expect(page.locator(".company")).to_be_visible()


def visit(page: Page) -> None:
    """Open the course's page with a network, as whoever is signed in now."""
    with_worker(page, f"/courses/{ELDERS}")
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã tải về máy")


def study(page: Page, lesson: str) -> None:
    """Complete a kept lesson with no network."""
    with offline(page):
        page.goto(lesson)
        understood(page)
        page.wait_for_url(lambda url: lesson not in url)


def credits(site: Site, who: Who) -> list[Any]:
    """What a learner has completed."""
    with site.app.app_context():
        return rows(StepCredit, person_id=who.id)


def test_a_paper_done_alone_counts_on_a_helpers_tablet(
    site: Site, visits: Visits, helper: Who, elder: Who
) -> None:
    visits.expect(*CUT)
    page = visits.open_cold(PHONE, helper)
    begin(page, elder)
    take_home(page, ELDERS)
    page.context.clear_cookies()
    visits.sign_in(page, elder)
    visit(page)
    take_paper(page)
    with offline(page):
        page.goto(f"/courses/{ELDERS}/kiem-tra-cuoi-khoa/test")
        press(page, "Làm bài")
        press(page, "Xem lại tất cả và nộp bài")
        hand_in(page)
        expect(page.get_by_text("Bài đã nộp, đang ở trong máy này")).to_be_visible()
    page.goto("/sync")
    expect_waiting(page, 0)
    with site.app.app_context():
        [sent] = rows(SyncedOperation, person_id=elder.id)
        assert (sent.kind, sent.state) == ("test", "applied")
        assert rows(Attempt, person_id=elder.id)[0].submitted_at


def test_lessons_beside_a_helper_arrive_as_such_though_a_ticket_was_there(
    site: Site, visits: Visits, helper: Who, elder: Who
) -> None:
    visits.expect(*CUT)
    page = visits.open_cold(PHONE, elder)
    take_home(page, ELDERS)
    page.context.clear_cookies()
    visits.sign_in(page, helper)
    begin(page, elder)
    visit(page)
    study(page, FIRST)
    # they have gone apart before there is a network again
    page.context.clear_cookies()
    page.goto("/sync")
    expect_waiting(page, 0)
    with site.app.app_context():
        [session] = rows(FieldSession, learner_id=elder.id)
    [credit] = credits(site, elder)
    assert (credit.evidence, credit.helped_in) == (Evidence.ASSISTED, session.id)
    visits.sign_in(page, elder)
    visit(page)
    study(page, SECOND)
    page.goto("/sync")
    expect_waiting(page, 0)
    assert [one.evidence for one in credits(site, elder)] == [Evidence.ASSISTED, Evidence.SELF]


def test_the_bar_of_a_session_stands_on_kept_pages_and_ends_it_there(
    site: Site, visits: Visits, helper: Who, elder: Who
) -> None:
    visits.expect(*CUT)
    page = visits.open_cold(PHONE, helper)
    begin(page, elder)
    take_home(page, ELDERS)
    study(page, FIRST)
    with offline(page):
        page.goto(SECOND)
        bar = page.locator(".company")
        expect(bar).to_contain_text("Đang học cùng Bên")
        bar.get_by_role("button", name="Kết thúc").click()
        expect(page.get_by_text("đã kết thúc trên máy này")).to_be_visible()
        page.goto(SECOND)
        expect(page.locator(".kept-note")).to_contain_text("chưa được ghi lại")
        expect(page.locator(".company")).to_have_count(0)
    page.goto("/learn")
    expect(page.locator("h1")).to_have_text(elder.full_name)
    expect(page.locator("main")).to_contain_text("Đã kết thúc buổi học")
    expect_waiting(page, 0)
    with site.app.app_context():
        [session] = rows(FieldSession, learner_id=elder.id)
    [credit] = credits(site, elder)
    assert session.ended_at and (credit.evidence, credit.helped_in) == (
        Evidence.ASSISTED,
        session.id,
    )


def test_a_page_of_another_is_kept_under_nobody_elses_name(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    one, other = learner(site, "Bling Thị Một", ELDERS), learner(site, "Bling Thị Hai", ELDERS)
    page = visits.open_cold(PHONE, one)
    take_home(page, ELDERS)
    page.goto(FIRST)
    stale = page.evaluate("document.querySelector('.lesson-body').dataset.reader")
    visits.sign_in(page, other)
    page.goto(FIRST)
    expect(page.locator("[data-note]")).to_be_visible()
    # the device still takes the first one for its learner
    page.evaluate(SET_LEARNER, stale)
    read = page.evaluate("document.querySelector('.lesson-body').dataset.reader")
    assert read != stale
    assert {own["profile"] for own in held(page, "own")} == {stale, read}
    with offline(page):
        understood(page)
        page.wait_for_url("**/sync/shelf?lost")
    assert held(page) == []
    page.goto("/sync")
    assert count(site, StepCredit, course_slug=ELDERS, person_id=one.id) == 0


SET_LEARNER = """(value) => new Promise((done) => {
  const opening = indexedDB.open('learning');
  opening.onsuccess = () => {
    const change = opening.result.transaction('device', 'readwrite');
    change.objectStore('device').put({ key: 'learner', value });
    change.oncomplete = () => { opening.result.close(); done(); };
  };
})"""
