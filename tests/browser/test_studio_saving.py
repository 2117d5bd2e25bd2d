"""Whatever happens to the network, the tab, the session or the other writer: no word is lost."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.authoring.models import Revision
from tests.acts import rows
from tests.browser.away import CUT
from tests.browser.cast import Cast
from tests.browser.site import Site
from tests.browser.studio import SAVED, add, kept, kept_at, source, state, written_by
from tests.browser.visits import DESK, Visits
from tests.dropping_proxy import Proxy, proxied

NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
# each test writes a step of its own
CLOSED, OFFLINE, LEFT, PARTED, LOST, SIGNED_OUT, STRANGE, ENDED = (
    *("khoa-man-hinh", "tai-va-cai-vneid", "kich-hoat-tai-khoan", "dung-vneid-hang-ngay"),
    *(
        "chuyen-tien-khong-nham",
        "tai-khoan-va-vi-dien-tu",
        "chon-noi-ban-tin-duoc",
        "dat-hang-tung-buoc",
    ),
)


@pytest.fixture
def line(site: Site, visits: Visits) -> Iterator[Proxy]:
    """The way to the site, which a test may cut or let lose answers."""
    visits.expect(*CUT)
    with proxied(site.url) as line:
        visits.expect(f"asks outside: {line.url}")
        yield line


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


def test_the_network_goes_and_comes_back(site: Site, visits: Visits, cast: Cast) -> None:
    visits.expect(*NO_NETWORK)
    page = written_by(visits.open(DESK, cast.people["trainer"]), OFFLINE)
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
    page = written_by(visits.open_cold(DESK, cast.people["trainer"]), STRANGE)
    page.context.clear_cookies()
    visits.sign_in(page, cast.people["admin"])
    add(page, "Chữ của thầy Sơn.")
    expect(state(page)).to_contain_text("Máy này đang đăng nhập tên người khác")
    assert "Chữ của thầy Sơn." not in kept(site, page)


def test_who_ends_on_this_machine_is_asked_first(
    site: Site, visits: Visits, cast: Cast, line: Proxy
) -> None:
    who = cast.people["trainer"]
    page = written_by(visits.open_cold({**DESK, "base_url": line.url}, who), ENDED)
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


def test_two_write_at_once_and_merge(site: Site, visits: Visits, cast: Cast) -> None:
    visits.expect("status of 409")
    mine = written_by(visits.open(DESK, cast.people["trainer"]), PARTED)
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
