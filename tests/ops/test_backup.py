"""`backup` and `restore`: there and back again, whole or not at all."""

import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.models import AuditLine, Person
from app.certificates.models import Award
from app.config import Settings
from app.content.models import Course
from app.counts.models import Attainment
from app.extensions import db
from app.learning.models import StepCredit
from app.ops import archive, dump
from tests.acts import pass_course, rows
from tests.ops.conftest import Command

TABLES = (Person, Award, Attainment, StepCredit)


@pytest.fixture
def courses(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A courses folder of its own that a test may change."""
    folder = tmp_path / "khoa-hoc"
    shutil.copytree(settings.courses, folder)
    before = app.extensions["settings"]
    app.extensions["settings"] = settings.model_copy(update={"courses": folder})
    yield folder
    app.extensions["settings"] = before


@pytest.fixture
def backup(run: Command, courses: Path, learner: Person, course: Course, tmp_path: Path) -> Path:
    """A backup of a learner with a certificate."""
    pass_course(learner, course)
    told = run("backup", tmp_path / "sao-luu")
    assert told.exit_code == 0, told.output
    (made,) = (tmp_path / "sao-luu").iterdir()
    assert str(made.resolve()) in told.output
    return made


def _counted() -> list[int]:
    return [len(rows(table)) for table in TABLES]


def _damage() -> None:
    db.session.execute(text("DELETE FROM attainment"))
    db.session.execute(text("UPDATE person SET full_name = 'Mất Rồi'"))
    db.session.commit()


def test_there_and_back_again(run: Command, backup: Path) -> None:
    before = _counted()
    _damage()
    told = run("restore", backup, "--yes")
    assert told.exit_code == 0, told.output
    assert _counted() == before
    assert [person.full_name for person in rows(Person)] == ["Nguyễn Thị Hoa"]
    assert run("register", "check").exit_code == 0
    assert run("counts", "check").exit_code == 0
    assert len(rows(AuditLine, verb="restore")) == 1


def test_a_restored_database_is_backed_up_and_restored_again(
    run: Command, backup: Path, tmp_path: Path
) -> None:
    run("restore", backup, "--yes")
    assert run("backup", tmp_path / "lan-hai").exit_code == 0
    (second,) = (tmp_path / "lan-hai").iterdir()
    _damage()
    assert run("restore", second, "--yes").exit_code == 0
    assert [person.full_name for person in rows(Person)] == ["Nguyễn Thị Hoa"]


def test_a_backup_leaves_a_line_and_nothing_half_made(run: Command, backup: Path) -> None:
    assert [line.subject for line in rows(AuditLine, verb="backup")] == [backup.name]
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    assert backup.stat().st_mode & 0o077 == 0


def test_courses_come_back_and_those_of_before_are_kept(
    run: Command, backup: Path, courses: Path
) -> None:
    lesson = next(courses.rglob("01-*.md"))
    before = lesson.read_text("utf-8")
    lesson.write_text("bị sửa", encoding="utf-8")
    told = run("restore", backup, "--yes")
    assert lesson.read_text("utf-8") == before
    (kept,) = courses.parent.glob("khoa-hoc.truoc-*")
    assert str(kept) in told.output
    assert (kept / lesson.relative_to(courses)).read_text("utf-8") == "bị sửa"


def test_unchanged_courses_stay_where_they_are(run: Command, backup: Path, courses: Path) -> None:
    run("restore", backup, "--yes")
    assert list(courses.parent.glob("*.truoc-*")) == []


def test_a_database_that_holds_something_is_not_overwritten(run: Command, backup: Path) -> None:
    _damage()
    told = run("restore", backup)
    assert (told.exit_code, "--yes" in told.output) == (1, True)
    assert [person.full_name for person in rows(Person)] == ["Mất Rồi"]


def _rewritten(source: Path, name: str, content: bytes | None, *, extra: str = "") -> Path:
    """A copy of a backup with one file changed (None: left out), or one more."""
    target = source.with_name("doi.tar.gz")
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            stream = old.extractfile(member)
            data = stream.read() if stream else b""
            if member.name == name:
                if content is None:
                    continue
                data, member.size = content, len(content)
            new.addfile(member, io.BytesIO(data))
        if extra:
            new.addfile(tarfile.TarInfo(extra), io.BytesIO())
    return target


def _refused(run: Command, file: Path, courses: Path) -> str:
    """The answer to restoring a bad file; nothing was changed."""
    _damage()
    files = sorted(courses.rglob("*"))
    told = run("restore", file, "--yes")
    assert told.exit_code == 1
    assert [person.full_name for person in rows(Person)] == ["Mất Rồi"]
    assert sorted(courses.rglob("*")) == files
    assert [f for f in courses.parent.iterdir() if f.name.startswith((".", "khoa-hoc."))] == []
    return told.output


def test_a_changed_database_is_noticed(run: Command, backup: Path, courses: Path) -> None:
    bad = _rewritten(backup, "database", b"khong phai")
    assert "sai mã kiểm" in _refused(run, bad, courses)


def test_a_missing_file_is_noticed(run: Command, backup: Path, courses: Path) -> None:
    bad = _rewritten(backup, "courses/programme.yaml", None)
    assert "thiếu courses/programme.yaml" in _refused(run, bad, courses)


@pytest.mark.parametrize("extra", ["../evil", "/tmp/evil", "courses/../../evil", "courses/la.md"])
def test_a_foreign_file_is_refused(
    run: Command, backup: Path, courses: Path, tmp_path: Path, extra: str
) -> None:
    bad = _rewritten(backup, "", None, extra=extra)
    assert "phần lạ" in _refused(run, bad, courses)
    assert not (tmp_path / "evil").exists()


def test_a_database_that_passes_its_sum_but_is_none_is_refused(
    run: Command, backup: Path, courses: Path
) -> None:
    junk = b"SQLite format 3\x00" + b"x" * 5000
    with tarfile.open(backup) as archived:
        manifest = json.load(archived.extractfile(archive.MANIFEST) or io.BytesIO())
    manifest["sums"]["database"] = archive.sum_of(io.BytesIO(junk))
    bad = _rewritten(backup, "database", junk)
    bad.rename(backup)
    bad = _rewritten(backup, archive.MANIFEST, json.dumps(manifest).encode())
    assert "Chưa khôi phục được" in _refused(run, bad, courses)


@pytest.mark.parametrize(
    ("fact", "value", "told"),
    [
        ("database", "oracle", "là của oracle"),
        ("revision", "9999_mai_sau", "mới hơn"),
        ("format", 2, "phiên bản khác"),
        ("sums", None, "Bảng kê"),
    ],
)
def test_a_backup_from_elsewhere_is_refused(
    run: Command, backup: Path, courses: Path, fact: str, value: object, told: str
) -> None:
    with tarfile.open(backup) as archived:
        manifest = json.load(archived.extractfile(archive.MANIFEST) or io.BytesIO())
    manifest[fact] = value
    bad = _rewritten(backup, archive.MANIFEST, json.dumps(manifest).encode())
    assert told in _refused(run, bad, courses)


@pytest.mark.parametrize("content", [b"", b"xin chao", b"\x1f\x8b\x08\x00rubbish"])
def test_a_file_that_is_no_backup_is_refused(
    run: Command, courses: Path, learner: Person, tmp_path: Path, content: bytes
) -> None:
    bad = tmp_path / "la.tar.gz"
    bad.write_bytes(content)
    _refused(run, bad, courses)


def test_half_a_backup_is_refused(run: Command, backup: Path, courses: Path) -> None:
    half = backup.with_name("nua.tar.gz")
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    _refused(run, half, courses)


def test_where_nothing_can_be_written_it_says_so(
    run: Command, courses: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "tep"
    blocked.write_text("")
    told = run("backup", blocked / "trong")
    assert (told.exit_code, "Chưa sao lưu được" in told.output) == (1, True)


def test_an_empty_database_needs_no_yes(
    run: Command, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _damage()
    monkeypatch.setattr(dump, "is_empty", lambda: True)
    assert run("restore", backup).exit_code == 0
    assert len(rows(Award)) == 1


def test_a_clean_database_counts_as_empty(app: Flask) -> None:
    assert dump.is_empty()


def test_a_learner_makes_it_count_as_full(learner: Person) -> None:
    assert not dump.is_empty()
