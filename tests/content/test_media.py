"""Files of a course for browsers: images, and never an answer or a file from elsewhere."""

from pathlib import Path

import pytest

from app.content.library import Library
from tests.content.samples import Write


@pytest.fixture
def library(courses: Path) -> Library:
    return Library(courses, None)


MEDIA = [
    ("hinh/a.svg", True),
    ("course.md", False),
    ("99-kiem-tra.md", False),
    ("hinh/../hinh/a.svg", False),
    ("../../ngoai.png", False),
    ("/etc/passwd", False),
    ("hinh//a.svg", False),
    ("hinh", False),
    ("", False),
    ("khong-co.svg", False),
    (".an.png", False),
    ("ra-ngoai.png", False),
    ("bai.png", False),
    ("hinh\\a.svg", False),
    ("a\0.png", False),
    ("a" * 5000 + ".png", False),
]


@pytest.mark.parametrize(("name", "served"), MEDIA)
def test_media(courses: Path, library: Library, write: Write, name: str, served: bool) -> None:
    write("hinh/a.svg", "<svg></svg>")
    write(".an.png", "x")
    (courses.parent / "ngoai.png").write_bytes(b"x")
    (courses / "c4-thu/ra-ngoai.png").symlink_to(courses.parent / "ngoai.png")
    (courses / "c4-thu/bai.png").symlink_to(courses / "c4-thu/99-kiem-tra.md")
    assert (library.media("c4-thu", name) is not None) is served


def test_media_of_no_course(library: Library) -> None:
    assert library.media("khong-co", "a.svg") is None
    assert library.media("..", "a.svg") is None
