"""What a helper and a learner do in tests, in one line each."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.field_session import FieldSession
from app.accounts.models import AuditLine, Person
from tests.acts import post, rows

PIN = "271828"
ONCE = "314159"
COURSE = "/courses/thu-nghiem"
TEST = "/field/courses/thu-nghiem/kiem-tra/test"
INTRO = "/courses/thu-nghiem/kiem-tra/test"
SAID_YES = {"channel": "voice", "witness": "Vợ bác Tám"}


def begin(client: FlaskClient, learner: Person, **how: Any) -> TestResponse:
    """Begin a session; by voice unless told otherwise."""
    facts = {"place": "Nhà bác Tám", **(how or SAID_YES)}
    return post(client, f"/field/people/{learner.id}/session", **facts)


def beside(client: FlaskClient, learner: Person) -> FieldSession:
    """Study with a learner who has no PIN; returns the session."""
    assert begin(client, learner).location == "/learn"
    found: FieldSession = rows(FieldSession)[-1]
    return found


def alone(client: FlaskClient) -> None:
    """The learner chooses a PIN for this test and takes the device."""
    assert post(client, TEST, once=ONCE, once_again=ONCE).location == INTRO


def verbs() -> list[str]:
    """What the audit trail says was done, oldest first."""
    return [line.verb for line in rows(AuditLine)]
