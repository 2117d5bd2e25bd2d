"""The player as people use it: read on elsewhere, note, mark, ask."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models import Person
from app.extensions import db
from app.learning.asks import answer
from app.learning.models import Ask
from app.lessons.models import Mark, ReadingPlace
from app.lib.ids import operation_id
from tests.acts import rows
from tests.browser.acts import press
from tests.browser.away import CUT, offline
from tests.browser.reading import FIRST, new_learner, until
from tests.browser.site import Site, Who
from tests.browser.visits import DESK, PHONE, Visits

# the page alone, as browsers have it that keep nothing
ALONE: dict[str, Any] = {**PHONE, "service_workers": "block"}
SILENT: dict[str, Any] = {**PHONE, "java_script_enabled": False}
NOW = "() => document.querySelector('.read-to').getBoundingClientRect().top"


@pytest.fixture
def learner(site: Site) -> Who:
    """Somebody who has just taken the elders' course."""
    return new_learner(site)


def notes_of(who: Who) -> list[str]:
    """The notes that stand."""
    return [mark.text for mark in rows(Mark, person_id=who.id, replaced=False)]


def read_down(page: Page, words: str) -> None:
    """Scroll until the passage with these words stands a third down the screen."""
    passage = page.locator(".lesson-body :is(p, li)", has_text=words).first
    passage.evaluate("(e) => scrollTo({top: e.getBoundingClientRect().top + scrollY - 200,"
                     " behavior: 'instant'})")  # fmt: skip


def passage_far_down(page: Page) -> str:
    """Words of a passage that is several screens away."""
    words: str = page.evaluate(
        "() => [...document.querySelectorAll('.lesson-body .prose > p')]"
        ".filter((e) => e.checkVisibility() && e.getBoundingClientRect().top > 2500)[0].innerText"
    )
    return words[:40]


def test_reading_goes_on_at_the_paragraph_on_another_device(
    site: Site, visits: Visits, learner: Who
) -> None:
    phone = visits.open_cold(PHONE, learner)
    phone.goto(FIRST)
    words = passage_far_down(phone)
    with phone.expect_response("**/place") as kept:
        read_down(phone, words)
    assert kept.value.status == 204
    desk = visits.open_cold(DESK, learner)
    desk.goto(FIRST)
    expect(desk.locator(".read-to")).to_be_in_viewport()
    passage = desk.locator(".lesson-body :is(p, li)", has_text=words).first
    expect(passage).to_be_in_viewport()
    # the page glides there: what counts is where it comes to rest
    until(desk, f"(top => top >= 0 && top < innerHeight * 2 / 3)(({NOW})())")
    desk.get_by_role("button", name="Về đầu bài").click()
    until(desk, "scrollY === 0")


def test_leaving_keeps_the_place_at_once(site: Site, visits: Visits, learner: Who) -> None:
    # a picture that is on its way when the page is left
    visits.expect("/media/.*ERR_FAILED")
    phone = visits.open_cold(PHONE, learner)
    phone.goto(FIRST)
    expect(phone.locator("#own-note")).to_be_visible()
    read_down(phone, passage_far_down(phone))
    phone.goto("/help", wait_until="networkidle")
    with site.app.app_context():
        [place] = rows(ReadingPlace, person_id=learner.id)
        assert place.paragraph > 10


def test_nobody_is_moved_who_reads_already_or_came_for_a_heading(
    site: Site, visits: Visits, learner: Who
) -> None:
    page = visits.open_cold(PHONE, learner)
    page.goto(FIRST)
    with page.expect_response("**/place"):
        read_down(page, passage_far_down(page))
    page.goto(f"{FIRST}#tat-may", wait_until="networkidle")
    expect(page.locator(".read-to")).to_have_count(0)


def test_a_note_saves_itself_and_a_bookmark_is_one_tap(
    site: Site, visits: Visits, learner: Who
) -> None:
    page = visits.open(PHONE, learner)
    page.goto(FIRST)
    page.fill("#own-note", "Giữ nút nguồn ba giây")
    expect(page.locator(".own-state")).to_have_text("Đã lưu.")
    page.fill("#own-note", "Giữ nút nguồn năm giây")
    with page.expect_response("**/notes"):
        page.locator("#own-note").blur()
    with page.expect_response("**/bookmark"):
        page.locator("[data-bookmark]").click()
    page.goto(FIRST)
    expect(page.locator("#own-note")).to_have_value("Giữ nút nguồn năm giây")
    expect(page.locator("[data-bookmark]")).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/bookmark"):
        page.locator("[data-bookmark]").click()
    page.goto("/learn/notes")
    expect(page.locator(".leaf")).to_have_count(1)
    expect(page.locator(".leaf-note")).to_have_text("Giữ nút nguồn năm giây")
    expect(page.locator(".leaf-mark")).to_have_count(0)


def test_what_is_written_without_a_network_is_saved_when_it_is_back(
    site: Site, visits: Visits, learner: Who
) -> None:
    visits.expect("blocked by Playwright", *CUT)
    page = visits.open_cold(ALONE, learner)
    page.goto(FIRST)
    expect(page.locator("#own-note")).to_be_visible()
    with offline(page):
        page.fill("#own-note", "Viết lúc mất mạng")
        expect(page.locator(".own-state")).to_contain_text("Chưa gửi được")
    expect(page.locator(".own-state")).to_have_text("Đã lưu.")
    with site.app.app_context():
        assert notes_of(learner) == ["Viết lúc mất mạng"]


def test_an_answer_that_is_lost_on_the_way_makes_no_second_note(
    site: Site, visits: Visits, learner: Who
) -> None:
    visits.expect("blocked by Playwright", *CUT)
    page = visits.open_cold(ALONE, learner)
    page.goto(FIRST)
    expect(page.locator("#own-note")).to_be_visible()
    page.route("**/notes", lambda route: (route.fetch(), route.abort()))
    page.fill("#own-note", "bản đầu")
    expect(page.locator(".own-state")).to_contain_text("Chưa gửi được")
    page.unroute("**/notes")
    page.fill("#own-note", "bản sau")
    expect(page.locator(".own-state")).to_have_text("Đã lưu.")
    with site.app.app_context():
        assert notes_of(learner) == ["bản sau"]


def test_notes_and_questions_without_javascript(site: Site, visits: Visits, learner: Who) -> None:
    page = visits.open(SILENT, learner)
    page.goto(FIRST)
    press(page, "Ghi chép, đánh dấu bài này")
    page.fill("textarea", "Viết tay")
    press(page, "Lưu ghi chép")
    press(page, "Đánh dấu bài này")
    expect(page.get_by_role("button", name="Bỏ đánh dấu bài này")).to_be_visible()
    expect(page.locator("textarea")).to_have_value("Viết tay")
    page.goto(FIRST)
    page.locator("#unclear summary").click()
    page.fill("#ask-text", "Nút nguồn là nút nào?")
    press(page, "Gửi cho người hỗ trợ")
    expect(page.locator(".flash")).to_contain_text("Đã báo cho người hỗ trợ")
    press(page, "Đã hiểu, sang bài tiếp")
    page.wait_for_url("**/chu-to-am-luong")


def test_what_is_not_clear_is_asked_and_the_answer_comes_to_the_lesson(
    site: Site, visits: Visits, learner: Who
) -> None:
    page = visits.open(PHONE, learner)
    page.goto(FIRST)
    page.get_by_text("Chưa rõ", exact=True).click()
    page.fill("#ask-text", "Nút nguồn là nút nào?")
    press(page, "Gửi cho người hỗ trợ")
    expect(page.locator(".own-ask")).to_contain_text("Đang chờ người hỗ trợ")
    helper = site.person("Trần Văn Giúp")
    with site.app.app_context():
        [asked] = rows(Ask, person_id=learner.id)
        answer(db.session.get_one(Person, helper.id), asked.id, "Nút nhỏ bên phải.", operation_id())
        db.session.commit()
    page.reload()
    expect(page.locator(".own-ask")).to_contain_text("Trần Văn Giúp: Nút nhỏ bên phải.")
