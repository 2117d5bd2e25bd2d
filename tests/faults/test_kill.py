"""kill -9 at statement 1 … N of a submission that earns a certificate (rule 1)."""

import os
import signal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.accounts.models import Person
from app.extensions import db
from tests.acts import post
from tests.faults.conftest import Ready
from tests.faults.invariants import check

MOST_STATEMENTS = 80
ACKNOWLEDGED = 7


class Killer:
    """Counts statements and commits of this process, and dies at the n-th."""

    def __init__(self, n: int) -> None:
        self.left = n

    def watch(self) -> None:
        """Count from now on; both before a statement or commit and after a commit."""
        event.listen(db.engine, "before_cursor_execute", self.step)
        event.listen(db.engine, "commit", self.step)

    def step(self, *_: Any) -> None:
        """One more; at the end of the count the process is gone without a word."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def submit_and_die(app: Flask, ready: Ready, n: int, after_answer: bool = False) -> int:
    """In a child: submit, dying at statement `n`; returns the child's signal or exit code."""
    db.session.close()
    db.engine.dispose()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    try:
        os._exit(_submit(app, ready, n, after_answer))
    finally:
        os._exit(99)


def _submit(app: Flask, ready: Ready, n: int, after_answer: bool) -> int:
    person = db.session.get_one(Person, ready.person_id)
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = person.get_id()
    db.session.close()
    Killer(n).watch()
    answer = post(browser, f"/attempts/{ready.attempt_id}/submission", op_id=ready.op_id)
    if after_answer:
        os.kill(os.getpid(), signal.SIGKILL)
    return ACKNOWLEDGED if answer.status_code == 303 else answer.status_code % 90


@pytest.mark.faults
def test_killed_anywhere_all_or_nothing_and_sent_again_it_counts_once(
    app: Flask, ready: Ready
) -> None:
    outcomes = []
    for n in range(1, MOST_STATEMENTS):
        code = submit_and_die(app, ready, n)
        outcomes.append((code, check(ready.attempt_id)))
        db.session.close()
        if code == ACKNOWLEDGED:
            break
    killed = [stands for code, stands in outcomes if code == -signal.SIGKILL]
    assert len(killed) > 15
    assert outcomes[-1] == (ACKNOWLEDGED, True)
    # sent once more, as a browser does that never got its answer
    assert submit_and_die(app, ready, 10_000) == ACKNOWLEDGED
    assert check(ready.attempt_id)


@pytest.mark.faults
def test_what_was_acknowledged_survives_a_kill_right_after(app: Flask, ready: Ready) -> None:
    assert submit_and_die(app, ready, 10_000, after_answer=True) == -signal.SIGKILL
    assert check(ready.attempt_id)
