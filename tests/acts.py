"""What people do in tests, in one line each."""

from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.certificates.models import Award
from app.content.models import Course, StepKind
from app.counts.models import Evidence
from app.extensions import Base, db
from app.learning.actions import complete_step
from app.lib.ids import operation_id


def post(client: FlaskClient, url: str, **data: Any) -> TestResponse:
    """POST a form with a fresh operation id (or the one given); redirects are not followed."""
    return client.post(url, data={"op_id": operation_id(), **data})


def finish_lessons(person: Person, course: Course) -> None:
    """Complete every lesson of a course, not its tests, and commit."""
    for step in course.steps:
        if step.kind is StepKind.LESSON:
            complete_step(person, course, step, Evidence.SELF, operation_id())
    db.session.commit()


def pass_course(person: Person, course: Course, score: int = 90) -> Award:
    """Complete every step of a course and commit; returns the award."""
    award = None
    for step in course.steps:
        percent = score if step.kind is StepKind.TEST else None
        outcome = complete_step(person, course, step, Evidence.SELF, operation_id(), score=percent)
        award = outcome.award or award
    db.session.commit()
    assert award is not None
    return award


def rows(model: type[Base], **by: Any) -> list[Any]:
    """All rows of a table with these values, by primary key, read anew."""
    db.session.flush()
    db.session.expire_all()
    keys: Iterable[Any] = model.__table__.primary_key
    return list(db.session.scalars(select(model).filter_by(**by).order_by(*keys)))
