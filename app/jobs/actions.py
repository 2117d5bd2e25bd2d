"""What happens to a job: asked for, begun, done, tried again, failed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from app.accounts import operations
from app.accounts.signed_in import Someone
from app.extensions import db
from app.jobs.models import OVER, Job, State
from app.jobs.queries import job
from app.lib import clock
from app.lib.messages import message

TRIES = 3
# seconds until the next try, longer each time
PAUSE = 10
DIED = message("Máy chủ đã dừng giữa chừng %(tries)s lần. Hãy báo người quản trị.", tries=TRIES)
BROKEN = message(
    "Có lỗi trong hệ thống, đã thử %(tries)s lần. Hãy báo người quản trị.", tries=TRIES
)


def start(person: Someone, kind: str, facts: dict[str, Any], op_id: str, *, back: str = "") -> Job:
    """Put long work in line, in the caller's transaction: it is there if and only if that commits.

    `facts` (JSON-able) is all that the handler of this kind gets; `back` is the page to go to
    when it is over. The same operation sent again gives the same job. Raises OperationConflict.
    """
    replay = operations.begin(op_id, person.id, f"job {kind}", facts)
    if replay:
        return db.session.get_one(Job, int(replay.outcome))
    asked = Job(kind=kind, person_id=person.id, facts=facts, back=back)
    db.session.add(asked)
    db.session.flush()
    operations.conclude(op_id, str(asked.id))
    return asked


def begin(job_id: int) -> Job | None:
    """A worker that holds the job begins it; None when there is nothing (more) to do.

    What was running and is nobody's any more is tried again, at most three times in all.
    """
    found = job(job_id)
    if found is None or found.is_over:
        return None
    if found.attempts >= TRIES:
        _end(found, State.FAILED, found.message or DIED)
        return None
    found.state, found.started_at = State.RUNNING, clock.now()
    found.attempts += 1
    found.done = found.total = 0
    return found


def finish(job_id: int, said: str, result: str, back: str, reached: tuple[int, int]) -> None:
    """The work is done; in the transaction in which it was done, so that both stand or neither."""
    found = db.session.get_one(Job, job_id, populate_existing=True)
    found.result, found.back = result, back or found.back
    found.done, found.total = reached
    _end(found, State.DONE, said)


def refuse(job_id: int, reason: str) -> None:
    """The work cannot be done, and trying again would not help."""
    found = db.session.get_one(Job, job_id, populate_existing=True)
    _end(found, State.FAILED, reason)


def try_again(job_id: int) -> None:
    """Something broke: the job waits for its next try, or has failed after the last one."""
    found = db.session.get_one(Job, job_id, populate_existing=True)
    if found.attempts >= TRIES:
        _end(found, State.FAILED, BROKEN)
        return
    found.state = State.WAITING
    found.due_at = clock.now() + timedelta(seconds=PAUSE * found.attempts)


def put_back(job_id: int) -> None:
    """The worker stops: the job waits for another one, and this was no try."""
    found = db.session.get_one(Job, job_id, populate_existing=True)
    found.state = State.WAITING
    found.attempts -= 1


def forget_result(job_ids: list[int]) -> None:
    """The files of these jobs are gone."""
    db.session.execute(update(Job).where(Job.id.in_(job_ids)).values(result=""))


def forget_before(moment: datetime) -> None:
    """Jobs that were over before that moment leave the table."""
    db.session.execute(delete(Job).where(Job.state.in_(OVER), Job.finished_at < moment))


def _end(found: Job, state: State, said: str) -> None:
    found.state, found.message, found.finished_at = state, said[:500], clock.now()
