"""The whole river in a real browser: from the first landing page to the province's count."""

import csv
import io
import re
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from app.accounts.models import Person, Role
from app.content.shelf import shelf
from tests.acts import rows
from tests.browser.acts import fill_registration, log_in_at_the_office, press
from tests.browser.cast import ELDERS, HOME, RESIDENTS
from tests.browser.papers import answer_rightly, asked, length
from tests.browser.site import Site
from tests.browser.visits import DESK, PHONE, Visits

NAME, BORN, TELEPHONE = "Bh'riu Thị Ngọc Nhường", "1963", "0900555001"
ELDER = "Nguyễn Thị Tươi"
OFFICE = "Thư viện phường Bàn Thạch"


pytestmark = pytest.mark.usefixtures("offices")


@pytest.fixture(scope="module")
def offices(site: Site) -> None:
    """A library, its HR officer, and the three people who watch over the province."""
    site.office("TV-THU", OFFICE, HOME)
    site.officer("Trần Thị Nhân Sự", Role.HR, "TV-THU", email="nhan-su@thu.vn")
    site.officer("Phạm Văn Chỉ Tiêu", Role.OFFICER, email="chi-tieu@thu.vn")
    site.officer("Lê Hồng Dạy", Role.TRAINER, email="nguoi-day@thu.vn")
    site.officer("Hoàng Minh Trị", Role.ADMIN, email="quan-tri@thu.vn")


def test_from_the_landing_page_to_the_count(site: Site, visits: Visits, tmp_path: Path) -> None:
    hr = at_the_office(visits, "nhan-su@thu.vn")
    import_roster(hr, roster(tmp_path))
    officer = at_the_office(visits, "chi-tieu@thu.vn")
    before = numerator(officer)

    phone = visits.open(PHONE)
    arrive(phone, "Người dân", "anh chị", RESIDENTS)
    register(phone, NAME, BORN, TELEPHONE, RESIDENTS)
    read_every_lesson(phone, RESIDENTS)
    pass_the_test(phone, site)
    check_publicly(visits, certificate(phone, tmp_path, NAME))

    with site.app.app_context():
        assert len(rows(Person, full_name=NAME)) == 1
    assert numerator(officer) == before + 1
    find_in_the_lists(hr, tmp_path)
    look_as_a_trainer(at_the_office(visits, "nguoi-day@thu.vn"))
    look_into_the_audit(at_the_office(visits, "quan-tri@thu.vn"))


def test_an_elder_without_javascript(site: Site, visits: Visits, tmp_path: Path) -> None:
    officer = at_the_office(visits, "chi-tieu@thu.vn")
    before = numerator(officer)
    phone = visits.open(PHONE, java_script_enabled=False)
    arrive(phone, "Người cao tuổi", "bác", ELDERS)
    register(phone, ELDER, "1955", "0900555002", ELDERS)
    read_every_lesson(phone, ELDERS)
    pass_the_test(phone, site)
    check_publicly(visits, certificate(phone, tmp_path, ELDER))
    assert numerator(officer) == before + 1


def at_the_office(visits: Visits, email: str) -> Page:
    """Somebody of the staff at a computer, signed in."""
    page = visits.open(DESK)
    log_in_at_the_office(page, email)
    expect(page.locator("h1")).to_contain_text("Chào")
    return page


def roster(folder: Path) -> Path:
    """A roster as an office keeps it, with one person."""
    file = folder / "danh-sach.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Chức vụ"))
        sheet.write_row(1, 0, (1, NAME, BORN, TELEPHONE, "Thủ thư"))
    return file


def import_roster(page: Page, file: Path) -> None:
    """Upload, look at the dry run, and import."""
    page.goto("/staff")
    press(page, "Nhập danh sách")
    page.set_input_files("#file", file)
    press(page, "Xem thử")
    expect(page.locator("h1")).to_have_text("Xem thử danh sách")
    expect(page.get_by_role("row").filter(has_text=NAME)).to_contain_text("Thêm mới")
    press(page, "Nhập 1 dòng")
    expect(page.get_by_role("row").filter(has_text=NAME)).to_contain_text("Chưa bắt đầu")


def numerator(page: Page) -> int:
    """How many adults the province's board counts now."""
    page.goto("/board")
    row = page.get_by_role("row").filter(has_text="Người dân trong độ tuổi trưởng thành")
    return int(row.locator("[data-label='Đã đạt']").inner_text().replace(".", ""))


def arrive(page: Page, group: str, address: str, slug: str) -> None:
    """From the landing page, by the group, to the course."""
    page.goto("/")
    page.locator("#nhom").get_by_role("link", name=group).first.click()
    press(page, f"Xem khóa học cho {address}")
    page.wait_for_url(f"**/courses/{slug}")


def register(page: Page, full_name: str, born: str, telephone: str, slug: str) -> None:
    """From the course page through registration and residence back to it, and begin."""
    press(page, "Đăng ký để lưu kết quả")
    fill_registration(page, full_name, born, telephone, go=False)
    press(page, "Đăng ký")
    page.select_option("#commune", label="Phường Bàn Thạch")
    press(page, "Ghi nơi ở")
    page.wait_for_url(f"**/courses/{slug}")
    press(page, "Bắt đầu học")


def read_every_lesson(page: Page, slug: str) -> None:
    """By the one main button, lesson after lesson; the first practice question is answered."""
    course = shelf.course(slug)
    assert course
    practised = False
    total = len(course.required)
    for place, step in enumerate(course.required[:-1], start=1):
        page.wait_for_url(f"**/{step.slug}")
        expect(page.locator(".lesson-top")).to_contain_text(f"Bài {place} trong {total}")
        practised = practised or practise(page)
        press(page, "Đã hiểu")
    assert practised


def practise(page: Page) -> bool:
    """Answer the page's first practice question of one choice, if there is one, and read why."""
    practice = page.locator("form.practice", has=page.get_by_role("radio")).first
    if not practice.count():
        return False
    practice.get_by_role("radio").first.check()
    practice.get_by_role("button").click()
    expect(practice.locator(".verdict-why")).to_be_visible()
    return True


def pass_the_test(page: Page, site: Site) -> None:
    """Answer every question rightly, look it over and hand in."""
    press(page, "Bắt đầu làm bài")
    page.wait_for_url("**/attempts/*/1")
    attempt_id = int(page.url.split("/")[-2])
    total = length(site, attempt_id)
    for number in range(1, total + 1):
        expect(page.locator("h1")).to_have_text(f"Câu {number} trên {total}")
        answer_rightly(page, asked(site, attempt_id, number))
        press(page, "Lưu và sang câu tiếp" if number < total else "Lưu và xem lại các câu")
    expect(page.locator("main")).to_contain_text("Đã trả lời hết các câu")
    press(page, "Nộp bài")
    expect(page.locator("h1")).to_contain_text("Chúc mừng")
    expect(page.locator(".score")).to_contain_text("100/100 điểm")


def certificate(page: Page, folder: Path, full_name: str) -> str:
    """The paper opens at once and bears the exact name; returns the code on it."""
    link = page.get_by_role("link", name="Tải giấy chứng nhận")
    answer = page.context.request.get(link.get_attribute("href") or "")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    words = paper_words(answer.body(), folder)
    assert full_name in words
    found = re.search(r"/v/([2-9A-Z]{10})\b", words)
    assert found
    return found[1]


def paper_words(data: bytes, folder: Path) -> str:
    """The words of a PDF as a reader sees them."""
    file = folder / "paper.pdf"
    file.write_bytes(data)
    return subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True
    ).stdout


def check_publicly(visits: Visits, code: str) -> None:
    """Anybody may ask, without signing in."""
    stranger = visits.open(PHONE)
    stranger.goto(f"/v/{code}")
    expect(stranger.locator("h1")).to_have_text("Giấy chứng nhận có hiệu lực")
    expect(stranger.locator("body")).not_to_contain_text("Đang dùng tên")


def find_in_the_lists(page: Page, folder: Path) -> None:
    """The HR officer sees her as done, and finds her in each file."""
    page.goto("/staff")
    row = page.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("Đã hoàn thành")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(downloaded(page, "Tải Excel")))
    assert any(NAME in line for line in sheet.get_sheet_by_index(0).to_python())
    lines = csv.reader(io.StringIO(downloaded(page, "Tải CSV").decode("utf-8-sig")))
    assert any(NAME in line for line in lines)
    words = " ".join(paper_words(downloaded(page, "Tải PDF"), folder).split())
    assert all(part in words for part in NAME.split())


def downloaded(page: Page, label: str) -> bytes:
    """The file behind a button; the next one is not long in coming."""
    with page.expect_download(timeout=8000) as download:
        press(page, label)
    return Path(download.value.path()).read_bytes()


def look_as_a_trainer(page: Page) -> None:
    """No problems; a lesson as a learner sees it; how the questions did."""
    page.goto(f"/studio/{RESIDENTS}")
    expect(page.locator(".problems")).to_contain_text("Không có lỗi")
    press(page, "Xem như người học")
    expect(page.locator("h1")).to_have_text("Các nút và màn hình")
    expect(page.locator("main")).to_contain_text("Đang xem trước")
    page.goto(f"/studio/{RESIDENTS}/questions")
    times = page.locator("[data-label='Lượt hỏi']").all_inner_texts()
    assert any(int(count.replace(".", "")) > 0 for count in times)


def look_into_the_audit(page: Page) -> None:
    """Who got a certificate and who took a list away."""
    for verb, words, name in (
        ("award", "Cấp giấy chứng nhận", NAME),
        ("export", "Tải danh sách", "Trần Thị Nhân Sự"),
    ):
        page.goto(f"/admin/audit?verb={verb}")
        newest = page.get_by_role("row").nth(1)
        expect(newest).to_contain_text(words)
        expect(newest).to_contain_text(name)
