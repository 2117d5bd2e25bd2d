"""What a handler has in hand while it works, and which handler works which kind."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from flask import current_app
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.db import set_read_only, step_back
from app.extensions import db
from app.jobs.models import Job

# seconds between two notes of how far it is: each one is a write
NOTED_EVERY = 0.5
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,119}")


class JobProblem(ValueError):
    """The work cannot be done; the message says in Vietnamese why and what to do."""


class Interrupted(Exception):
    """The worker is asked to stop; the job goes back into the line."""


class Working:
    """One job being worked: its facts, how far it is, and the files it makes.

    It begins reading, so that nobody waits for it: in transactions in which the database refuses
    writes. `write()` ends that. All that is written after it is committed with the end of the
    job, or not at all; `afterwards` is called when it was, such as to remove what was read.
    """

    def __init__(self, job: Job, folder: Path, stopping: Callable[[], bool]) -> None:
        self.job_id, self.person_id = job.id, job.person_id
        self.kind, self.facts = job.kind, dict(job.facts)
        self.attempt = job.attempts
        self.result = self.back = ""
        self.reached = (0, 0)
        self.afterwards: list[Callable[[], None]] = []
        self._folder, self._stopping = folder, stopping
        self._writing = False
        self._noted = 0.0

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is, in a short transaction of its own; call it as often as you like.

        While the handler itself writes to SQLite, which has one writer, nothing is noted.
        Raises Interrupted when the worker is to stop and nothing was written yet.
        """
        if self._stopping() and not self._writing:
            raise Interrupted
        self.reached = (done, total)
        if monotonic() - self._noted < NOTED_EVERY or (self._writing and _one_writer()):
            return
        self._noted = monotonic()
        # the work goes on without the note
        with suppress(OperationalError):
            self._note()

    def file(self, name: str) -> Path:
        """Where to write the file that its asker downloads; lower case, digits, dot, hyphen.

        It is kept for seven days. The last name asked for is the job's result.
        """
        path = self.own_file(name)
        self.result = name
        return path

    def own_file(self, name: str) -> Path:
        """Where to write a file that only the room itself reads, kept as long as the result."""
        if not FILE_NAME.fullmatch(name):
            raise ValueError(f"not a name for a job's file: {name!r}")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder / name

    def lead_to(self, address: str) -> None:
        """When it is done, go on to this page instead of the one named at the start."""
        self.back = address

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in a session of its own: rows stay as they were read after the block, detached."""
        with current_app.app_context():
            yield

    def write(self) -> None:
        """From here on the handler writes. Rows read before are expired."""
        if not self._writing:
            step_back()
            set_read_only(False)
            self._writing = True

    def _note(self) -> None:
        done, total = self.reached
        set_read_only(False)
        try:
            with db.engine.begin() as connection:
                connection.execute(
                    update(Job).where(Job.id == self.job_id).values(done=done, total=total)
                )
        finally:
            set_read_only(not self._writing)


def _one_writer() -> bool:
    return db.engine.dialect.name == "sqlite"


# returns what came of it, in Vietnamese
Handler = Callable[[Working], str]


@dataclass(frozen=True)
class Kind:
    """A kind of job: what its page is called, and who does the work."""

    title: Any
    handler: Handler


KINDS: dict[str, Kind] = {}


def handle(kind: str, handler: Handler, title: Any) -> None:
    """Say who does the work of a kind; `title` (lazy_gettext) is the heading of its page.

    A handler may be called again after a crash: it does all or nothing, and reads before it
    calls `write()`.
    """
    KINDS[kind] = Kind(title, handler)


# commits are made between the parts
Recurring = Callable[[], Iterator[object]]
RECURRING: dict[str, Recurring] = {}


def recur(name: str, act: Recurring) -> None:
    """Say what the worker does again and again, about once a minute, beside the jobs.

    `act` asks the database itself whether anything is due, so that it is done once however often
    the worker ends and begins anew; it is committed after each part that it yields. One worker at
    a time does it.
    """
    RECURRING[name] = act
