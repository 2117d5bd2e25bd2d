"""Addresses of jobs: how far one's own job is, and the file it made."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.jobs import queries
from app.jobs.models import Job
from app.jobs.working import KINDS

blueprint = Blueprint("jobs", __name__, template_folder="templates", url_prefix="/jobs")
NUMBER = "<int(max=2147483647):job_id>"


@blueprint.get(f"/{NUMBER}")
def show(job_id: int) -> ResponseReturnValue:
    """How far a job is; without a script the page asks again by itself."""
    return _page("jobs/job.html", _own(job_id))


@blueprint.get(f"/{NUMBER}/state")
def state(job_id: int) -> ResponseReturnValue:
    """The part of the page that changes, for the script."""
    return _page("jobs/_state.html", _own(job_id))


@blueprint.get(f"/{NUMBER}/file")
def file(job_id: int) -> Response:
    """The file that a job made, while it is kept."""
    job = _own(job_id)
    path: Path = current_app.extensions["jobs_folder"] / str(job.id) / job.result
    if not job.result or not path.is_file():
        abort(404)
    return send_file(path, as_attachment=True, download_name=job.result, max_age=0)


def _own(job_id: int) -> Job:
    job = queries.own_job(current_user.id, job_id)
    if job is None:
        abort(404)
    return job


def _page(template: str, job: Job) -> str:
    kind = KINDS.get(job.kind)
    before = 0 if job.is_over else queries.before_in_line(job)
    return render_template(template, job=job, title=kind.title if kind else "", before=before)
