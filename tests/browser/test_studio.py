"""A trainer writes a lesson in the browser: typing, buttons, pictures, old texts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.cast import Cast
from tests.browser.site import Site
from tests.browser.studio import COURSE, SAVED, add, choose, kept, source, state, written_by
from tests.browser.visits import DESK, PHONE, Visits

# each test writes a step of its own
TYPED, TOOLS, PASTED, RESTORED, TABS, PLAIN, SHOWN = (
    *("cac-nut-va-man-hinh", "noi-mang-wifi-4g", "dich-vu-cong-la-gi"),
    *("dang-nhap-va-tim-thu-tuc", "nop-va-theo-doi-ho-so", "nen-tang-so-dia-phuong"),
    "quet-ma-qr",
)
# a picture as the clipboard or the hand brings it: one green field of 40 × 30
BRING = """async ([kind, name]) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'green';
  pen.fillRect(0, 0, 40, 30);
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
  const data = new DataTransfer();
  data.items.add(new File([blob], name, { type: 'image/png' }));
  const area = document.querySelector('[data-source]');
  area.dispatchEvent(kind === 'paste'
    ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
Write = Callable[[str], Page]


@pytest.fixture
def write(visits: Visits, cast: Cast) -> Write:
    """Opens a step of the course to write it, on the trainer's computer."""
    return lambda step: written_by(visits.open(DESK, cast.people["trainer"]), step)


def test_what_is_typed_shows_at_once_is_checked_and_saved(site: Site, write: Write) -> None:
    page = write(TYPED)
    add(page, "## Đoạn mới gõ\n\n![](khong-co.png)")
    expect(page.locator("[data-preview] h2", has_text="Đoạn mới gõ")).to_be_visible()
    marked = page.locator(".studio-line-error")
    expect(marked).to_have_count(1)
    expect(marked).to_have_text("![](khong-co.png)")
    expect(page.locator("[data-problems]")).to_contain_text("Không có hình “khong-co.png”")
    expect(state(page)).to_have_text(SAVED)
    assert "## Đoạn mới gõ" in kept(site, page)
    page.locator(".studio-go").first.click()
    chosen = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert source(page).evaluate(chosen) == "![](khong-co.png)"
    page.reload()
    assert "Đoạn mới gõ" in source(page).input_value()


def test_buttons_put_in_what_the_checker_takes(site: Site, write: Write) -> None:
    page = write(TOOLS)
    before = source(page).input_value()
    add(page, "đoạn thêm")
    page.keyboard.press("Shift+Home")
    page.locator("[data-tool=bold]").click()
    assert "\n\n**đoạn thêm**\n\n" in source(page).input_value()
    page.locator("[data-tool=steps]").click()
    for kind in ("single", "multiple", "short", "number", "order", "match"):
        choose(page, "question", f"[data-kind={kind}]")
    choose(page, "variant", "[data-kind=device][data-id=iphone]")
    choose(page, "variant", "[data-kind=for][data-id=nguoi-cao-tuoi]")
    choose(page, "drill", "[data-kind=call]")
    text = source(page).input_value()
    assert text.count("### ?") == before.count("### ?") + 8
    assert all(part in text for part in ("/// steps |", "/// device | iphone", "/// drill |"))
    expect(page.locator("[data-preview] .scene-call")).to_have_count(2)
    expect(page.locator("[data-problems] .studio-problem-error")).to_have_count(0)
    expect(state(page)).to_have_text(SAVED)
    assert kept(site, page) == source(page).input_value()
    for _ in range(3):
        source(page).press("Control+z")
    assert source(page).input_value() != text


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_is_brought(site: Site, write: Write, kind: str) -> None:
    page = write(PASTED)
    add(page, "Hình ở dưới dòng này.")
    page.evaluate(BRING, [kind, f"chup {kind}.png"])
    page.get_by_role("button", name="Chèn hình này").click()
    expect(page.locator("[data-picture-problem]")).to_contain_text("Chưa ghi hình có gì")
    page.locator("#studio-alt").fill("Một ô màu xanh")
    expect(page.locator("[data-picture-shown]")).to_be_visible()
    page.get_by_role("button", name="Chèn hình này").click()
    line = f"![Một ô màu xanh](../hinh/chup-{kind}.webp)"
    expect(source(page)).to_have_value(re.compile(re.escape(line)))
    shown = page.locator(f'[data-preview] img[src*="hinh/chup-{kind}.webp"]')
    expect(shown).to_be_visible()
    assert shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 40
    expect(state(page)).to_have_text(SAVED)
    assert line in kept(site, page)


def test_a_picture_that_is_none_is_refused_in_words(visits: Visits, write: Write) -> None:
    visits.expect("status of 400")
    page = write(PASTED)
    page.locator("[data-tool=picture]").click()
    fake: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": b"khong phai hinh"}
    page.set_input_files("#studio-file", fake)
    page.locator("#studio-alt").fill("Không có gì")
    page.get_by_role("button", name="Chèn hình này").click()
    expect(page.locator("[data-picture-problem]")).to_contain_text("Không đọc được hình này")
    page.keyboard.press("Escape")
    expect(source(page)).to_be_focused()


def test_an_old_text_is_looked_at_and_put_back(site: Site, write: Write) -> None:
    page = write(RESTORED)
    before, address = kept(site, page), page.url
    source(page).fill("---\ntitle: Lỡ xóa\n---\nHết rồi.\n")
    expect(state(page)).to_have_text(SAVED)
    page.get_by_role("link", name="Các bản đã lưu").click()
    page.get_by_role("link", name="Bản đầu").click()
    expect(page.locator(".diff-added").first).to_be_visible()
    page.get_by_role("button", name="Lấy lại bản này").click()
    page.wait_for_url(address)
    assert source(page).input_value() == before == kept(site, page)


def test_on_a_phone_there_are_tabs(visits: Visits, cast: Cast) -> None:
    page = written_by(visits.open(PHONE, cast.people["trainer"]), TABS)
    expect(page.locator("[data-preview]")).to_be_hidden()
    page.get_by_role("tab", name="Xem thử").click()
    expect(page.locator("[data-preview] p").first).to_be_visible()
    expect(source(page)).to_be_hidden()
    page.get_by_role("tab", name="Viết").click()
    add(page, "![](khong-co.png)")
    expect(page.get_by_role("tab", name="Cần sửa")).to_contain_text("2")
    page.get_by_role("tab", name="Cần sửa").click()
    page.locator(".studio-go").first.click()
    expect(source(page)).to_be_focused()


def test_without_javascript(site: Site, visits: Visits, cast: Cast) -> None:
    page = visits.open({**DESK, "java_script_enabled": False}, cast.people["trainer"])
    page.goto(f"/studio/{COURSE}")
    page.locator(f'form[action$="/steps/{PLAIN}/writing"] button').click()
    expect(page.locator("[data-tools]")).to_be_hidden()
    text = source(page).input_value() + "\n## Không cần máy giúp\n\n![](khong-co.png)\n"
    source(page).fill(text)
    page.get_by_role("button", name="Xem thử").click()
    expect(page.locator("[data-preview] h2", has_text="Không cần máy giúp")).to_be_visible()
    expect(page.locator("[data-problems]")).to_contain_text("Không có hình “khong-co.png”")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".flash-done")).to_contain_text("Đã lưu bản thứ 1.")
    assert kept(site, page) == text


def test_as_a_group_and_a_machine(write: Write) -> None:
    page = write(SHOWN)
    add(page, "/// for | nguoi-cao-tuoi\nChỉ cho bác.\n///")
    only = page.locator("[data-preview] section[data-for]")
    expect(only).to_have_count(1)
    page.locator("#studio-group").select_option("hoc-sinh-sinh-vien")
    expect(only).to_have_count(0)
    page.locator("#studio-group").select_option("nguoi-cao-tuoi")
    expect(only).to_have_text(re.compile("Chỉ cho bác."))
