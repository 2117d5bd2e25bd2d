"""A batch and a page that complete courses of one learner at once wait in line, in no circle."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.accounts.models import Person
from app.certificates import register
from app.certificates.models import Award
from app.content.models import Course
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.db import again_on_deadlock
from app.extensions import db
from app.learning import actions
from app.learning.actions import complete_step
from app.lib.ids import operation_id
from tests.acts import finish_lessons, rows
from tests.sync.device import COURSE, SECRET, act, profile, send, statuses

OTHER, LAST = "thu-nghiem-hai", "ba"
A_WHILE = 2.0


@pytest.fixture
def two_courses(learner: Person, edited_courses: Path, ticket: str) -> list[Course]:
    """Two courses of which one lesson is left."""
    for slug, code in ((COURSE, "T1"), (OTHER, "T2")):
        folder = edited_courses / slug
        if slug == OTHER:
            shutil.copytree(edited_courses / COURSE, folder)
            about = folder / "course.md"
            about.write_text(about.read_text("utf-8").replace("code: T1", f"code: {code}"))
    for slug in (COURSE, OTHER):
        (edited_courses / slug / "03-kiem-tra.md").unlink()
    shelf.library.refresh()
    found = [shelf.course(slug) for slug in (COURSE, OTHER)]
    for course in found:
        assert course
        for step in course.steps:
            if step.slug != LAST:
                complete_step(learner, course, step, Evidence.SELF, operation_id())
    db.session.commit()
    return [course for course in found if course]


def in_turn(monkeypatch: pytest.MonkeyPatch, waits: str, told: threading.Event) -> threading.Event:
    """Whoever awards the course `waits` waits a while for the other award; set: it is there."""
    there, award = threading.Event(), actions.award

    def slow_award(person: Any, course: Course, *facts: Any) -> Award:
        if course.slug == waits:
            there.set()
            told.wait(A_WHILE)
            return award(person, course, *facts)
        line = award(person, course, *facts)
        told.set()
        return line

    monkeypatch.setattr(actions, "award", slow_award)
    return there


def test_two_awards_at_once(
    app: Flask, learner: Person, two_courses: list[Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    named, session_id, told = profile(app, learner), learner.get_id(), threading.Event()
    there = in_turn(monkeypatch, OTHER, told)
    db.session.close()
    answers: list[int] = []
    page = threading.Thread(target=lambda: answers.append(_completed(app, session_id)))
    page.start()
    assert there.wait(A_WHILE)
    batch = [act(step=LAST), act(step=LAST, course=OTHER)]
    answer = send(FlaskClient(app), named, *batch, ticket=SECRET)
    page.join()
    assert (answers, statuses(answer)) == ([303], ["applied", "already"])
    assert len(rows(Award)) == 2
    assert list(register.faults()) == []


def _completed(app: Flask, session_id: str) -> int:
    browser = FlaskClient(app)
    with browser.session_transaction() as session:
        session["_user_id"] = session_id
    sent = {"op_id": operation_id()}
    return browser.post(f"/courses/{OTHER}/{LAST}/completion", data=sent).status_code


class Deadlock(Exception):
    """What the driver says."""

    sqlstate = "40P01"


def failing(
    times: int, fault: type[Exception], course: Course, person: Person
) -> Callable[[], int]:
    """An act that is in a deadlock some times, after it wrote something."""
    tried: list[int] = []

    def act_() -> int:
        tried.append(1)
        complete_step(person, course, course.steps[0], Evidence.SELF, f"{len(tried):032x}")
        if len(tried) <= times:
            raise OperationalError("", None, fault())
        return len(tried)

    return act_


def test_a_deadlock_is_gone_back_from(app: Flask, learner: Person, course: Course) -> None:
    assert again_on_deadlock(failing(2, Deadlock, course, learner)) == 3
    db.session.commit()
    finish_lessons(learner, course)


@pytest.mark.parametrize(("times", "fault"), [(9, Deadlock), (1, Exception)])
def test_another_fault_or_no_end_of_them_is_told(
    app: Flask, learner: Person, course: Course, times: int, fault: type[Exception]
) -> None:
    with pytest.raises(OperationalError):
        again_on_deadlock(failing(times, fault, course, learner))
    db.session.rollback()
