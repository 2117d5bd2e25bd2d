"""A worker, and kinds of jobs that tests ask for."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.accounts.models import Person
from app.extensions import db
from app.jobs.actions import start
from app.jobs.models import Job
from app.jobs.worker import Worker
from app.jobs.working import KINDS, Handler, handle
from app.lib.ids import operation_id
from tests.acts import rows

Ask = Callable[..., int]


@pytest.fixture
def worker(app: Flask) -> Worker:
    """A worker that has not begun."""
    return Worker(app.extensions["jobs_folder"])


@pytest.fixture
def handled() -> Iterator[Callable[[Handler], None]]:
    """Says who works the kind "test"; forgotten after the test."""
    yield lambda handler: handle("test", handler, "Việc thử")
    KINDS.pop("test", None)


@pytest.fixture
def ask(learner: Person) -> Ask:
    """The learner asks for a job of the kind "test"; returns its id."""

    def ask_now(person: Person = learner, **facts: object) -> int:
        job = start(person, "test", facts, operation_id(), back="/learn")
        db.session.commit()
        return job.id

    return ask_now


def job(job_id: int) -> Job:
    """The job as it stands in the database."""
    found: Job = rows(Job, id=job_id)[0]
    return found
