"""A courses folder of the test's own, so that a course can be broken and mended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Person, Role
from app.authoring.models import DraftFile
from app.config import Settings
from app.content.shelf import shelf
from app.extensions import db
from app.units.models import Unit
from tests.acts import post, rows
from tests.cast import SignIn
from tests.conftest import COURSES

LESSON = "01-phan-mot/01-mot.md"


@pytest.fixture
def course_files(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The folder that is served in this test: the test course, and a draft of it."""
    courses = tmp_path / "courses"
    shutil.copytree(COURSES, courses)
    shutil.copytree(courses / "thu-nghiem", courses / "nhap")
    change(courses / "nhap" / "course.md", "status: published", "status: draft")
    change(courses / "nhap" / "course.md", "code: T1", "code: T2")
    app.extensions["settings"] = settings.model_copy(update={"courses": courses})
    shelf.open(courses, tmp_path / "cache", 0)
    yield courses
    app.extensions["settings"] = settings
    shelf.open(settings.courses, settings.instance / "cache", 0)


def change(file: Path, old: str, new: str) -> None:
    """Edit a course file, as an author would."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def broken(course_files: Path) -> Path:
    """The served course was edited: a question of its test lost its right answer."""
    test = course_files / "thu-nghiem" / "03-kiem-tra.md"
    change(test, "- [x] Ý đúng của câu 3", "- [ ] Ý đúng của câu 3")
    return test


@pytest.fixture
def lesson(as_trainer: FlaskClient, course_files: Path) -> DraftFile:
    """The first lesson in the open draft of the test course."""
    post(as_trainer, "/studio/thu-nghiem/steps/mot/writing")
    return file_named(LESSON)


def file_named(name: str) -> DraftFile:
    """The file with this name in the newest draft, read anew."""
    found: DraftFile = rows(DraftFile, name=name)[-1]
    return found


def page_of(file: DraftFile) -> str:
    """Where a file of the test course is written."""
    return f"/studio/thu-nghiem/draft/{file.id}"


@pytest.fixture
def as_colleague(sign_in: SignIn, province: Unit) -> FlaskClient:
    """Cô Mai's browser; she writes every course too."""
    return sign_in(_trainer("Đặng Thị Mai", None))


@pytest.fixture
def village_trainer(commune: Unit) -> Person:
    """Thầy Tâm teaches in one commune and writes only what he was given."""
    return _trainer("Ngô Thành Tâm", commune)


def _trainer(name: str, unit: Unit | None) -> Person:
    person = add_person(name)
    grant_role(None, person, Role.TRAINER, unit.id if unit else None)
    db.session.commit()
    return person
