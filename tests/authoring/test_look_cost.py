"""A look at what is typed costs little, also in the longest files of the longest course."""

import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import ROOT, Settings
from app.content.shelf import shelf
from tests.acts import post
from tests.authoring.conftest import file_named

COURSE = "c4-nguoi-dan"
MOST_SECONDS = 0.15  # of this process, whatever else the machine does
LESSON = "06-phong-lua-dao/02-cac-chieu-hay-gap.md"
TEST = "99-kiem-tra-cuoi-khoa.md"


@pytest.fixture
def residents(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The course for residents is served."""
    shutil.copytree(ROOT / "courses" / COURSE, tmp_path / "courses" / COURSE)
    shutil.copy(ROOT / "courses" / "programme.yaml", tmp_path / "courses")
    courses = tmp_path / "courses"
    app.extensions["settings"] = settings.model_copy(update={"courses": courses})
    shelf.open(courses, tmp_path / "cache", 0)
    yield
    app.extensions["settings"] = settings
    shelf.open(settings.courses, settings.instance / "cache", 0)


def test_they_are_the_longest() -> None:
    files = [file for file in (ROOT / "courses").rglob("*.md") if file.name != "course.md"]
    lessons = [file for file in files if "kind: test" not in file.read_text(encoding="utf-8")]
    for name, among in ((LESSON, lessons), (TEST, files)):
        assert max(among, key=lambda file: file.stat().st_size) == ROOT / "courses" / COURSE / name


@pytest.mark.usefixtures("residents")
@pytest.mark.parametrize("name", [LESSON, TEST])
def test_a_look_takes_less_than_a_moment(as_trainer: FlaskClient, name: str) -> None:
    post(as_trainer, f"/studio/{COURSE}/steps/cac-nut-va-man-hinh/writing")
    file = file_named(name)
    address = f"/studio/{COURSE}/draft/{file.id}/look"
    spent = []
    for turn in range(6):
        text = f"{file.text}\n\n## Đoạn {turn}\n\nVừa gõ thêm.\n"
        start = time.process_time()
        answer = as_trainer.post(address, data={"text": text})
        spent.append(time.process_time() - start)
        assert answer.status_code == 200 and answer.json["html"]
    # the first look renders the whole course, once in a process
    assert statistics.median(spent[1:]) <= MOST_SECONDS
