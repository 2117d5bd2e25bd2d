"""Courses that are built for one test, in a folder of their own."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.content.samples import COURSE, LESSON, MODULE, PROGRAMME, TEST, Write


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    """A courses folder with a programme and the sound course c4-thu."""
    folder = tmp_path / "courses"
    course = folder / "c4-thu"
    (course / "01-phan-mot").mkdir(parents=True)
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (course / "course.md").write_text(COURSE, encoding="utf-8")
    (course / "01-phan-mot" / "module.md").write_text(MODULE, encoding="utf-8")
    (course / "01-phan-mot" / "01-bai-dau.md").write_text(LESSON, encoding="utf-8")
    (course / "99-kiem-tra.md").write_text(TEST, encoding="utf-8")
    return folder


@pytest.fixture
def write(courses: Path) -> Write:
    """Writes a file of the course c4-thu; text is dedented, bytes are kept as they are."""

    def write(name: str, content: str | bytes) -> Path:
        path = courses / "c4-thu" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else dedent(content).encode()
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def lesson(write: Write) -> Callable[[str], Path]:
    """Writes the only lesson of c4-thu: front matter of 4 lines, then this body."""

    def lesson(body: str) -> Path:
        front = "---\ntitle: Bài đầu\nminutes: 5\n---\n"
        return write("01-phan-mot/01-bai-dau.md", (front + dedent(body)).encode())

    return lesson
