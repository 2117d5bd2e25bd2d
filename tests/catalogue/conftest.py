"""A course with a picture, and a draft, in folders of their own."""

import shutil
from pathlib import Path

import pytest

from app.content.shelf import shelf

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'


@pytest.fixture
def library(app, settings, tmp_path):
    """The test courses as copies that may be changed; the shelf goes back afterwards."""
    folder = tmp_path / "courses"
    shutil.copytree(settings.courses, folder)
    (folder / "thu-nghiem" / "hinh.svg").write_text(PICTURE, encoding="utf-8")
    draft = folder / "ban-thao"
    shutil.copytree(folder / "thu-nghiem", draft)
    _replace(draft / "course.md", "status: published", "status: draft")
    shelf.open(folder, None, 0)
    yield folder
    shelf.open(settings.courses, settings.instance / "cache", 0)


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
