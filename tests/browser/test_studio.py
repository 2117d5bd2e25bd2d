"""A trainer writes a lesson in the browser: nothing that was typed is ever lost."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from app.authoring.models import DraftFile, Revision
from tests.acts import rows
from tests.browser.away import CUT
from tests.browser.cast import Cast
from tests.browser.site import Site
from tests.browser.visits import DESK, PHONE, Visits
from tests.dropping_proxy import Proxy, proxied

COURSE = "c4-nguoi-dan"
# each test writes a step of its own
(
    TYPED,
    TOOLS,
    CLOSED,
    OFFLINE,
    LEFT,
    PARTED,
    PASTED,
    RESTORED,
    TABS,
    PLAIN,
    SHOWN,
    LOST,
    SIGNED_OUT,
) = (
    *("cac-nut-va-man-hinh", "noi-mang-wifi-4g", "khoa-man-hinh", "tai-va-cai-vneid"),
    *("kich-hoat-tai-khoan", "dung-vneid-hang-ngay", "dich-vu-cong-la-gi"),
    *("dang-nhap-va-tim-thu-tuc", "nop-va-theo-doi-ho-so", "nen-tang-so-dia-phuong"),
    *("quet-ma-qr", "chuyen-tien-khong-nham", "tai-khoan-va-vi-dien-tu"),
)
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
SAVED = re.compile("Đã lưu lúc")
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


@pytest.fixture
def line(site: Site, visits: Visits) -> Iterator[Proxy]:
    """The way to the site, which a test may cut or let lose answers."""
    visits.expect(*CUT)
    with proxied(site.url) as line:
        visits.expect(f"asks outside: {line.url}")
        yield line


def written_by(page: Page, step: str) -> Page:
    """The editor of a step, opened from the page of the course."""
    page.goto(f"/studio/{COURSE}")
    page.locator(f'form[action$="/steps/{step}/writing"] button').click()
    expect(page.locator(".studio-line").first).to_be_attached()
    return page


def source(page: Page) -> Locator:
    """Where one writes."""
    return page.locator("[data-source]")


def state(page: Page) -> Locator:
    """What the page says of the text: written, saved, not sent."""
    return page.locator(".studio-state")


def add(page: Page, text: str) -> None:
    """Type a passage after the first one of the text."""
    source(page).evaluate(
        "(area) => { const end = area.value.indexOf('\\n\\n');"
        " area.focus(); area.setSelectionRange(end, end); }"
    )
    page.keyboard.insert_text(f"\n\n{text}")


def kept(site: Site, page: Page) -> str:
    """The text of the file that this page edits, as the server has it."""
    return kept_at(site, page.url)


def kept_at(site: Site, address: str) -> str:
    """The text of the file that is edited at this address."""
    with site.app.app_context():
        text: str = rows(DraftFile, id=int(address.rsplit("/", 1)[1]))[0].text
        return text


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


def test_the_network_goes_and_the_tab_is_closed(
    site: Site, visits: Visits, cast: Cast, line: Proxy
) -> None:
    who = cast.people["trainer"]
    page = written_by(visits.open_cold({**DESK, "base_url": line.url}, who), CLOSED)
    address, context = page.url, page.context
    line.cut.add(urlsplit(address).path)
    add(page, "Gõ lúc mất mạng.")
    expect(state(page)).to_have_text("Chưa gửi được, đang giữ trên máy này.")
    page.close()
    page = context.new_page()
    # what the browser still sends for the page that is gone must not arrive either
    page.wait_for_timeout(1000)
    line.cut.clear()
    assert "Gõ lúc mất mạng." not in kept_at(site, address)
    page.goto(address)
    offer = page.locator(".studio-kept")
    expect(offer).to_contain_text("Có bản viết dở trên máy này")
    offer.get_by_role("button", name="Lấy lại bản này").click()
    assert "Gõ lúc mất mạng." in source(page).input_value()
    expect(state(page)).to_have_text(SAVED)
    assert "Gõ lúc mất mạng." in kept(site, page)
    page.reload()
    expect(page.locator(".studio-line").first).to_be_attached()
    expect(page.locator(".studio-kept")).to_have_count(0)


def test_an_answer_that_is_lost_makes_no_second_text(
    site: Site, visits: Visits, cast: Cast, line: Proxy
) -> None:
    who = cast.people["trainer"]
    page = written_by(visits.open_cold({**DESK, "base_url": line.url}, who), LOST)
    line.lose_next("POST", urlsplit(page.url).path)
    add(page, "Câu trả lời rơi mất.")
    expect(state(page)).to_have_text("Chưa gửi được, đang giữ trên máy này.")
    assert "Câu trả lời rơi mất." in kept(site, page)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(state(page)).to_have_text(SAVED)
    with site.app.app_context():
        texts = rows(Revision, file_id=int(page.url.rsplit("/", 1)[1]))
    assert [text.number for text in texts] == [0, 1]


def test_the_network_goes_and_comes_back(site: Site, visits: Visits, write: Write) -> None:
    visits.expect(*NO_NETWORK)
    page = write(OFFLINE)
    page.context.set_offline(True)
    add(page, "Trước khi có mạng.")
    expect(state(page)).to_have_text("Chưa gửi được, đang giữ trên máy này.")
    add(page, "Viết tiếp.")
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    expect(page.locator("[data-preview]")).to_contain_text("Viết tiếp.")
    assert "Trước khi có mạng." in kept(site, page) and "Viết tiếp." in kept(site, page)


def test_a_tab_closed_in_the_midst_of_typing_is_saved(
    site: Site, visits: Visits, cast: Cast
) -> None:
    page = written_by(visits.open_cold(DESK, cast.people["trainer"]), LEFT)
    add(page, "Gõ xong đóng ngay.")
    address, context = page.url, page.context
    page.close(run_before_unload=True)
    page = context.new_page()
    for _ in range(50):
        if "Gõ xong đóng ngay." in kept_at(site, address):
            break
        page.wait_for_timeout(100)
    page.goto(address)
    expect(source(page)).to_have_value(re.compile("Gõ xong đóng ngay."))


def test_a_session_that_ended_goes_on_after_signing_in(
    site: Site, visits: Visits, cast: Cast
) -> None:
    visits.expect("status of 40[01]")
    page = written_by(visits.open_cold(DESK, cast.people["trainer"]), SIGNED_OUT)
    page.context.clear_cookies()
    add(page, "Viết lúc phiên đã hết.")
    expect(state(page)).to_contain_text("Phiên đăng nhập đã hết")
    assert "Viết lúc phiên đã hết." not in kept(site, page)
    visits.sign_in(page, cast.people["trainer"])
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(state(page)).to_have_text(SAVED, timeout=30_000)
    assert "Viết lúc phiên đã hết." in kept(site, page)


def test_nothing_is_saved_in_the_name_of_somebody_else(
    site: Site, visits: Visits, cast: Cast
) -> None:
    visits.expect("status of 40[01]")
    page = written_by(visits.open_cold(DESK, cast.people["trainer"]), SIGNED_OUT)
    page.context.clear_cookies()
    visits.sign_in(page, cast.people["admin"])
    add(page, "Chữ của thầy Sơn.")
    expect(state(page)).to_contain_text("Máy này đang đăng nhập tên người khác")
    assert "Chữ của thầy Sơn." not in kept(site, page)


def test_who_ends_on_this_machine_is_asked_first(
    site: Site, visits: Visits, cast: Cast, line: Proxy
) -> None:
    who = cast.people["trainer"]
    page = written_by(visits.open_cold({**DESK, "base_url": line.url}, who), SIGNED_OUT)
    address, asked = page.url, list[str]()
    line.cut.add(urlsplit(address).path)
    add(page, "Chưa kịp lưu.")
    expect(state(page)).to_have_text("Chưa gửi được, đang giữ trên máy này.")
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Kết thúc, xóa khỏi máy này").click()
    page.wait_for_timeout(500)
    assert len(asked) == 1 and "mất phần đó" in asked[0] and page.url == address
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Kết thúc, xóa khỏi máy này").click()
    page.wait_for_url(lambda url: url != address)
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('studio:'))") == []
    )


def test_two_write_at_once_and_merge(site: Site, visits: Visits, cast: Cast, write: Write) -> None:
    visits.expect("status of 409")
    mine = write(PARTED)
    other = written_by(visits.open(DESK, cast.people["admin"]), PARTED)
    source(other).press("Control+End")
    other.keyboard.insert_text("\nCuối bài, của anh Đức.\n")
    expect(state(other)).to_have_text(SAVED)
    text = source(mine).input_value()
    source(mine).fill(text.replace("\n\n", "\n\nĐầu bài, của thầy Sơn.\n\n", 1))
    expect(mine.locator("[data-conflict]")).to_contain_text("Hoàng Minh Đức đã lưu bài này")
    mine.get_by_role("button", name="So hai bản rồi chọn").click()
    expect(mine.locator("h1")).to_contain_text("Hai bản khác nhau")
    expect(mine.locator(".compare")).to_contain_text("Cuối bài, của anh Đức.")
    mine.get_by_role("button", name="Lưu bản ghép").click()
    expect(mine.locator(".flash-done")).to_contain_text("Đã lưu bản thứ 2.")
    assert "Cuối bài, của anh Đức." in kept(site, mine)
    assert "Đầu bài, của thầy Sơn." in kept(site, mine)
    expect(mine.locator(".studio-kept")).to_have_count(0)


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


def choose(page: Page, tool: str, choice: str) -> None:
    """Press a button above the text, and a choice in its dialog."""
    page.locator(f"[data-tool={tool}]").click()
    page.locator(f"dialog[data-pick={tool}] {choice}").click()
