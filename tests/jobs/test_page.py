"""The page of a job: its owner sees how far it is and gets the file, nobody else."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.extensions import db
from app.jobs.models import State
from app.jobs.worker import Worker
from app.jobs.working import Handler, JobProblem, Working
from tests.jobs.conftest import Ask, job
from tests.jobs.test_worker import leaves_file

Handled = Callable[[Handler], None]


def test_who_waits_is_told(handled: Handled, ask: Ask, as_learner: FlaskClient) -> None:
    handled(leaves_file)
    ask()
    page = as_learner.get(f"/jobs/{ask()}").text
    assert "<h1>Việc thử</h1>" in page
    assert "còn 1 việc ở trước" in page
    assert 'http-equiv="refresh"' in page


def test_how_far_it_is_shows_in_numbers(
    handled: Handled, ask: Ask, as_learner: FlaskClient
) -> None:
    handled(leaves_file)
    job_id = ask()
    found = job(job_id)
    found.state, found.done, found.total = State.RUNNING, 4200, 10000
    db.session.commit()
    part = as_learner.get(f"/jobs/{job_id}/state").text
    assert "4.200 trên 10.000" in part
    assert 'data-share="42"' in part
    assert "<html" not in part


def test_the_file_is_handed_out_when_done(
    handled: Handled, ask: Ask, worker: Worker, as_learner: FlaskClient
) -> None:
    handled(leaves_file)
    job_id = ask()
    assert as_learner.get(f"/jobs/{job_id}/file").status_code == 404
    worker.run_once()
    page = as_learner.get(f"/jobs/{job_id}").text
    assert f"/jobs/{job_id}/file" in page
    assert "Đã lập tệp." in page
    assert 'http-equiv="refresh"' not in page
    with as_learner.get(f"/jobs/{job_id}/file") as file:
        assert file.data == b"xong"
        assert "attachment; filename=ket-qua.txt" in file.headers["Content-Disposition"]


def test_why_it_failed_is_said(
    handled: Handled, ask: Ask, worker: Worker, as_learner: FlaskClient
) -> None:
    def refuses(working: Working) -> str:
        raise JobProblem("Tệp <hỏng>.")

    handled(refuses)
    job_id = ask()
    worker.run_once()
    page = as_learner.get(f"/jobs/{job_id}").text
    assert "Tệp &lt;hỏng&gt;." in page
    assert 'href="/learn"' in page


@pytest.mark.parametrize("part", ["", "/state", "/file"])
def test_nobody_else_sees_it(
    handled: Handled,
    ask: Ask,
    worker: Worker,
    as_stranger: FlaskClient,
    as_admin: FlaskClient,
    client: FlaskClient,
    part: str,
) -> None:
    handled(leaves_file)
    address = f"/jobs/{ask()}{part}"
    worker.run_once()
    assert as_stranger.get(address).status_code == 404
    assert as_admin.get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_an_unknown_job_is_not_found(as_learner: FlaskClient, learner: Person) -> None:
    assert as_learner.get("/jobs/999").status_code == 404
    assert as_learner.get("/jobs/99999999999999").status_code == 404


def test_a_job_is_only_looked_at(as_learner: FlaskClient, ask: Ask) -> None:
    assert as_learner.post(f"/jobs/{ask()}").status_code == 405
