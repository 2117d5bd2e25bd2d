"""An import that was killed leaves a hidden folder; the next one removes it."""

import fcntl
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.adoption import adopt

TODAY = date(2026, 11, 24)


@pytest.fixture
def leftover(tmp_path: Path) -> Path:
    """What a kill left behind an hour ago."""
    folder = tmp_path / "courses/.nhap-abc"
    (folder / "khoa").mkdir(parents=True)
    (folder / "khoa/course.md").write_text("dở dang")
    os.utime(folder, (1, 1))
    return folder


@pytest.fixture
def bring_in(tmp_path: Path) -> Callable[[], str]:
    source = tmp_path / "bai.md"
    source.write_text("# Bài\n\nXin chào.\n")
    return lambda: adopt(source, tmp_path / "courses", TODAY).slug


def test_the_next_import_removes_it(leftover: Path, bring_in: Callable[[], str]) -> None:
    slug = bring_in()
    assert [entry.name for entry in leftover.parent.iterdir()] == [slug]


def test_an_import_under_way_is_left_alone(leftover: Path, bring_in: Callable[[], str]) -> None:
    handle = os.open(leftover, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    bring_in()
    assert (leftover / "khoa/course.md").exists()
    os.close(handle)


def test_one_that_has_just_begun_is_left_alone(leftover: Path, bring_in: Callable[[], str]) -> None:
    os.utime(leftover)
    bring_in()
    assert leftover.exists()
