"""`demo load` never touches a real installation."""

import pytest
from flask import Flask

from app.accounts.models import Person
from app.config import Settings
from app.content.models import Course
from app.content.shelf import shelf
from tests.acts import pass_course, rows
from tests.ops.conftest import Command
from tests.shipped import COURSES, RENDERED


def test_without_its_courses_it_says_which_are_missing(run: Command) -> None:
    told = run("demo", "load")
    assert (told.exit_code, "c4-nguoi-dan" in told.output) == (1, True)
    assert rows(Person) == []


def test_it_refuses_in_production(
    run: Command, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Settings(environment="production", secret_key="s" * 40, identity_key="i" * 40)
    monkeypatch.setitem(app.extensions, "settings", real)
    told = run("demo", "load")
    assert (told.exit_code, "hệ thống thật" in told.output) == (1, True)


def test_it_refuses_beside_real_certificates(
    run: Command, learner: Person, course: Course, settings: Settings
) -> None:
    pass_course(learner, course)
    shelf.open(COURSES, RENDERED, 0)
    told = run("demo", "load")
    shelf.open(settings.courses, settings.instance / "cache", 0)
    assert (told.exit_code, "giấy chứng nhận thật" in told.output) == (1, True)
    assert len(rows(Person)) == 1
