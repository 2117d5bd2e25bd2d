"""Steps one at a time and words explained where they stand; and all of it without a script."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from app.content.loader import load_course
from app.content.markup import CourseMarkdown, convert
from app.content.programme import Programme
from app.content.shelf import shelf
from tests.browser.reading import FIRST, new_learner
from tests.browser.site import Site
from tests.browser.visits import PHONE, Visits
from tests.content.samples import COURSE

SILENT: dict[str, Any] = {**PHONE, "java_script_enabled": False}
TWO_GROUPS = """/// for | nguoi-cao-tuoi
Bác {0} nhé.
///

/// for | nguoi-dan
Anh chị {0} nhé.
///
"""
ENGLISH = """/// lang | en
    reviewer: Trần Thị Lan

Press the button.
///
"""


@pytest.fixture
def address(site: Site) -> str:
    """A lesson with step-by-step pictures and words of the glossary, outside any variant."""
    lessons = (
        (course, step)
        for course in shelf.published()
        for step in course.steps
        if 'class="walk"' in step.html
        and 'class="term"' in step.html
        and "data-device" not in step.html
    )
    course, step = next(lessons)
    return f"/courses/{course.slug}/{step.slug}"


@pytest.fixture
def page(phone: Page, address: str) -> Page:
    phone.goto(address)
    return phone


def test_one_step_at_a_time_by_taps(page: Page) -> None:
    walk = page.locator(".walk").first
    steps, place = walk.locator(".walk-step"), walk.locator(".walk-place")
    count = steps.count()
    expect(place).to_have_text(f"Bước 1/{count}")
    expect(steps.nth(0)).to_be_visible()
    expect(steps.nth(1)).to_be_hidden()
    walk.get_by_role("button", name="Tiếp →").tap()
    expect(place).to_have_text(f"Bước 2/{count}")
    expect(steps.nth(1)).to_be_visible()
    expect(steps.nth(0)).to_be_hidden()
    expect(walk.get_by_role("status")).to_contain_text(f"Bước 2/{count}. ")
    walk.get_by_role("button", name="← Trước").tap()
    expect(steps.nth(0)).to_be_visible()


def test_one_step_at_a_time_by_keys(page: Page) -> None:
    walk = page.locator(".walk").first
    count = walk.locator(".walk-step").count()
    walk.get_by_role("button", name="Tiếp →").focus()
    for _ in range(count + 2):
        page.keyboard.press("ArrowRight")
    expect(walk.locator(".walk-place")).to_have_text(f"Bước {count}/{count}")
    page.keyboard.press("Enter")  # "once more from the start"
    expect(walk.locator(".walk-place")).to_have_text(f"Bước 1/{count}")


def test_all_steps_at_once_for_who_wants_them(page: Page) -> None:
    walk = page.locator(".walk").first
    walk.get_by_role("button", name="Xem tất cả các bước").tap()
    for step in walk.locator(".walk-step").all():
        expect(step).to_be_visible()
    walk.get_by_role("button", name="Xem từng bước một").tap()
    expect(walk.locator(".walk-step").nth(1)).to_be_hidden()


def test_paper_shows_every_step(page: Page) -> None:
    page.emulate_media(media="print")
    for step in page.locator(".walk").first.locator(".walk-step").all():
        expect(step).to_be_visible()
    expect(page.locator(".walk-tools").first).to_be_hidden()
    page.emulate_media(media="screen")


def test_a_word_is_explained_on_tap(page: Page) -> None:
    word, note = page.locator("a.term").first, page.locator(".term-note")
    word.tap()
    expect(note).to_be_visible()
    expect(note).to_contain_text(word.inner_text(), ignore_case=True)
    assert "#" not in page.url
    box = note.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.locator("h1").tap()
    expect(note).to_be_hidden()


def test_a_word_is_explained_by_keyboard(page: Page) -> None:
    word, note = page.locator("a.term").first, page.locator(".term-note")
    word.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    expect(word).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(word).to_be_focused()


def test_without_a_script_everything_is_there(visits: Visits, address: str) -> None:
    page = visits.open(SILENT)
    page.goto(address)
    for step in page.locator(".walk").first.locator(".walk-step").all():
        expect(step).to_be_visible()
    expect(page.locator(".walk-tools")).to_have_count(0)
    word = page.locator("a.term").first
    entry = page.locator(f"[id='{str(word.get_attribute('href'))[1:]}']")
    word.tap()
    expect(entry).to_be_in_viewport()


def test_text_for_a_group_and_in_a_language_is_switched_block_by_block(
    site: Site, visits: Visits
) -> None:
    page = visits.open_cold(PHONE, new_learner(site))
    words = f"{TWO_GROUPS.format('bấm')}\nCách.\n\n{TWO_GROUPS.format('chờ')}\n{ENGLISH}"
    page.route(f"**{FIRST}", lambda route: also_saying(words, route))
    page.goto(FIRST)
    first, second, english = (page.locator(".variant-choice").nth(place) for place in range(3))
    expect(page.get_by_text("Bác bấm nhé.")).to_be_visible()
    expect(page.get_by_text("Anh chị bấm nhé.")).to_be_hidden()
    first.get_by_role("button", name="Dành cho: Người dân").tap()
    expect(page.get_by_text("Anh chị bấm nhé.")).to_be_visible()
    expect(page.get_by_text("Bác bấm nhé.")).to_be_hidden()
    expect(page.get_by_text("Bác chờ nhé.")).to_be_visible()
    second.get_by_role("button", name="Xem tất cả").tap()
    expect(page.get_by_text("Anh chị chờ nhé.")).to_be_visible()
    expect(page.get_by_text("Press the button.")).to_be_hidden()
    english.get_by_role("button", name="English").tap()
    expect(page.locator("[lang=en]", has_text="Press the button.")).to_be_visible()
    expect(page.get_by_text("Người duyệt bản tiếng Anh: Trần Thị Lan")).to_be_visible()
    english.get_by_role("button", name="English").tap()
    expect(page.get_by_text("Press the button.")).to_be_hidden()


def also_saying(words: str, route: Route) -> None:
    """The lesson as it is served, with more Markdown at its beginning."""
    also_showing(convert(CourseMarkdown(shelf.programme.group_titles), words), route)


def also_showing(more: str, route: Route) -> None:
    """The lesson as it is served, with more HTML at its beginning."""
    served = route.fetch()
    head, tail = re.split(r'(?<=<div class="lesson-body")', served.text())
    body = head + tail.replace(">", f'><div class="prose">{more}</div>', 1)
    route.fulfill(response=served, body=body)


WIDE_TABLE = """| Gặp chuyện | Gọi số | Nói gì trước | Chờ bao lâu | Ai đi cùng |
|---|---|---|---|---|
| Cháy nhà | 114 | Có cháy, ở thôn nào | Không rời máy | Hàng xóm |
| Tai nạn giao thông | 115 | Có người bị thương | Tới khi xe đến | Người đi đường |
"""
IN_SIGHT = """(cell) => {
  const box = cell.getBoundingClientRect();
  return box.left >= 0 && box.right <= document.documentElement.clientWidth
    && cell.scrollWidth <= cell.clientWidth && parseFloat(getComputedStyle(cell).fontSize) >= 16;
}"""


def in_a_lesson(folder: Path, words: str) -> str:
    """What the engine makes of a lesson's text."""
    lesson = folder / "khoa-thu" / "01-bai.md"
    lesson.parent.mkdir()
    (lesson.parent / "course.md").write_text(COURSE.replace("[K1, K4]", "[]"), "utf-8")
    lesson.write_text(f"---\ntitle: Bài\nminutes: 5\n---\n{words}", "utf-8")
    course = load_course(lesson.parent, Programme(), date(2026, 11, 23)).course
    assert course
    return course.steps[0].html


@pytest.mark.parametrize("text", ["normal", "large"])
def test_a_table_of_five_columns_is_readable_on_a_phone(
    site: Site, visits: Visits, tmp_path: Path, text: str
) -> None:
    html = in_a_lesson(tmp_path, WIDE_TABLE)
    page = visits.open_cold(PHONE, new_learner(site))
    page.route(f"**{FIRST}", lambda route: also_showing(html, route))
    page.goto(FIRST)
    page.evaluate("(text) => { document.documentElement.dataset.text = text; }", text)
    assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [360, 360]
    rows = page.locator("table", has_text="Ai đi cùng").first.locator("tbody tr")
    for cell in rows.locator("td").all():
        expect(cell).to_be_visible()
        assert cell.evaluate(IN_SIGHT)
    cells = rows.first.locator("td").all()
    titles = [cell.evaluate("(td) => getComputedStyle(td, '::before').content") for cell in cells]
    assert titles[1:] == ['"Gọi số"', '"Nói gì trước"', '"Chờ bao lâu"', '"Ai đi cùng"']
    # a row is a card: its cells stand below one another
    tops = [box["y"] for cell in cells if (box := cell.bounding_box())]
    assert len(tops) == len(set(tops)) == 5 and tops == sorted(tops)
