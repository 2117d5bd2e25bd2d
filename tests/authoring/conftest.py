"""A courses folder of the test's own, so that a course can be broken and mended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.content.shelf import shelf
from tests.conftest import COURSES


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
