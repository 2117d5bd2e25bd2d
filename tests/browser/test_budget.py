"""A cheap phone on a thin line, and eyes and fingers of every age."""

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models import Person
from app.content.shelf import shelf
from app.extensions import db
from app.learning.actions import enrol
from app.lib.ids import operation_id
from tests.browser.acts import log_in
from tests.browser.cast import ELDERS, HOME, RESIDENTS
from tests.browser.meter import Traffic, small_targets
from tests.browser.site import PIN, Site, Who
from tests.browser.visits import DESK, PHONE, Visits

KILOBYTE = 1024
FIRST_LESSON = {
    ELDERS: f"/courses/{ELDERS}/bat-tat-sac-pin",
    RESIDENTS: f"/courses/{RESIDENTS}/cac-nut-va-man-hinh",
}


@pytest.fixture(scope="module")
def learner(site: Site) -> Who:
    """Somebody who has just taken the elders' course and signs in with a PIN."""
    who = site.person("Nguyễn Thị Nhẹ", home=HOME, login="0900333001")
    with site.app.app_context():
        course = shelf.library.course(ELDERS)
        assert course
        enrol(db.session.get_one(Person, who.id), course, operation_id())
        db.session.commit()
    return who


@pytest.mark.parametrize("course", FIRST_LESSON)
def test_a_first_lesson_is_light_and_a_repeat_lighter(course: str, visits: Visits) -> None:
    page = visits.open_cold(PHONE)
    cold = Traffic.of(page, FIRST_LESSON[course])
    assert len(cold.addresses) <= 6, cold.addresses
    assert cold.size <= 100 * KILOBYTE
    again = Traffic.of(page, FIRST_LESSON[course])
    assert again.size <= 15 * KILOBYTE


def test_lesson_after_lesson_is_light_for_a_learner(visits: Visits, learner: Who) -> None:
    page = visits.open_cold(PHONE, learner)
    assert Traffic.of(page, "/learn").size <= 100 * KILOBYTE
    course = shelf.library.course(ELDERS)
    assert course
    for step in course.steps[:4]:
        lesson = Traffic.of(page, f"/courses/{ELDERS}/{step.slug}")
        assert lesson.size <= 15 * KILOBYTE, step.slug
        assert len(lesson.addresses) <= 6


LEARNERS_PAGES = (
    "/",
    "/courses",
    "/learn",
    "/residence",
    "/certificates",
    "/logout",
    f"/courses/{ELDERS}",
    FIRST_LESSON[ELDERS],
    f"/courses/{ELDERS}/kiem-tra-cuoi-khoa/test",
)
LETTERS = """() => {
  const size = (element) => parseFloat(getComputedStyle(element).fontSize);
  const words = [...document.querySelectorAll('main :is(p, li, label, .button)')];
  const seen = words.filter((element) => element.checkVisibility());
  return [size(document.body), Math.min(...seen.map(size))];
}"""
VISITORS_PAGES = ("/login", "/register", "/v", "/help")


@pytest.mark.parametrize("text", ["normal", "large"])
def test_fingers_find_every_target(text: str, visits: Visits, learner: Who) -> None:
    page = visits.open(PHONE, learner)
    choose_text(page, text)
    missed = {address: small_targets(page, address) for address in LEARNERS_PAGES}
    page.context.clear_cookies()
    choose_text(page, text)
    missed |= {address: small_targets(page, address) for address in VISITORS_PAGES}
    assert not {address: found for address, found in missed.items() if found}


def choose_text(page: Page, text: str) -> None:
    """As if it had been chosen in this browser before."""
    value = f"text:{text}.contrast:normal.theme:auto"
    origin = {"domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([{"name": "display", "value": value, **origin}])


@pytest.mark.parametrize(("text", "least"), [("normal", 18), ("large", 22)])
def test_letters_are_large_enough(text: str, least: int, phone: Page) -> None:
    choose_text(phone, text)
    for address in ("/", FIRST_LESSON[ELDERS], "/login"):
        phone.goto(address)
        body, smallest = phone.evaluate(LETTERS)
        assert body >= least
        assert smallest >= body * 0.85, address


def test_a_choice_of_letters_is_kept_before_and_after_sign_in(phone: Page, learner: Who) -> None:
    phone.goto("/")
    phone.locator("details.display summary").click()
    with phone.expect_response("**/display"):
        phone.get_by_role("radio", name="Chữ to").check(force=True)
    expect(phone.locator("html")).to_have_attribute("data-text", "large")
    log_in(phone, "0900333001", PIN)
    expect(phone.locator("html")).to_have_attribute("data-text", "large")
    phone.goto("/logout")
    phone.locator("main form button").click()
    expect(phone.locator("html")).to_have_attribute("data-text", "large")


def test_a_choice_of_letters_works_without_javascript(phone_without_javascript: Page) -> None:
    page = phone_without_javascript
    page.goto("/courses")
    page.locator("details.display summary").click()
    page.get_by_role("radio", name="Chữ to").check(force=True)
    page.get_by_role("radio", name="Nền tối").check(force=True)
    page.get_by_role("button", name="Lưu lại").click()
    assert page.url.endswith("/courses")
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_large_letters_on_a_narrow_screen_do_not_scroll_sideways(
    visits: Visits, learner: Who
) -> None:
    page = visits.open(DESK, learner)
    choose_text(page, "large")
    page.set_viewport_size({"width": 320, "height": 700})
    for address in (*LEARNERS_PAGES, *VISITORS_PAGES):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
