"""Publication fails, or the machine stops, at file operation 1, 2, 3 … N; and two at once."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.accounts.models import AuditLine, Person, Role
from app.accounts.signed_in import Held, SignedIn
from app.authoring import putting_out
from app.authoring.actions import workflow
from app.authoring.actions.workflow import Place
from app.authoring.putting_out import mend
from app.authoring.working_copy import lay_out
from app.config import Settings
from app.content.shelf import shelf
from app.content.source import digests_of
from app.extensions import db
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.acts import (
    DRAFT,
    LESSON,
    SECOND,
    approve,
    begin,
    draft,
    on_file,
    publish,
    rewrite,
    submit,
)

# what changes something on disk, where it is looked up
OPERATIONS = (
    (os, "link"),
    (os, "fsync"),
    (os, "rename"),
    (Path, "mkdir"),
    (Path, "rename"),
    (Path, "write_text"),
    (Path, "write_bytes"),
    (shutil, "copy2"),
)


class Stopped(BaseException):
    """The machine stopped: nothing after this is run."""


@pytest.fixture
def approved(as_trainer: FlaskClient, as_colleague: FlaskClient, course_files: Path) -> Path:
    """A draft with a lesson written, one moved and one gone; the course's folder."""
    folder = course_files / "thu-nghiem"
    (folder / ".ghi-chu").write_text("của tác giả")
    begin(as_trainer)
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    on_file(as_trainer, SECOND, "move", way="up")
    on_file(as_trainer, "02-phan-hai/01-ba.md", "remove", heir=0)
    on_file(as_trainer, "02-phan-hai/module.md", "remove", heir=0)
    assert submit(as_trainer).status_code == 303
    approve(as_colleague)
    return folder


class OldSystem:
    """A C library that cannot swap two names at once."""

    def __init__(self, *_name: object, **_more: object) -> None:
        pass


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, at: int, fault: BaseException) -> Iterator[list[int]]:
    """From file operation `at` (from 1) on, every one raises; yields how many there were."""
    done = [0]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            done[0] += 1
            if done[0] >= at:
                raise fault
            return real(*args, **more)

        return run

    with monkeypatch.context() as patch:
        for owner, name in OPERATIONS:
            patch.setattr(owner, name, counted(getattr(owner, name)))
        yield done


def colleague(app: Flask) -> SignedIn:
    """Somebody who may publish."""
    person = next(one for one in rows(Person) if one.full_name == "Đặng Thị Mai")
    held = (Held(Role.TRAINER, None, None),)
    return SignedIn(person.id, person.full_name, None, person.session_stamp, held)


def put_out_by(person: SignedIn, courses: Path) -> None:
    """Publish and commit, as a request does."""
    place = Place(courses, shelf.programme)
    workflow.publish(operation_id(), person, "thu-nghiem", place)
    db.session.commit()


def meant(folder: Path, room: Path) -> dict[str, bytes]:
    """The course as the draft makes it."""
    room.mkdir()
    return digests_of(lay_out(workflow.as_published(draft(), folder.parent), folder.parent, room))


@pytest.mark.parametrize("swap", ["at once", "by a third name"])
@pytest.mark.parametrize("fault", [Stopped(), OSError(errno.ENOSPC, "No space left")], ids=repr)
def test_at_every_file_operation_one_of_the_two_whole_states_is_left(
    app: Flask, approved: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, swap: str
) -> None:
    if swap == "by a third name":
        monkeypatch.setattr(ctypes, "CDLL", OldSystem)
    before, after = digests_of(approved), meant(approved, approved.parent.parent / "so")
    for at in count(1):
        with failing(monkeypatch, at, fault) as done:
            outcome = tried(colleague(app), approved.parent)
        mend(approved.parent)
        assert digests_of(approved) in (before, after), f"operation {at}"
        assert (approved / ".ghi-chu").read_text() == "của tác giả"
        if outcome:
            break
        # also where it is on disk already: the next one finds it there
        assert draft().closed_at is None, f"operation {at}"
    assert (at > 20 and done[0] > 0) or digests_of(approved) == after
    assert draft().outcome == "published" and digests_of(approved) == after
    assert not list(approved.parent.glob(".cu-*"))


def tried(person: SignedIn, courses: Path) -> bool:
    """Publish; whether it was done."""
    try:
        put_out_by(person, courses)
    except (Stopped, OSError):
        db.session.rollback()
        return False
    return True


def test_a_commit_that_fails_leaves_what_the_next_one_finds(
    app: Flask, approved: Path, as_colleague: FlaskClient
) -> None:
    place = Place(approved.parent, shelf.programme)
    workflow.publish(operation_id(), colleague(app), "thu-nghiem", place)
    db.session.rollback()
    there = digests_of(approved)
    assert draft().closed_at is None
    assert publish(as_colleague).status_code == 303
    assert draft().outcome == "published" and digests_of(approved) == there


def test_when_the_server_starts_a_course_comes_back(
    settings: Settings, app: Flask, approved: Path
) -> None:
    before = digests_of(approved)
    approved.rename(approved.with_name(f"{putting_out.OLD}thu-nghiem"))
    create_app(settings.model_copy(update={"courses": approved.parent}))
    assert digests_of(approved) == before and shelf.course("thu-nghiem") is not None


def test_what_is_left_of_an_old_one_goes(approved: Path) -> None:
    old = approved.with_name(f"{putting_out.OLD}thu-nghiem")
    shutil.copytree(approved, old)
    assert mend(approved.parent) is False
    assert not old.exists() and approved.is_dir()


def test_saved_on_disk_in_that_very_moment(
    approved: Path, as_colleague: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = putting_out._exchange

    def meanwhile(made: Path, target: Path) -> None:
        with (target / "course.md").open("a", encoding="utf-8") as file:
            file.write("\nMột câu của git.\n")
        monkeypatch.setattr(putting_out, "_exchange", real)
        real(made, target)

    monkeypatch.setattr(putting_out, "_exchange", meanwhile)
    answer = publish(as_colleague)
    assert answer.status_code == 400 and "vừa đổi trong lúc công bố" in answer.text
    assert "Một câu của git." in (approved / "course.md").read_text(encoding="utf-8")
    assert publish(as_colleague).status_code == 303
    assert "Một câu của git." in (approved / "course.md").read_text(encoding="utf-8")


def test_a_full_disk_is_said_and_changes_nothing(
    approved: Path, as_colleague: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digests_of(approved)
    with failing(monkeypatch, 3, OSError(errno.ENOSPC, "No space left")):
        answer = post(as_colleague, f"{DRAFT}/publication")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert digests_of(approved) == before and draft().closed_at is None


def test_two_at_once_publish_once(app: Flask, approved: Path) -> None:
    person = colleague(app)
    db.session.commit()

    def attempt(_turn: int) -> str:
        with app.app_context():
            try:
                put_out_by(person, approved.parent)
            except workflow.StudioProblem as problem:
                return str(problem)
            return "published"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(attempt, range(6)))
    assert outcomes.count("published") == 1
    assert len(rows(AuditLine, verb="draft_published")) == 1
    assert not list(approved.parent.glob(".nhap-*"))
