"""An answer that is lost on the way: what was sent again counts once, by form or by batch."""

import json
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.orm import close_all_sessions
from werkzeug.serving import WSGIRequestHandler, make_server

from app.accounts.models import Consent, Person
from app.content.models import Course
from app.extensions import db
from app.learning.actions import enrol
from app.learning.models import Ask, Enrolment, StepCredit
from app.lessons.models import Mark
from app.lib.ids import operation_id
from app.quizzes.models import Attempt, AttemptAnswer
from app.sync.models import SyncedOperation
from tests.acts import rows
from tests.dropping_proxy import Proxy, proxied
from tests.sync.device import act, profile

Send = Callable[..., tuple[int, str]]
LESSON = "/courses/thu-nghiem/mot"


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """The tests say what went wrong."""


@pytest.fixture
def line(app: Flask) -> Iterator[Proxy]:
    """The site behind a line that loses answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with proxied(f"http://127.0.0.1:{server.server_port}") as proxy:
        yield proxy
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def send(app: Flask, line: Proxy, learner: Person, course: Course) -> Send:
    """Send a form (or JSON) as the learner; the first answer is lost, and it is sent again."""
    enrol(learner, course, operation_id())
    db.session.commit()
    signer: Any = app.session_interface.get_signing_serializer(app)
    cookie = signer.dumps({"_user_id": learner.get_id(), "_fresh": True})
    known = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}"}

    def twice(path: str, told: Any = None, **form: Any) -> tuple[int, str]:
        kind = "application/json" if told else "application/x-www-form-urlencoded"
        body = json.dumps(told) if told else urlencode({"op_id": operation_id(), **form})
        headers = {**known, "Content-Type": kind}
        line.lose_next("POST", path)
        close_all_sessions()
        with pytest.raises((RemoteDisconnected, ConnectionResetError)):
            _post(line, path, body, headers)
        assert line.lost[-1] == ("POST", path)
        return _post(line, path, body, headers)

    return twice


def _post(line: Proxy, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    to = HTTPConnection(line.url.removeprefix("http://"))
    to.request("POST", path, body.encode(), headers)
    answer = to.getresponse()
    text = answer.read().decode()
    to.close()
    return answer.status, text


def test_a_lesson_completed(send: Send) -> None:
    assert send(f"{LESSON}/completion")[0] == 303
    assert len(rows(StepCredit)) == 1


def test_a_course_taken(send: Send) -> None:
    assert send("/courses/thu-nghiem/enrolment")[0] == 303
    assert len(rows(Enrolment)) == 1


def test_a_note_and_a_question(send: Send) -> None:
    assert send(f"{LESSON}/notes", text="Nhớ số 1022")[0] == 303
    assert send(f"{LESSON}/asks", text="Chưa rõ nút nào")[0] == 303
    assert [mark.text for mark in rows(Mark)] == ["Nhớ số 1022"]
    assert len(rows(Ask)) == 1


def test_a_test_from_its_start_to_its_grade(send: Send) -> None:
    assert send("/courses/thu-nghiem/kiem-tra/attempts")[0] == 303
    [attempt] = rows(Attempt)
    question = attempt.questions[0]
    address, value = f"/attempts/{attempt.id}", question.right[0]
    assert send(f"{address}/1", **{f"q-{question.id}": value})[0] == 303
    assert send(f"{address}/submission")[0] == 303
    assert [(row.percent, row.answers) for row in rows(Attempt)] == [(20, {question.id: [value]})]
    assert len(rows(AttemptAnswer)) == 5


def test_a_registration(send: Send) -> None:
    before = len(rows(Person))
    form = {
        "full_name": "Hồ Thị Mới",
        "birth": "1961",
        "phone": "0905111999",
        "group": "nguoi-dan",
        "pin": "471302",
        "pin_again": "471302",
        "consent": "y",
    }
    send("/register", **form)
    assert len(rows(Person)) == before + 1
    assert len(rows(Consent)) == 1


def test_a_batch(app: Flask, learner: Person, send: Send) -> None:
    acts = [act(), act("note", text="Một"), act(step="khong-co")]
    named = profile(app, learner)
    status, text = send("/sync", {"protocol": 1, "profile": named, "operations": acts})
    assert status == 200
    told = [(result["status"], result["reason"]) for result in json.loads(text)["results"]]
    assert told == [("already", ""), ("already", ""), ("quarantined", "step_gone")]
    assert len(rows(StepCredit)) == len(rows(Mark)) == 1
    assert len(rows(SyncedOperation)) == 3


def test_a_ticket_and_a_paper(send: Send) -> None:
    told = {"op": operation_id(), "secret": "ab" * 32}
    assert send("/sync/tickets", told)[0] == 200
    told = {"op": operation_id(), "device": "cd" * 16}
    assert send("/sync/courses/thu-nghiem/kiem-tra/paper", told)[0] == 200
    assert len(rows(Attempt)) == 1
