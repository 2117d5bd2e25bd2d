"""A trainer sends a ZIP of pages from a phone and from a desk, and reads what became of each."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from app.accounts.models import Role
from app.config import ROOT
from app.content.programme import FILE
from app.content.shelf import shelf
from tests.browser.site import Site
from tests.browser.visits import DESK, PHONE, Visits

PAGES = {
    "Khóa quê/README.md": "# Chợ quê trên mạng\n\nBà con học bán hàng.\n",
    "Khóa quê/01 Mở đầu/Bài một.md": "# Chụp\n\n![Cái nón](../hinh/non.svg)\n\n[x](khong-co.md)\n",
    "Khóa quê/01 Mở đầu/Bài hai.md": "::: warning\nCoi chừng người lạ.\n:::\n",
    "Khóa quê/hinh/non.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40">'
        '<path d="M0 40L45 0L90 40z"/></svg>'
    ),
    "Khóa quê/node_modules/a.md": "# Không lấy\n",
}


@pytest.fixture
def courses(site: Site, tmp_path: Path) -> Iterator[Path]:
    """A courses folder of this test's own, served meanwhile."""
    settings = site.app.extensions["settings"]
    folder = tmp_path / "courses"
    folder.mkdir()
    shutil.copyfile(ROOT / "courses" / FILE, folder / FILE)
    shutil.copytree(ROOT / "courses" / "c5-nguoi-cao-tuoi", folder / "c5-nguoi-cao-tuoi")
    site.app.extensions["settings"] = settings.model_copy(update={"courses": folder})
    shelf.open(folder, tmp_path / "cache", 0)
    yield folder
    site.app.extensions["settings"] = settings
    shelf.open(settings.courses, settings.instance / "cache", 0)


def zipped(pages: dict[str, str]) -> FilePayload:
    """A ZIP of these files, as a browser sends it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in pages.items():
            archive.writestr(name, text)
    return {"name": "Khóa quê.zip", "mimeType": "application/zip", "buffer": out.getvalue()}


def sent(page: Page, site: Site, file: FilePayload) -> None:
    """Walk from the studio to the form, choose the file and send it."""
    page.goto(f"{site.url}/studio")
    page.get_by_role("link", name="Nhập khóa học").first.click()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Nhập thành bản nháp").click()


@pytest.mark.parametrize("shape", [PHONE, DESK], ids=["phone", "desk"])
def test_a_zip_is_sent_and_its_report_read(
    site: Site, visits: Visits, courses: Path, shape: dict[str, Any]
) -> None:
    page = visits.open(shape, site.officer("Trần Văn Soạn", Role.TRAINER))
    sent(page, site, zipped(PAGES))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhập khóa học")
    rows = page.locator("table", has_text="01 Mở đầu/Bài một.md").locator("tbody tr")
    told = {row.locator("th").inner_text(): row.inner_text() for row in rows.all()}
    assert "Lấy, có sửa" in told["01 Mở đầu/Bài một.md"]
    assert "khong-co.md" in told["01 Mở đầu/Bài một.md"]
    assert "khung [!WARNING]" in told["01 Mở đầu/Bài hai.md"]
    assert "bỏ qua cả thư mục" in told["node_modules/"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Mở khóa học").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chợ quê trên mạng")
    assert (courses / "khoa-que" / "tep" / "non.svg").is_file()


def test_a_file_that_is_no_course_is_refused_in_words(
    site: Site, visits: Visits, courses: Path
) -> None:
    page = visits.open(PHONE, site.officer("Trần Văn Soạn", Role.TRAINER))
    visits.expect("status of 400")
    before = sorted(path.name for path in courses.iterdir())
    sent(page, site, zipped({"../ra-ngoai.md": "# Ra ngoài\n"}))
    expect(page.get_by_role("alert").first).to_contain_text("đường dẫn đi ra ngoài")
    assert sorted(path.name for path in courses.iterdir()) == before
