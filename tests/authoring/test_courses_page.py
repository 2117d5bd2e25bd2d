"""The list of all courses on disk and what learners get of them."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.authoring.conftest import change


def page_of(browser: FlaskClient) -> str:
    """The studio's first page, spaces squeezed."""
    response = browser.get("/studio")
    assert response.status_code == 200
    return " ".join(response.text.split())


@pytest.mark.usefixtures("course_files")
def test_served_and_draft(as_trainer: FlaskClient) -> None:
    page = page_of(as_trainer)
    assert 'href="/studio/thu-nghiem">T1 · Khóa học thử nghiệm' in page
    assert page.index("Đang phục vụ") < page.index("Bản nháp")
    assert "K3: 6 ·</span>" in page
    assert "Không có lỗi" in page


@pytest.mark.usefixtures("broken")
def test_a_broken_course_is_named_and_the_version_before_serves(
    as_trainer: FlaskClient, client: FlaskClient
) -> None:
    page = page_of(as_trainer)
    assert "người học vẫn học bản trước" in page
    assert "1 lỗi" in page
    assert client.get("/courses/thu-nghiem/mot").status_code == 200


def test_a_course_that_was_never_good(as_trainer: FlaskClient, course_files: Path) -> None:
    (course_files / "moi").mkdir()
    (course_files / "moi" / "course.md").write_text("---\ntitle: Mới\n---\n", encoding="utf-8")
    page = page_of(as_trainer)
    assert "chưa có bản nào để học" in page
    assert 'href="/studio/moi">moi' in page


def test_a_broken_draft(as_trainer: FlaskClient, course_files: Path) -> None:
    change(course_files / "nhap" / "course.md", "hours: 1.5", "hours: lâu")
    assert "Bản nháp có lỗi" in page_of(as_trainer)


def test_a_broken_programme(as_trainer: FlaskClient, course_files: Path) -> None:
    change(course_files / "programme.yaml", "min_age: 15", "min_age: mười lăm")
    page = page_of(as_trainer)
    assert "Tệp chương trình có chỗ cần sửa" in page
    assert "<code>programme.yaml</code>" in page


def test_no_course_at_all(as_trainer: FlaskClient, course_files: Path) -> None:
    for entry in ("thu-nghiem", "nhap"):
        (course_files / entry).rename(course_files.parent / entry)
    assert "Chưa có khóa học nào" in page_of(as_trainer)


def test_an_administrator_may_look(as_admin: FlaskClient) -> None:
    assert "Khóa học thử nghiệm" in page_of(as_admin)


def test_signed_out(client: FlaskClient) -> None:
    assert client.get("/studio").location == "/login?next=/studio"


@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_officer", "as_registrar"])
@pytest.mark.parametrize("page", ["", "/thu-nghiem", "/thu-nghiem/questions"])
def test_wrong_role(who: str, page: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).get(f"/studio{page}").status_code == 404


def test_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.post("/studio").status_code == 405


@pytest.mark.usefixtures("course_files")
def test_it_asks_the_database_only_who_it_is_and_for_drafts(as_trainer: FlaskClient) -> None:
    page_of(as_trainer)
    assert as_trainer.queries == 2
