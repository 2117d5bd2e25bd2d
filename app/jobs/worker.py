"""The worker: takes jobs that wait, one after the other, and sweeps what is over."""

import logging
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

from app.db import set_read_only
from app.extensions import db
from app.jobs import actions, queries
from app.jobs.holds import hold
from app.jobs.models import Job
from app.jobs.working import KINDS, RECURRING, Interrupted, JobProblem, Recurring, Working
from app.lib import clock

POLL_SECONDS = 0.5
SWEEP_SECONDS = 3600
RECUR_SECONDS = 60
RESULTS_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=90)
log = logging.getLogger(__name__)


class Worker:
    """Works jobs in the app context it is made in; `folder` holds their files, one folder each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stop = Event()

    def stop(self) -> None:
        """Stop soon: a job that has not begun to write goes back into the line."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped; a database that is away is waited for."""
        acts = {self.recur: RECUR_SECONDS, self.sweep: SWEEP_SECONDS}
        done_at = {act: clock.now() - timedelta(seconds=every) for act, every in acts.items()}
        while not self._stop.is_set():
            worked = self._spared(self.work_next)
            for act, every in acts.items():
                if clock.now() - done_at[act] >= timedelta(seconds=every):
                    self._spared(act)
                    done_at[act] = clock.now()
            if not worked:
                self._stop.wait(POLL_SECONDS)

    def run_once(self) -> int:
        """Do what recurs, then work until nothing is left, next tries too; how many jobs were
        taken up."""
        self.recur()
        taken = 0
        while not self._stop.is_set() and self.work_next(early=True):
            taken += 1
        self.sweep()
        return taken

    def work_next(self, *, early: bool = False) -> bool:
        """Take up the first job that nobody holds; False when there is none."""
        set_read_only(True)
        try:
            waiting = queries.to_work(KINDS, early=early)
        finally:
            db.session.rollback()
            set_read_only(False)
        return any(self._work(job_id) for job_id in waiting)

    def recur(self) -> None:
        """Do what recurs, each by itself: a fault of one does not keep the others waiting."""
        for name, act in RECURRING.items():
            with hold(name, self._folder / name) as held:
                if held:
                    self._spared(lambda act=act: self._in_parts(act))  # type: ignore[misc]

    def _in_parts(self, act: Recurring) -> None:
        for _ in act():
            db.session.commit()
            if self._stop.is_set():
                return
        db.session.commit()

    def sweep(self) -> None:
        """Remove files after seven days, jobs after ninety, and folders that belong to none."""
        now = clock.now()
        old = queries.with_result_before(now - RESULTS_KEPT)
        actions.forget_result(old)
        actions.forget_before(now - JOBS_KEPT)
        db.session.commit()
        folders = {int(path.name): path for path in self._folder.glob("*") if path.name.isdigit()}
        known = queries.among(folders)
        for job_id, path in folders.items():
            if self._is_old(known.get(job_id)):
                shutil.rmtree(path, ignore_errors=True)
        db.session.rollback()

    def _is_old(self, job: Job | None) -> bool:
        if job is None:
            return True
        ended = job.finished_at
        return job.is_over and ended is not None and ended < clock.now() - RESULTS_KEPT

    def _spared(self, act: Callable[[], object]) -> bool:
        """A fault of the database or the disk does not end the worker."""
        try:
            return bool(act())
        except Exception:
            log.exception("the worker goes on")
            db.session.rollback()
            return False

    def _work(self, job_id: int) -> bool:
        with hold(job_id, self._folder / str(job_id)) as held:
            job = actions.begin(job_id) if held else None
            working = Working(job, self._folder / str(job_id), self._stop.is_set) if job else None
            db.session.commit()
            if working is None:
                return False
            self._carry_out(working)
            return True

    def _carry_out(self, working: Working) -> None:
        try:
            self._do(working)
        except Interrupted:
            self._note(lambda: actions.put_back(working.job_id))
        except JobProblem as problem:
            reason = str(problem)
            self._note(lambda: actions.refuse(working.job_id, reason))
        except Exception:
            log.exception("job %s (%s), try %s", working.job_id, working.kind, working.attempt)
            self._note(lambda: actions.try_again(working.job_id))
        finally:
            set_read_only(False)
            db.session.rollback()

    def _do(self, working: Working) -> None:
        set_read_only(True)
        said = KINDS[working.kind].handler(working)
        working.write()
        actions.finish(working.job_id, said, working.result, working.back, working.reached)
        db.session.commit()
        for act in working.afterwards:
            self._spared(act)

    def _note(self, act: Callable[[], None]) -> None:
        db.session.rollback()
        set_read_only(False)
        act()
        db.session.commit()
