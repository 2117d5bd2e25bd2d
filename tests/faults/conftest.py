"""A learner one submission away from the certificate, on a database that may be killed."""

from dataclasses import dataclass

import pytest

from app.accounts.models import Person
from app.content.models import Course
from app.extensions import db
from app.lib.ids import operation_id
from app.quizzes.actions import save_answer, start
from tests.acts import finish_lessons


@dataclass(frozen=True)
class Ready:
    """Ids only, so that other processes can find the rows themselves."""

    person_id: int
    attempt_id: int
    op_id: str


@pytest.fixture
def ready(learner: Person, course: Course) -> Ready:
    """All lessons done, the test answered rightly, nothing submitted."""
    return prepare(learner, course)


def prepare(person: Person, course: Course) -> Ready:
    """Bring a person to the moment before the submission."""
    finish_lessons(person, course)
    attempt = start(person, course, course.steps[-1], operation_id())
    for number, question in enumerate(attempt.questions, start=1):
        save_answer(attempt, number, list(question.right), operation_id())
    db.session.commit()
    return Ready(person.id, attempt.id, operation_id())
