"""Bringing a course in through the studio."""

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import AuditLine
from app.content.shelf import shelf
from app.content.source import digests_of
from app.lib.ids import operation_id
from tests.acts import post, rows

PAGE = "/studio/import"


def zipped(**files: str) -> io.BytesIO:
    """A ZIP of Markdown pages by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.md", text)
    out.seek(0)
    return out


def upload(data: bytes | io.BytesIO, name: str = "Đời sống.zip") -> tuple[io.BytesIO, str]:
    """A file as a browser sends it."""
    return (data if isinstance(data, io.BytesIO) else io.BytesIO(data)), name


@pytest.mark.usefixtures("course_files")
def test_the_form(as_trainer: FlaskClient) -> None:
    assert 'href="/studio/import"' in as_trainer.get("/studio").text
    assert 'enctype="multipart/form-data"' in as_trainer.get(PAGE).text


def test_a_zip_becomes_a_draft_with_a_report(as_trainer: FlaskClient, course_files: Path) -> None:
    answer = post(as_trainer, PAGE, file=upload(zipped(mot="# Một\n\n[x](y.md)", hai="Chữ")))
    assert answer.status_code == 200
    assert "mot.md" in answer.text and "chỉ giữ chữ" in answer.text
    course = shelf.library.course("doi-song")
    assert course is not None and not course.published
    assert [step.title for step in course.steps] == ["Hai", "Một"]
    (line,) = rows(AuditLine, verb="import_course")
    assert line.subject == "course doi-song" and "2 tệp" in line.detail


@pytest.mark.usefixtures("course_files")
def test_questions_and_a_slug(as_trainer: FlaskClient) -> None:
    aiken = "Hỏi?\nA. Một\nB. Hai\nANSWER: A\n".encode()
    post(as_trainer, PAGE, file=upload(aiken, "cau.txt"), slug="hoi-dap")
    course = shelf.library.course("hoi-dap")
    assert course is not None and len(course.steps[-1].questions) == 1


def test_an_export_of_ours_comes_in_as_a_draft(
    app: Flask, as_trainer: FlaskClient, course_files: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ra.zip"
    runner = app.test_cli_runner()
    done = runner.invoke(args=["courses", "export", "thu-nghiem", "--out", str(out)])
    assert done.exit_code == 0
    post(as_trainer, PAGE, file=upload(out.read_bytes(), "ra.zip"), slug="lai")
    course = shelf.library.course("lai")
    assert course is not None and not course.published
    changed = (
        digests_of(course_files / "lai").items() ^ digests_of(course_files / "thu-nghiem").items()
    )
    assert {name for name, _ in changed} == {"course.md"}


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(PAGE).location == f"/login?next={PAGE}"
    assert post(client, PAGE, file=upload(zipped(a="x"))).location == "/login"


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_officer", "as_registrar"])
def test_trainers_only(who: str, request: pytest.FixtureRequest) -> None:
    browser = request.getfixturevalue(who)
    assert browser.get(PAGE).status_code == 404
    assert post(browser, PAGE, file=upload(zipped(a="x"))).status_code == 404


def test_a_course_that_is_there_already_is_not_touched(
    as_trainer: FlaskClient, course_files: Path
) -> None:
    before = digests_of(course_files / "nhap")
    answer = post(as_trainer, PAGE, file=upload(zipped(a="x")), slug="nhap")
    assert answer.status_code == 400 and "Đã có khóa “nhap”" in answer.text
    assert digests_of(course_files / "nhap") == before


def test_no_file(as_trainer: FlaskClient) -> None:
    answer = post(as_trainer, PAGE)
    assert answer.status_code == 400 and "Chưa chọn tệp" in answer.text


@pytest.mark.parametrize("slug", ["Hoa", "../x", "a" * 81])
def test_a_bad_slug(as_trainer: FlaskClient, course_files: Path, slug: str) -> None:
    before = sorted(course_files.iterdir())
    answer = post(as_trainer, PAGE, file=upload(zipped(a="x")), slug=slug)
    assert answer.status_code == 400
    assert sorted(course_files.iterdir()) == before


@pytest.mark.parametrize("data", [b"PK hong", b"\0\1\2", b""])
def test_a_file_that_is_none(as_trainer: FlaskClient, course_files: Path, data: bytes) -> None:
    before = sorted(course_files.iterdir())
    assert post(as_trainer, PAGE, file=upload(data)).status_code == 400
    assert sorted(course_files.iterdir()) == before
    assert not rows(AuditLine, verb="import_course")


def test_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.delete(PAGE).status_code == 405


@pytest.mark.usefixtures("course_files")
def test_twice(as_trainer: FlaskClient) -> None:
    op_id, data = operation_id(), zipped(a="x").getvalue()
    first = post(as_trainer, PAGE, op_id=op_id, file=upload(data))
    again = post(as_trainer, PAGE, op_id=op_id, file=upload(data))
    assert first.status_code == 200
    assert again.status_code == 303 and again.location == "/studio/doi-song"
    assert len(rows(AuditLine, verb="import_course")) == 1
    assert post(as_trainer, PAGE, op_id=op_id, file=upload(b"khac")).status_code == 409


@pytest.mark.usefixtures("course_files")
def test_a_refused_act_may_be_done_again(as_trainer: FlaskClient) -> None:
    op_id = operation_id()
    assert post(as_trainer, PAGE, op_id=op_id, file=upload(b"PK")).status_code == 400
    assert post(as_trainer, PAGE, op_id=op_id, file=upload(zipped(a="x"))).status_code == 200


def test_the_command_line(app: Flask, course_files: Path, tmp_path: Path) -> None:
    (tmp_path / "Sách").mkdir()
    (tmp_path / "Sách" / "a.md").write_text("# Một\n", encoding="utf-8")
    runner = app.test_cli_runner()
    done = runner.invoke(args=["courses", "import", str(tmp_path / "Sách")])
    assert done.exit_code == 0 and "a.md: lấy, có sửa: tiêu đề # thành tên bài" in done.output
    assert (course_files / "sach" / "01-a.md").is_file()
    refused = runner.invoke(args=["courses", "import", str(tmp_path / "khong-co")])
    assert refused.exit_code == 1 and "Không nhập gì" in refused.output
    unknown = runner.invoke(args=["courses", "export", "khong", "--out", str(tmp_path / "x.zip")])
    assert unknown.exit_code == 1 and "Không có khóa học" in unknown.output


def test_no_way_around_the_review(as_trainer: FlaskClient, course_files: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted((course_files / "thu-nghiem").rglob("*.*")):
            text = path.read_bytes().replace(b"status: published", b'"status" : published')
            archive.writestr(path.relative_to(course_files).as_posix(), text)
    answer = post(as_trainer, PAGE, file=upload(out.getvalue()), slug="vong")
    assert answer.status_code == 400 and "đã công bố" in answer.text
    assert not (course_files / "vong").exists()
