"""Who works a job: a lock that dies with its worker, however the worker ends.

No clock is asked and nothing has to be renewed: after kill -9 the operating system, or the
database server, lets go at once.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from app.extensions import db


@contextmanager
def hold(job: int | str, folder: Path) -> Iterator[bool]:
    """Hold a job, or what recurs under a name, for the length of the block; False when somebody
    else holds it."""
    if db.engine.dialect.name == "postgresql":
        with _in_database(job) as held:
            yield held
    else:
        with _in_folder(folder) as held:
            yield held


@contextmanager
def _in_database(job: int | str) -> Iterator[bool]:
    # of a transaction, not of a session: a pooler between may give sessions to others
    asked = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:matter, 0))")
    with db.engine.begin() as connection:
        yield bool(connection.execute(asked, {"matter": f"job {job}"}).scalar())


@contextmanager
def _in_folder(folder: Path) -> Iterator[bool]:
    """SQLite lives on one machine, and so do its workers."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(folder / ".hold", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(file)
