"""A look at what is typed costs little, also in the longest lesson and the longest file of all."""

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

MOST_SECONDS = 0.15  # of this process, whatever else the machine does
# course, file, and a step of the course at which its draft is begun
LESSON = (
    "c2-hoc-sinh-sinh-vien",
    "05-bat-nat-du-do-lua-dao/03-viec-nhe-luong-cao.md",
    "tim-cho-trung",
)
TEST = ("c4-nguoi-dan", "99-kiem-tra-cuoi-khoa.md", "cac-nut-va-man-hinh")


@pytest.fixture
def served(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The courses of those files are served."""
    for course, _, _ in (LESSON, TEST):
        shutil.copytree(ROOT / "courses" / course, tmp_path / "courses" / course)
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
    for (course, name, _), among in ((LESSON, lessons), (TEST, files)):
        assert max(among, key=lambda file: file.stat().st_size) == ROOT / "courses" / course / name


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("course", "name", "step"), [LESSON, TEST])
def test_a_look_takes_less_than_a_moment(
    as_trainer: FlaskClient, course: str, name: str, step: str
) -> None:
    post(as_trainer, f"/studio/{course}/steps/{step}/writing")
    file = file_named(name)
    address = f"/studio/{course}/draft/{file.id}/look"
    spent = []
    for turn in range(6):
        text = f"{file.text}\n\n## Đoạn {turn}\n\nVừa gõ thêm.\n"
        start = time.process_time()
        answer = as_trainer.post(address, data={"text": text})
        spent.append(time.process_time() - start)
        assert answer.status_code == 200 and answer.json["html"]
    # the first look renders the whole course, once in a process
    assert statistics.median(spent[1:]) <= MOST_SECONDS
