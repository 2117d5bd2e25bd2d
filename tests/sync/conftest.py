"""Devices of the cast."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.config import Settings
from app.content.models import Course
from app.content.shelf import shelf
from app.extensions import db
from app.lib.ids import operation_id
from app.quizzes.models import Attempt
from app.sync.actions import carry_paper, give_ticket
from tests.sync.device import DEVICE, SECRET, profile, send

Send = Callable[..., TestResponse]


@pytest.fixture
def ticket(learner: Person) -> str:
    """The secret of a device of the learner, who is signed in nowhere."""
    give_ticket(learner, SECRET, operation_id())
    db.session.commit()
    return SECRET


@pytest.fixture
def from_device(app: Flask, client: FlaskClient, learner: Person, ticket: str) -> Send:
    """Send acts from the learner's device, by its ticket."""

    def sent(*acts: Any, **more: Any) -> TestResponse:
        return send(client, profile(app, learner), *acts, ticket=ticket, **more)

    return sent


@pytest.fixture
def carried(learner: Person, course: Course) -> Attempt:
    """An open attempt whose paper is on the learner's device."""
    test = course.step("kiem-tra")
    assert test
    attempt = carry_paper(learner, course, test, DEVICE, operation_id(), move=False)
    db.session.commit()
    return attempt


@pytest.fixture
def edited_courses(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A copy of the course files, being served; edit it and call `shelf.library.refresh()`."""
    folder = tmp_path / "courses"
    shutil.copytree(settings.courses, folder)
    shelf.open(folder, None, 0)
    yield folder
    shelf.open(settings.courses, settings.instance / "cache", 0)
