"""Courses that a test may edit or take away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.content.shelf import shelf


@pytest.fixture
def edited_courses(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A copy of the course files, being served; edit it and call `shelf.library.refresh()`."""
    folder = tmp_path / "courses"
    shutil.copytree(settings.courses, folder)
    shelf.open(folder, None, 0)
    yield folder
    shelf.open(settings.courses, settings.instance / "cache", 0)
