"""`courses check` on the command line."""

from pathlib import Path

from click.testing import Result
from flask import Flask

from tests.authoring.conftest import change


def run(app: Flask, *args: str) -> Result:
    """Run `courses check`."""
    return app.test_cli_runner().invoke(args=["courses", "check", *args])


def test_good_courses(app: Flask, course_files: Path) -> None:
    result = run(app)
    assert result.exit_code == 0
    assert result.output == "Đã soát 2 khóa học: không có lỗi.\n"


def test_an_error_names_file_line_and_mend(app: Flask, broken: Path) -> None:
    result = run(app)
    assert result.exit_code == 1
    first, last = result.output.splitlines()
    assert first.startswith("thu-nghiem/03-kiem-tra.md:")
    assert ": LỖI: " in first
    assert last == "Đã soát 2 khóa học: 1 lỗi."


def test_one_course_of_a_path(app: Flask, broken: Path) -> None:
    assert "Đã soát 1 khóa học: 1 lỗi." in run(app, str(broken.parent)).output
    assert run(app, str(broken.parent.parent / "nhap")).exit_code == 0


def test_a_remark_is_no_error(app: Flask, course_files: Path) -> None:
    change(course_files / "nhap" / "course.md", "reviewed: 2026-11-23", "reviewed: 2001-01-01")
    result = run(app)
    assert result.exit_code == 0
    assert "Đã soát 2 khóa học: không có lỗi, 1 lưu ý." in result.output


def test_no_such_path(app: Flask, tmp_path: Path) -> None:
    result = run(app, str(tmp_path / "khong-co"))
    assert result.exit_code == 1
    assert "Không có thư mục này." in result.output
