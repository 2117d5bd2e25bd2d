"""From a new course to learners: one trainer writes, another reviews and publishes."""

import shutil
from collections.abc import Iterator

import pytest
from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, expect

from app.accounts.models import Role
from app.content.shelf import shelf
from tests.browser.acts import press
from tests.browser.site import COURSES, Site, Who, served
from tests.browser.visits import DESK, PHONE, Visits

TITLE, SLUG = "Chợ quê lên mạng", "cho-que-len-mang"
LESSON = """---
title: Quét mã để trả tiền
minutes: 5
---
## Mở máy

Mở ứng dụng ngân hàng rồi bấm **Quét mã**.

### ? Quét xong thì xem lại gì? {#xem-lai}
- [x] Tên người nhận và số tiền
- [ ] Không cần xem gì
> Xem tên và số tiền rồi hãy bấm chuyển.
"""


@pytest.fixture(scope="module")
def own_site(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Who, Who]]:
    """A site with a courses folder that may be written in, and two trainers."""
    room = tmp_path_factory.mktemp("studio")
    (room / "courses").mkdir()
    shutil.copy(COURSES / "programme.yaml", room / "courses")
    shutil.copytree(COURSES / "c5-nguoi-cao-tuoi", room / "courses" / "c5-nguoi-cao-tuoi")
    with served(room / "instance", room / "courses") as own:
        with own.app.app_context():
            upgrade()
        writer = own.officer("Lê Hồng Sơn", Role.TRAINER)
        yield own, writer, own.officer("Đặng Thị Mai", Role.TRAINER)
    settings = site.app.extensions["settings"]
    shelf.open(settings.courses, settings.cache, 0)


@pytest.fixture
def people(browser: Browser, own_site: tuple[Site, Who, Who]) -> Iterator[Visits]:
    """Opens pages of that site."""
    visits = Visits(browser, own_site[0])
    yield visits
    visits.settle()


def test_new_course_lesson_review_publication(
    people: Visits, own_site: tuple[Site, Who, Who]
) -> None:
    site, writer, reviewer = own_site
    desk = people.open(DESK, writer)
    begin_course(desk, site)
    write_lesson(desk)
    hand_in(desk)
    visitor = people.open(PHONE)
    visitor.goto(f"{site.url}/courses")
    expect(visitor.locator("main")).not_to_contain_text(TITLE)

    other = people.open(DESK, reviewer)
    review(other, site)
    visitor.goto(f"{site.url}/courses/{SLUG}")
    expect(visitor.locator("h1")).to_have_text(TITLE)
    press(visitor, "Quét mã để trả tiền")
    expect(visitor.locator(".lesson-body")).to_contain_text("Mở ứng dụng ngân hàng")


def begin_course(page: Page, site: Site) -> None:
    """A new course with its first module."""
    page.goto(f"{site.url}/studio")
    press(page, "Khóa học mới")
    page.fill("#title", TITLE)
    page.fill("#summary", "Nhận tiền và bán hàng qua điện thoại.")
    page.get_by_label("Tiểu thương").check()
    page.fill("#code", "C9")
    press(page, "Tạo bản soạn")
    expect(page.locator("h1")).to_have_text(TITLE)
    page.get_by_text("Thêm phần", exact=True).click()
    page.fill("#name", "Nhận tiền")
    press(page, "Thêm phần này")
    expect(page.get_by_role("heading", name="Nhận tiền")).to_be_visible()


def write_lesson(page: Page) -> None:
    """Add a lesson to the module, and write it in the editor."""
    page.fill("#title", "Quét mã để trả tiền")
    press(page, "Thêm rồi viết bài")
    page.wait_for_url("**/draft/*")
    page.fill("textarea[name=text]", LESSON)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".studio-state")).to_have_attribute("data-state", "saved")
    page.goto(f"{page.url.rpartition('/')[0]}")
    expect(page.locator(".outline-steps")).to_contain_text("Quét mã để trả tiền")


def hand_in(page: Page) -> None:
    """No errors are left; on to the reviewers."""
    expect(page.locator(".draft-next h2")).to_have_text("Gửi duyệt")
    page.fill("#words", "Khóa đầu tiên, xem giúp câu hỏi.")
    press(page, "Gửi duyệt")
    expect(page.locator(".draft-next h2")).to_have_text("Đang chờ duyệt")
    expect(page.get_by_role("link", name="Xem và duyệt")).to_have_count(0)


def review(page: Page, site: Site) -> None:
    """Another reads every line, sees the lesson as learners will, approves and publishes."""
    page.goto(f"{site.url}/studio")
    page.get_by_role("link", name=f"Bản soạn của {TITLE}").click()
    expect(page.locator(".events")).to_contain_text("xem giúp câu hỏi")
    press(page, "Xem và duyệt")
    expect(page.locator(".diff ins").filter(has_text="Quét mã").first).to_be_visible()
    page.get_by_role("link", name="Xem thử như người học").last.click()
    expect(page.locator(".lesson-body")).to_contain_text("Mở ứng dụng ngân hàng")
    page.get_by_label("Trên máy").select_option("iphone")
    press(page, "Xem")
    expect(page.get_by_label("Trên máy")).to_have_value("iphone")
    page.goto(f"{site.url}/studio/{SLUG}/draft/review")
    press(page, "Duyệt")
    expect(page.locator(".draft-next h2")).to_have_text("Đã duyệt, chờ công bố")
    press(page, "Công bố cho người học")
    expect(page.locator("main")).to_contain_text("Đang phục vụ")


def test_the_outline_on_a_phone_without_javascript(
    people: Visits, own_site: tuple[Site, Who, Who]
) -> None:
    site, writer, _ = own_site
    phone = people.open(PHONE, writer, java_script_enabled=False)
    phone.goto(f"{site.url}/studio/c5-nguoi-cao-tuoi")
    press(phone, "Sửa khóa này")
    first, second = phone.locator(".outline-part h3").all_inner_texts()[:2]
    press(phone, f"Đưa “{first}” xuống dưới")
    assert phone.locator(".outline-part h3").all_inner_texts()[:2] == [second, first]
    row = phone.locator(".outline-steps .outline-row").first
    title = row.locator(".outline-link").inner_text()
    row.get_by_role("link", name=f"Tên, chỗ của “{title}”").click()
    press(phone, "Bỏ bài này")
    expect(phone.locator(".outline-gone")).to_be_visible()
    press(phone, "Lấy lại")
    expect(phone.locator(".outline-steps").first).to_contain_text(title)
    phone.get_by_role("link", name="Bỏ bản soạn").click()
    press(phone, "Bỏ bản soạn này")
    expect(phone.locator("h1")).to_have_text("Bài giảng")
