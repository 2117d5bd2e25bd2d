"""The world in which is measured: many learners half-way through a real course."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.accounts.profiles import profile_of
from app.content.models import Course, StepKind
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.extensions import db
from app.learning.models import Enrolment, StepCredit
from app.lib.ids import operation_id

LEARNERS = 1200
SLUG = "c4-nguoi-dan"


@dataclass(frozen=True)
class Learner:
    """A learner with a session."""

    person_id: int
    cookie: str
    csrf: str


def build(app: Flask, learners: int = LEARNERS) -> tuple[Course, list[Learner]]:
    """So many learners with half of the lessons done; returns the course and their sessions."""
    course = shelf.course(SLUG)
    assert course is not None
    with app.app_context():
        people = [
            add_person(f"Nguyễn Văn {n}", birth_date=date(1980, 1, 1)) for n in range(learners)
        ]
        _half_way(people, course)
        db.session.commit()
        sessions = [(person.id, person.get_id()) for person in people]
    return course, [_session(app, *one) for one in sessions]


def _half_way(people: list[Person], course: Course) -> None:
    lessons = [step for step in course.steps if step.kind is StepKind.LESSON]
    done = lessons[: len(lessons) // 2]
    db.session.flush()
    enrolments = [
        {
            "person_id": p.id,
            "course_slug": course.slug,
            "version": course.version,
            "last_step": done[-1].slug,
        }
        for p in people
    ]
    db.session.execute(insert(Enrolment), enrolments)
    credit: Callable[[Person, str], dict[str, object]] = lambda p, slug: {  # noqa: E731
        "person_id": p.id,
        "course_slug": course.slug,
        "step_slug": slug,
        "version": course.version,
        "evidence": Evidence.SELF,
        "op_id": operation_id(),
    }
    db.session.execute(insert(StepCredit), [credit(p, s.slug) for p in people for s in done])


def _session(app: Flask, person_id: int, session_id: str) -> Learner:
    with app.test_request_context():
        session["_user_id"] = session_id
        session["_fresh"] = True
        csrf = generate_csrf()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        value = serializer.dumps(dict(session))
    # what a browser sends from its second page on
    named = profile_of(person_id, str(app.secret_key))
    return Learner(person_id, f"{app.config['SESSION_COOKIE_NAME']}={value}; learner={named}", csrf)
