"""One course: its problems with file, line and mend; its outline."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.authoring.conftest import change


def page_of(browser: FlaskClient, slug: str = "thu-nghiem") -> str:
    """A course's page, spaces squeezed."""
    response = browser.get(f"/studio/{slug}")
    assert response.status_code == 200
    return " ".join(response.text.split())


@pytest.mark.usefixtures("course_files")
def test_outline_with_links_to_the_previews(as_trainer: FlaskClient) -> None:
    page = page_of(as_trainer)
    assert 'href="/studio/thu-nghiem/preview/mot"' in page
    assert 'href="/studio/thu-nghiem/questions"' in page
    assert "12 câu trong bộ câu hỏi" in page
    assert "1 câu luyện tập" in page
    assert "Không có lỗi, không có lưu ý nào." in page


def test_a_broken_course_shows_file_line_what_and_mend(
    as_trainer: FlaskClient, broken: Path
) -> None:
    lines = broken.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "{#thu-3 " in text)
    page = page_of(as_trainer)
    assert f'<code>thu-nghiem/03-kiem-tra.md</code><small class="problem-line">dòng {line}<' in page
    assert "Người học vẫn học phiên bản trước" in page
    assert 'data-label="Cách sửa"' in page


def test_mended_it_is_served_at_once(
    as_trainer: FlaskClient, client: FlaskClient, broken: Path
) -> None:
    page_of(as_trainer)
    change(broken, "- [ ] Ý đúng của câu 3", "- [x] Ý đúng của câu 3 (đã sửa)")
    assert "Không có lỗi" in page_of(as_trainer)
    page = as_trainer.get("/studio/thu-nghiem/preview/kiem-tra").text
    assert "Ý đúng của câu 3 (đã sửa)" in page


def test_remarks_on_a_course_in_order_show_too(as_trainer: FlaskClient, course_files: Path) -> None:
    change(
        course_files / "thu-nghiem" / "course.md", "reviewed: 2026-11-23", "reviewed: 2001-01-01"
    )
    page = page_of(as_trainer)
    assert "Đang phục vụ" in page
    assert "Lưu ý" in page


def test_a_course_that_was_never_good_shows_its_problems(
    as_trainer: FlaskClient, course_files: Path
) -> None:
    (course_files / "moi").mkdir()
    assert "Thiếu tệp course.md" in page_of(as_trainer, "moi")


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize("slug", ["khong-co", "programme.yaml", "..", "%2e%2e"])
def test_unknown(as_trainer: FlaskClient, slug: str) -> None:
    assert as_trainer.get(f"/studio/{slug}").status_code == 404


def test_signed_out(client: FlaskClient) -> None:
    assert client.get("/studio/thu-nghiem").location == "/login?next=/studio/thu-nghiem"


def test_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.post("/studio/thu-nghiem").status_code == 405
