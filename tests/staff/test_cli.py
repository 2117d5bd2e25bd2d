"""The commands: lists and rosters on the server itself."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.units.models import Unit
from tests.acts import pass_course, rows
from tests.staff.acts import csv_file

NEW = ("Trần Văn An", "05/03/1990", "048090001234", "0905111222", "Văn thư")
WRONG = ("Lê Bé", "31/02/1985", "", "", "")


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "ds.csv"
    path.write_bytes(csv_file(NEW))
    return path


@pytest.fixture
def bad_roster(tmp_path: Path) -> Path:
    path = tmp_path / "sai.csv"
    path.write_bytes(csv_file(NEW, WRONG))
    return path


@pytest.mark.parametrize(
    ("form", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")]
)
def test_a_list_is_written(
    app: Flask,
    learner: Person,
    office: Unit,
    course: Course,
    tmp_path: Path,
    form: str,
    start: bytes,
) -> None:
    pass_course(learner, course)
    out = tmp_path / f"ds.{form}"
    result = run(
        app, "staff", "list", "--unit", "CQ01", "--format", form, "--out", out, "--state", "done"
    )
    assert (result.exit_code, "Danh sách này có 1 người." in result.output) == (0, True)
    assert out.read_bytes().startswith(start)
    line = rows(AuditLine, verb="export")[0]
    assert (line.actor_id, line.subject) == (None, f"unit {office.id}")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--unit", "KHONG"), "Không có đơn vị nào mang mã KHONG"),
        (("--unit", "CQ01", "--course", "khong-co"), "Có: thu-nghiem"),
    ],
)
def test_a_list_that_cannot_be_says_why(
    app: Flask, office: Unit, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    out = tmp_path / "ds.csv"
    result = run(app, "staff", "list", *words, "--format", "csv", "--out", out)
    assert result.exit_code == 1
    assert reason in result.output
    assert not out.exists()


def test_a_folder_that_is_not_there_is_said(app: Flask, office: Unit, tmp_path: Path) -> None:
    out = tmp_path / "khong-co" / "ds.csv"
    result = run(app, "staff", "list", "--unit", "CQ01", "--format", "csv", "--out", out)
    assert result.exit_code == 1
    assert "Không ghi được" in result.output


def test_a_roster_comes_in(app: Flask, office: Unit, roster: Path) -> None:
    result = run(app, "people", "import", roster, "--unit", "CQ01")
    assert result.exit_code == 0
    assert "Đã thêm 1 người, sửa 0 người." in result.output
    assert len(rows(Person, full_name="Trần Văn An")) == 1
    assert len(rows(AuditLine, verb="import")) == 1


def test_a_dry_run_writes_nothing(app: Flask, office: Unit, roster: Path) -> None:
    result = run(app, "people", "import", roster, "--unit", "CQ01", "--dry-run")
    assert result.exit_code == 0
    assert "1 dòng: 1 người mới." in result.output
    assert rows(Person, full_name="Trần Văn An") == []


def test_wrong_rows_stop_the_import_with_their_reasons(
    app: Flask, office: Unit, bad_roster: Path
) -> None:
    result = run(app, "people", "import", bad_roster, "--unit", "CQ01")
    assert result.exit_code == 1
    assert "Dòng 3 (Lê Bé): Ngày sinh: “31/02/1985”: không có ngày này trong lịch." in result.output
    assert "Chưa nhập gì." in result.output
    assert rows(Person, full_name="Trần Văn An") == []


def test_the_good_rows_alone_when_asked_for(app: Flask, office: Unit, bad_roster: Path) -> None:
    result = run(app, "people", "import", bad_roster, "--unit", "CQ01", "--only-good")
    assert result.exit_code == 0
    assert len(rows(Person, full_name="Trần Văn An")) == 1


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "trống"), ("Tuổi;SĐT\r\n1;2\r\n".encode(), "dòng tiêu đề")]
)
def test_a_bad_file_says_what_to_mend(
    app: Flask, office: Unit, tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes(content)
    result = run(app, "people", "import", path, "--unit", "CQ01")
    assert result.exit_code == 1
    assert reason in result.output


def test_an_unknown_unit_is_said(app: Flask, province: Unit, roster: Path) -> None:
    result = run(app, "people", "import", roster, "--unit", "KHONG")
    assert result.exit_code == 1
    assert "Không có đơn vị nào mang mã KHONG" in result.output
