"""Versions of courses that are no more on disk go into a backup and come back with it."""

import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.content.library import Library
from app.content.models import Course
from app.content.source import tag_of
from tests.ops.conftest import Command

PICTURE = "01-phan-mot/hinh.svg"


@pytest.fixture
def place(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Courses and a cache of its own that a test may change."""
    shutil.copytree(settings.courses, tmp_path / "khoa-hoc")
    changed = {"courses": tmp_path / "khoa-hoc", "instance": tmp_path / "instance"}
    if not settings.database_url:
        changed["database_url"] = settings.sqlalchemy_url
    app.extensions["settings"] = settings.model_copy(update=changed)
    yield app.extensions["settings"]
    app.extensions["settings"] = settings


@pytest.fixture
def library(place: Settings) -> Library:
    return Library(place.courses, place.cache)


@pytest.fixture
def old(place: Settings, library: Library, course: Course) -> tuple[Course, str]:
    """A version that a learner has under way, edited since; and the tag of its picture."""
    folder = place.courses / course.slug
    picture, lesson = folder / PICTURE, next(folder.glob("*/01-*.md"))
    picture.parent.mkdir(exist_ok=True)
    picture.write_text("<svg></svg>")
    text = lesson.read_text("utf-8")
    lesson.write_text(f"{text}\n\nLời cũ.\n\n![Hình](../{PICTURE})\n", "utf-8")
    library.refresh()
    before, tag = library.course(course.slug), tag_of(picture)
    assert before is not None
    picture.unlink()
    lesson.write_text(f"{text}\n\nLời mới.\n", "utf-8")
    library.refresh()
    return before, tag


@pytest.fixture
def backup(run: Command, old: object, tmp_path: Path) -> Path:
    assert run("backup", tmp_path / "sao-luu").exit_code == 0
    return next((tmp_path / "sao-luu").iterdir())


def kept_in(backup: Path) -> list[str]:
    with tarfile.open(backup) as archive:
        return [name for name in archive.getnames() if name.startswith("kept/")]


def test_a_learners_old_version_comes_back(
    run: Command, backup: Path, place: Settings, library: Library, old: tuple[Course, str]
) -> None:
    before, tag = old
    slug = before.slug
    shutil.rmtree(place.cache)
    library.refresh()
    assert library.version(slug, before.version) is None
    assert run("restore", backup, "--yes").exit_code == 0
    known = library.version(slug, before.version)
    assert known is not None and "Lời cũ." in known.steps[0].html
    picture = library.media(slug, PICTURE, tag)
    assert picture is not None and picture.read_text() == "<svg></svg>"


def test_only_what_the_courses_cannot_bring_back_is_in_it(
    backup: Path, old: tuple[Course, str]
) -> None:
    before, tag = old
    names = kept_in(backup)
    assert f"kept/_files/{tag}.svg" in names
    assert [n.split("/")[1:3] for n in names if "_files" not in n] == [
        [before.slug, before.version]
    ]


def test_what_is_kept_already_stays(
    run: Command, backup: Path, place: Settings, old: tuple[Course, str]
) -> None:
    before = old[0]
    kept = next((place.cache / before.slug / before.version).glob("*.json"))
    os.utime(kept, (1, 1))
    assert run("restore", backup, "--yes").exit_code == 0
    assert [path.stat().st_mtime for path in kept.parent.glob("*.json")] == [1]


def test_a_draft_and_an_import_under_way_are_left_out(
    run: Command, place: Settings, library: Library, course: Course, tmp_path: Path
) -> None:
    (place.courses / ".nhap-dang-lam").mkdir()
    (place.courses / ".nhap-dang-lam/course.md").write_text("dở dang")
    text = place.courses / course.slug / "course.md"
    text.write_text(text.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    library.refresh()
    shutil.rmtree(place.courses / course.slug)
    assert run("backup", tmp_path / "sao-luu").exit_code == 0
    with tarfile.open(next((tmp_path / "sao-luu").iterdir())) as archive:
        names = archive.getnames()
    assert not [name for name in names if course.slug in name or "dang-lam" in name]
