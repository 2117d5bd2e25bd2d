"""A copy of the test course with lessons of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.content.models import Course
from app.content.shelf import shelf

Reopen = Callable[[], Course]


@pytest.fixture
def folder_of_course(app, settings, tmp_path) -> Iterator[Path]:
    """The folder of a copy of the test course, to be changed; the shelf goes back afterwards."""
    copy = tmp_path / "courses"
    shutil.copytree(settings.courses, copy)
    shelf.open(copy, None, 0)
    yield copy / "thu-nghiem"
    shelf.open(settings.courses, settings.instance / "cache", 0)


@pytest.fixture
def reopened(folder_of_course) -> Reopen:
    """Take up what was changed in the folder; returns the course."""

    def reopen() -> Course:
        shelf.library.refresh()
        assert not shelf.library.problems.get("thu-nghiem"), shelf.library.problems
        course = shelf.course("thu-nghiem")
        assert course is not None
        return course

    return reopen
