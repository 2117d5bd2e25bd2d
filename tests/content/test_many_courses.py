"""A shelf of many courses: compiled by two processes, looked at in parts."""

import fcntl
import logging
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app.content import library as module
from app.content import second_hand
from app.content.library import Library
from app.content.second_hand import ring
from tests.content.samples import COURSE, Write


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def many(courses: Path) -> Path:
    """Four courses."""
    for name in ("ban-hai", "ban-ba", "ban-tu"):
        shutil.copytree(courses / "c4-thu", courses / name)
    return courses


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes] | None]:
    """The second processes that were started; four courses are many."""
    started: list[subprocess.Popen[bytes] | None] = []

    def start(source: Path, cache: Path, first: str) -> subprocess.Popen[bytes] | None:
        started.append(second_hand.helper(source, cache, first))
        return started[-1]

    monkeypatch.setattr(module, "helper", start)
    monkeypatch.setattr(module, "MANY", 3)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    return started


def test_a_ring_begins_anywhere() -> None:
    assert ring(["c", "a", "b"], "b") == ["b", "c", "a"]
    assert ring(["c", "a", "b"], "") == ring(["a", "b", "c"], "d") == ["a", "b", "c"]


def test_a_second_process_helps(many: Path, cache: Path, helpers: list[object]) -> None:
    with_help, alone = Library(many, cache), Library(many, None)
    assert with_help.courses() == alone.courses()
    (second,) = helpers
    assert isinstance(second, subprocess.Popen) and second.returncode == 0
    assert Library(many, cache).courses() == alone.courses()
    assert len(helpers) == 1  # everything was in the cache


def test_the_second_process_compiles_what_is_not_there(many: Path, cache: Path) -> None:
    (many / "ban-hai/course.md").write_text("hỏng")
    second_hand.main(str(many), str(cache), "ban-tu")
    compiled = {path.parent.parent.name for path in cache.glob("*/*/*.json")}
    assert compiled == {"ban-ba", "ban-tu", "c4-thu"}


def test_servers_that_start_at_once_share_one_helper(many: Path, cache: Path) -> None:
    cache.mkdir()
    handle = os.open(cache, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    second_hand.main(str(many), str(cache), "")
    assert list(cache.iterdir()) == []
    os.close(handle)
    second_hand.main(str(many), str(cache), "")
    assert len(list(cache.glob("*/last-good"))) == 4


def test_one_process_does_it_too(
    many: Path,
    cache: Path,
    helpers: list[object],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("sys.executable", str(cache / "khong-co"))
    with caplog.at_level(logging.WARNING):
        assert len(Library(many, cache).courses()) == 4
    assert helpers == [None] and "one will do" in caplog.text
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    assert second_hand.helper(many, cache, "") is None


def test_a_short_look_goes_on_where_the_last_one_ended(
    many: Path, cache: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(many, cache)
    library.refresh()
    looked: list[str] = []
    really = module.signature_of
    monkeypatch.setattr(
        module, "signature_of", lambda folder: (looked.append(folder.name), really(folder))[1]
    )
    moments = iter(range(100))
    monkeypatch.setattr("app.content.library.time.monotonic", lambda: float(next(moments)))
    write("course.md", COURSE.replace("Khóa thử", "Khóa mới").encode())
    changed = [library.refresh(2.5) for _ in range(2)]
    assert looked == ["ban-ba", "ban-hai", "ban-tu", "c4-thu"]
    assert changed == [False, True]
    assert library.course("c4-thu").title == "Khóa mới"  # type: ignore[union-attr]


def test_a_new_course_is_seen_at_the_shortest_look(many: Path, cache: Path) -> None:
    library = Library(many, cache)
    library.refresh()
    shutil.copytree(many / "c4-thu", many / "moi")
    shutil.rmtree(many / "ban-hai")
    assert library.refresh(0)
    assert [course.slug for course in library.courses()] == ["ban-ba", "ban-tu", "c4-thu", "moi"]


def test_a_touched_course_stays_the_same(many: Path, cache: Path) -> None:
    library = Library(many, cache)
    before = library.courses()
    os.utime(many / "c4-thu/course.md", (1, 1))
    assert library.refresh() and library.courses() == before
