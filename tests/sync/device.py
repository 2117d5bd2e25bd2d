"""A device in tests: what it writes in a batch, and how it sends it."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.accounts.profiles import profile_of
from app.lib.ids import operation_id
from app.quizzes.models import Attempt
from app.sync.batch import NEWEST

COURSE = "thu-nghiem"
SECRET = "5ec4e7" * 10 + "0000"
DEVICE = "d0" * 16


def profile(app: Flask, person: Person) -> str:
    """What devices call this person."""
    return profile_of(person.id, str(app.secret_key))


def act(kind: str = "complete", step: str = "mot", **more: Any) -> dict[str, Any]:
    """One act as a device writes it; `payload`'s parts may be given by name."""
    known = {name: more.pop(name) for name in ("op", "course", "at", "helper") if name in more}
    return {
        "op": operation_id(),
        "kind": kind,
        "course": COURSE,
        "step": step,
        "version": "0123456789ab",
        "at": "2026-11-24T01:02:03Z",
        **known,
        "payload": more.pop("payload", more),
    }


def answered(attempt: Attempt, wrong: int = 0, device: str = DEVICE, **more: Any) -> dict[str, Any]:
    """The act that hands in a paper; the first `wrong` answers are wrong."""
    answers = {}
    for number, question in enumerate(attempt.questions, start=1):
        others = [option.id for option in question.options if option.id not in question.right]
        answers[question.id] = others[:1] if number <= wrong else list(question.right)
    paper = {"attempt": attempt.id, "device": device, "answers": answers}
    return act("test", "kiem-tra", payload=paper, **more)


def send(
    client: FlaskClient, named: str, *acts: Any, ticket: str = "", **more: Any
) -> TestResponse:
    """Send a batch, by ticket if one is given."""
    headers = {"Authorization": f"Ticket {ticket}"} if ticket else {}
    batch = {"protocol": NEWEST, "profile": named, "operations": list(acts), **more}
    return client.post("/sync", json=batch, headers=headers)


def statuses(answer: TestResponse) -> list[str]:
    """What became of each act; why, behind a colon."""
    assert answer.status_code == 200, answer.text
    return [":".join(filter(None, (r["status"], r["reason"]))) for r in answer.json["results"]]
