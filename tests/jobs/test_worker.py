"""Jobs are worked once and wholly, whatever happens to their worker."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.accounts import audit
from app.accounts.models import AuditLine, Person
from app.accounts.operations import OperationConflict
from app.extensions import db
from app.jobs import actions
from app.jobs.holds import hold
from app.jobs.models import Job, State
from app.jobs.worker import Worker
from app.jobs.working import Handler, JobProblem, Working
from app.lib import clock
from app.lib.ids import operation_id
from tests.acts import rows
from tests.jobs.conftest import Ask, job

Handled = Callable[[Handler], None]


def note(working: Working) -> str:
    """Writes one line that stands once the job is done."""
    working.write()
    audit.record(working.person_id, "test", f"job {working.job_id}")
    return "Đã ghi một dòng."


def test_a_job_is_worked_with_its_facts(handled: Handled, ask: Ask, worker: Worker) -> None:
    seen: list[object] = []
    handled(lambda working: f"Đã thấy {seen.append(working.facts) or 1} lần.")
    job_id = ask(unit=7)
    assert worker.run_once() == 1
    assert seen == [{"unit": 7}]
    assert (job(job_id).state, job(job_id).message) == (State.DONE, "Đã thấy 1 lần.")


def test_jobs_are_worked_in_the_order_in_which_they_were_asked(
    handled: Handled, ask: Ask, worker: Worker
) -> None:
    seen: list[int] = []
    handled(lambda working: str(seen.append(working.job_id)))
    asked = [ask(), ask(), ask()]
    worker.run_once()
    assert seen == asked


def test_the_request_that_fails_leaves_no_job(learner: Person) -> None:
    actions.start(learner, "test", {}, operation_id())
    db.session.rollback()
    assert rows(Job) == []


def test_the_same_operation_asks_once(learner: Person) -> None:
    op_id = operation_id()
    first = actions.start(learner, "test", {"unit": 1}, op_id).id
    db.session.commit()
    assert actions.start(learner, "test", {"unit": 1}, op_id).id == first
    with pytest.raises(OperationConflict):
        actions.start(learner, "test", {"unit": 2}, op_id)


def test_work_and_end_are_one_transaction(handled: Handled, ask: Ask, worker: Worker) -> None:
    handled(note)
    job_id = ask()
    worker.run_once()
    assert worker.run_once() == 0
    assert [line.subject for line in rows(AuditLine, verb="test")] == [f"job {job_id}"]


def test_reading_comes_first_and_cannot_write(
    handled: Handled, ask: Ask, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    def writes_at_once(working: Working) -> str:
        with pytest.raises(DBAPIError):
            audit.record(working.person_id, "test", "x") or db.session.flush()
        db.session.rollback()
        return "Không ghi được."

    handled(writes_at_once)
    job_id = ask()
    worker.run_once()
    assert job(job_id).state == State.DONE


def test_what_breaks_is_tried_three_times_and_leaves_nothing(
    handled: Handled, ask: Ask, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(working: Working) -> str:
        note(working)
        raise RuntimeError("hỏng")

    handled(breaks)
    job_id = ask()
    with caplog.at_level(logging.CRITICAL, "app.jobs.worker"):
        assert worker.run_once() == 3
    found = job(job_id)
    assert (found.state, found.attempts) == (State.FAILED, 3)
    assert "đã thử 3 lần" in found.message
    assert rows(AuditLine, verb="test") == []


def test_the_next_try_waits_a_while(
    handled: Handled, ask: Ask, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []

    def breaks_once(working: Working) -> str:
        tries.append(working.attempt)
        if len(tries) == 1:
            raise RuntimeError("hỏng")
        return "Lần này được."

    handled(breaks_once)
    job_id = ask()
    assert worker.work_next()
    assert not worker.work_next()
    with clock.frozen(clock.now() + timedelta(seconds=11)):
        assert worker.work_next()
    assert (tries, job(job_id).message) == ([1, 2], "Lần này được.")


def test_a_refusal_is_final_and_says_why(handled: Handled, ask: Ask, worker: Worker) -> None:
    def refuses(working: Working) -> str:
        raise JobProblem("Tệp không còn trên máy chủ.")

    handled(refuses)
    job_id = ask()
    assert worker.run_once() == 1
    assert (job(job_id).state, job(job_id).message) == (
        State.FAILED,
        "Tệp không còn trên máy chủ.",
    )


def left_running(job_id: int, attempts: int) -> None:
    """As kill -9 leaves a job: it says that it runs, and nobody holds it."""
    found = job(job_id)
    found.state, found.attempts = State.RUNNING, attempts
    db.session.commit()


def test_who_lost_their_worker_is_taken_again(handled: Handled, ask: Ask, worker: Worker) -> None:
    handled(note)
    job_id = ask()
    left_running(job_id, 1)
    worker.run_once()
    assert (job(job_id).state, job(job_id).attempts) == (State.DONE, 2)
    assert len(rows(AuditLine, verb="test")) == 1


def test_who_killed_three_workers_has_failed(handled: Handled, ask: Ask, worker: Worker) -> None:
    handled(note)
    job_id = ask()
    left_running(job_id, 3)
    assert worker.run_once() == 0
    assert job(job_id).state == State.FAILED
    assert "dừng giữa chừng" in job(job_id).message


def test_what_another_worker_holds_is_left_to_it(
    app: Flask, handled: Handled, ask: Ask, worker: Worker
) -> None:
    handled(note)
    job_id = ask()
    with hold(job_id, app.extensions["jobs_folder"] / str(job_id)) as held:
        assert held
        assert not worker.work_next()
    assert worker.work_next()


def test_a_worker_that_is_to_stop_puts_its_job_back(
    handled: Handled, ask: Ask, worker: Worker
) -> None:
    def long(working: Working) -> str:
        worker.stop()
        working.progress(1, 10)
        return "Không tới đây."

    handled(long)
    job_id = ask()
    worker.run()
    assert (job(job_id).state, job(job_id).attempts) == (State.WAITING, 0)


def test_what_has_begun_to_write_is_finished_first(
    handled: Handled, ask: Ask, worker: Worker
) -> None:
    def writes(working: Working) -> str:
        said = note(working)
        worker.stop()
        working.progress(5, 10)
        return said

    handled(writes)
    job_id = ask()
    worker.run()
    assert job(job_id).state == State.DONE


def test_progress_is_seen_while_it_works(handled: Handled, ask: Ask, worker: Worker) -> None:
    seen: list[tuple[int, int]] = []

    def counts(working: Working) -> str:
        working.progress(30, 100)
        with db.engine.connect() as other:
            row = other.execute(db.select(Job.done, Job.total)).one()
        seen.append((row.done, row.total))
        return "Xong."

    handled(counts)
    ask()
    worker.run_once()
    assert seen == [(30, 100)]


def leaves_file(working: Working) -> str:
    """Leaves a file for its asker."""
    working.file("ket-qua.txt").write_text("xong")
    return "Đã lập tệp."


def kept(app: Flask, job_id: int) -> Path:
    return app.extensions["jobs_folder"] / str(job_id) / "ket-qua.txt"


def test_files_are_kept_for_seven_days_and_jobs_for_ninety(
    app: Flask, handled: Handled, ask: Ask, worker: Worker
) -> None:
    handled(leaves_file)
    job_id = ask()
    worker.run_once()
    for days, there, result in ((6, True, "ket-qua.txt"), (8, False, "")):
        with clock.frozen(clock.now() + timedelta(days=days)):
            worker.sweep()
        assert (kept(app, job_id).exists(), job(job_id).result) == (there, result)
    with clock.frozen(clock.now() + timedelta(days=91)):
        worker.sweep()
    assert rows(Job) == []


@pytest.mark.parametrize("name", ["../x", "", "a/b", ".an", "Hoa.txt"])
def test_a_file_stays_in_its_folder(handled: Handled, ask: Ask, worker: Worker, name: str) -> None:
    def strays(working: Working) -> str:
        with pytest.raises(ValueError, match="not a name"):
            working.file(name)
        return "Không."

    handled(strays)
    job_id = ask()
    worker.run_once()
    assert job(job_id).state == State.DONE


def test_the_command_works_all_and_ends(app: Flask, handled: Handled, ask: Ask) -> None:
    handled(note)
    job_id = ask()
    result = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    assert "Đã làm 1 việc." in result.output
    assert job(job_id).state == State.DONE
