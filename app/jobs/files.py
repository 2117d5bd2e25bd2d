"""The files of jobs on disk."""

import shutil
from collections.abc import Iterable

from flask import current_app


def remove_files(job_ids: Iterable[int]) -> None:
    """The folders of these jobs go; what cannot be removed now, the worker sweeps later."""
    for job_id in job_ids:
        folder = current_app.extensions["jobs_folder"] / str(job_id)
        shutil.rmtree(folder, ignore_errors=True)
