"""Everything with Tab, Space and Enter alone, and always to be seen where one is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models import Person, Role
from app.content.models import QuestionKind
from app.content.shelf import shelf
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.learning.actions import enrol
from app.learning.models import Ask, StepCredit
from app.lessons.models import Mark
from app.lib import clock
from app.lib.ids import operation_id
from app.quizzes.actions import start
from app.quizzes.models import Attempt
from tests.acts import rows
from tests.browser.acts import log_in
from tests.browser.away import with_worker
from tests.browser.cast import ELDERS, HOME, RESIDENTS
from tests.browser.site import PIN, Site, Who
from tests.browser.visits import DESK, PHONE, Visits

FIRST = f"/courses/{ELDERS}/bat-tat-sac-pin"
MOST_STOPS = 120
# where the keyboard is: its words, its place in the document, and whether a ring is drawn there
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // a card may draw the ring of the link in it, a radio lends its own to the words beside it
  const around = [element.nextElementSibling, element];
  while (around.at(-1).parentElement) around.push(around.at(-1).parentElement);
  const shows = around.filter(Boolean).map((one) => getComputedStyle(one));
  const everything = [...document.querySelectorAll('*')];
  return {
    words: (element.innerText || element.value || element.id || '').trim(),
    place: everything.indexOf(element),
    ring: shows.some((s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2),
    tag: element.outerHTML.slice(0, 100),
  };
}"""


@pytest.fixture(scope="module")
def learner(site: Site) -> Who:
    """Somebody without a mouse who has just taken the elders' course."""
    who = site.person("Lê Thị Phím", home=HOME, group="nguoi-cao-tuoi")
    with site.app.app_context():
        course = shelf.library.course(ELDERS)
        assert course
        enrol(db.session.get_one(Person, who.id), course, operation_id())
        db.session.commit()
    return who


def stops(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab from the top of the page to its end; yields each place that is reached."""
    first = None
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or focus["place"] == first:
            return
        first = focus["place"] if first is None else first
        yield focus
    raise AssertionError("the keyboard goes round in circles")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the element with these words has the keyboard."""
    for focus in stops(page):
        if words in focus["words"]:
            return
    raise AssertionError(f"never reached: {words}")


@pytest.mark.parametrize("shape", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_walks_in_order_and_is_seen(
    shape: dict[str, Any], visits: Visits, learner: Who
) -> None:
    page = visits.open(shape, learner)
    for address in ("/", "/register", f"/courses/{ELDERS}", FIRST, "/learn"):
        page.goto(address)
        reached = list(stops(page))
        places = [focus["place"] for focus in reached]
        assert len(places) > 5 and places == sorted(places), address
        assert not [focus["tag"] for focus in reached if not focus["ring"]]


def test_the_first_stop_skips_to_the_content(phone: Page) -> None:
    phone.goto("/courses")
    phone.keyboard.press("Tab")
    skip = phone.locator(".skip")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box and box["y"] >= 0
    phone.keyboard.press("Enter")
    expect(phone.locator("main")).to_be_focused()
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_mistakes_take_the_keyboard_to_their_fields(visits: Visits) -> None:
    visits.expect("status of 400")
    page = visits.open(PHONE)
    page.goto("/login")
    tab_to(page, "Đăng nhập")
    tab_to_button(page, "Đăng nhập")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#phone")).to_be_focused()


def tab_to_button(page: Page, words: str) -> None:
    """Press Tab until a button, not a link, with these words has the keyboard."""
    while not page.evaluate("document.activeElement.matches('main button[type=submit]')"):
        tab_to(page, words)


def test_a_lesson_is_learnt_with_the_keyboard(site: Site, visits: Visits, learner: Who) -> None:
    page = visits.open(DESK, learner)
    page.goto(FIRST)
    practice = page.locator("form.practice").first
    while not practice.locator("input").first.evaluate("(e) => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(practice.locator(".verdict")).to_be_visible()
    tab_to(page, "Đã hiểu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chu-to-am-luong")
    with site.app.app_context():
        assert rows(StepCredit, person_id=learner.id, step_slug="bat-tat-sac-pin")


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_a_question_is_answered_with_the_keyboard(
    kind: QuestionKind, site: Site, visits: Visits
) -> None:
    who = site.person(f"Trần Văn {kind.title()}")
    attempt_id = asked_only(site, who, kind)
    page = visits.open(DESK, who)
    page.goto(f"/attempts/{attempt_id}/1")
    first = "input, select, button.button-quiet" if kind != "order" else ".order-move button"
    field = page.locator(f".question :is({first}):visible:enabled").first
    while not field.evaluate("(e) => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press(ANSWER_KEYS[kind])
    tab_to(page, "Lưu và")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/attempts/{attempt_id}/review")
    with site.app.app_context():
        assert db.session.get_one(Attempt, attempt_id).answers


ANSWER_KEYS = {
    QuestionKind.SINGLE: "Space",
    QuestionKind.MULTIPLE: "Space",
    QuestionKind.SHORT: "5",
    QuestionKind.NUMBER: "5",
    QuestionKind.ORDER: "Enter",
    QuestionKind.MATCH: "ArrowDown",
}


def asked_only(site: Site, who: Who, kind: QuestionKind) -> int:
    """The id of an open attempt whose paper is one question of this kind."""
    with site.app.app_context():
        course, person = shelf.library.course(RESIDENTS), db.session.get_one(Person, who.id)
        assert course
        test = course.steps[-1]
        attempt = start(person, course, test, operation_id())
        question = next(item for item in test.questions if item.kind is kind)
        attempt.paper = [question.model_dump(mode="json")]
        db.session.commit()
        return attempt.id


def tab_onto(page: Page, selector: str) -> None:
    """Press Tab until something that matches has the keyboard."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(it) => document.activeElement.matches(it)", selector):
            return
    raise AssertionError(f"never reached: {selector}")


def press_at(page: Page, selector: str) -> None:
    """Go there with Tab and press Enter."""
    tab_onto(page, selector)
    page.keyboard.press("Enter")


def type_at(page: Page, selector: str, words: str) -> None:
    """Go there with Tab and type."""
    tab_onto(page, selector)
    page.keyboard.type(words)


@pytest.fixture
def resting(site: Site) -> Who:
    """Somebody who took the elders' course weeks ago and has not learned since."""
    who = site.person("Hồ Thị Nghỉ", home=HOME, group="nguoi-cao-tuoi")
    with site.app.app_context(), clock.frozen(clock.now() - timedelta(days=20)):
        course = shelf.library.course(ELDERS)
        assert course
        enrol(db.session.get_one(Person, who.id), course, operation_id())
        db.session.commit()
    return who


def test_the_player_s_tools_with_the_keyboard(site: Site, visits: Visits, resting: Who) -> None:
    page = visits.open_cold(DESK, resting)
    page.goto("/learn")
    tab_to(page, "Thôi nhắc")
    page.keyboard.press("Enter")
    expect(page.locator(".flashes")).to_contain_text("không nhắc nữa")
    page.goto(FIRST)
    press_at(page, "[data-hear-play]")
    # the machine reads the lesson aloud for the first time
    expect(page.get_by_role("button", name="Tạm dừng")).to_be_visible(timeout=25_000)
    page.keyboard.press("Enter")
    press_at(page, "a.term")
    expect(page.locator(".term-note")).to_be_visible()
    page.keyboard.press("Escape")
    press_at(page, "#unclear summary")
    type_at(page, "#ask-text", "Nút nào?")
    with page.expect_navigation():
        press_at(page, "#unclear button")
    press_at(page, "[data-bookmark]")
    expect(page.locator("[data-bookmark]")).to_have_attribute("aria-pressed", "true")
    type_at(page, "[data-note]", "Giữ lâu")
    page.keyboard.press("Tab")
    expect(page.locator(".own-state")).to_have_text("Đã lưu.")
    with site.app.app_context():
        assert rows(Ask, person_id=resting.id)[0].text == "Nút nào?"
        assert {"Giữ lâu"} <= {mark.text for mark in rows(Mark, person_id=resting.id)}


def test_taking_a_course_home_and_changing_over_with_the_keyboard(
    site: Site, visits: Visits
) -> None:
    site.person("Hồ Thị Nghỉ", login="0905700077")
    page = visits.open_cold(PHONE)
    log_in(page, "0905700077", PIN)
    page.wait_for_url("**/learn")
    with_worker(page, f"/courses/{ELDERS}")
    expect(page.locator(".kept-panel .button-download")).to_be_visible()
    tab_to(page, "Tải về máy")
    page.keyboard.press("Enter")
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã tải về máy")
    expect(page.locator(".kept-panel .button").first).to_be_focused()
    tab_to(page, "Đổi người")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")
    tab_to(page, "Nghỉ H.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/pin?*")
    type_at(page, "#pin", PIN)
    press_at(page, "main button[type=submit]")
    page.wait_for_url("**/learn")


def test_a_helper_s_pages_and_session_with_the_keyboard(
    site: Site, visits: Visits, resting: Who
) -> None:
    helper = site.officer("Alăng Thị Phím", Role.HELPER, HOME)
    with site.app.app_context():
        help_from_now_on(db.session.get_one(Person, helper.id), resting.id, "agreed")
        db.session.commit()
    page = visits.open(PHONE, helper)
    for address in ("/field", "/field/asks", "/field/people/new", "/field/team"):
        page.goto(address)
        reached = list(stops(page))
        assert [focus["place"] for focus in reached] == sorted(one["place"] for one in reached)
        assert not [focus["tag"] for focus in reached if not focus["ring"]]
    page.goto("/field/reminders")
    tab_to(page, "Soạn lời nhắn")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Lời nhắn cho Hồ Thị Nghỉ")).to_be_visible()
    page.goto(f"/field/people/{resting.id}/session")
    tab_onto(page, "[name=channel]")
    page.keyboard.press("Space")
    type_at(page, "#witness", "Con gái")
    type_at(page, "#place", "Nhà làng")
    press_at(page, "main button[type=submit]")
    page.wait_for_url("**/learn")
    press_at(page, ".company button")
    expect(page.locator("main")).to_contain_text("Đã kết thúc buổi học")
