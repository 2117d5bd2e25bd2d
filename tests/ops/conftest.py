"""Commands as they are typed, and the demo world loaded once for a module."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import close_all_sessions

from app.config import Settings
from app.content.shelf import shelf
from app.extensions import Base, db
from tests import databases
from tests.shipped import COURSES, RENDERED

Command = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Command:
    """Run a command line on the clean database: `run("counts", "check")`."""
    return _command(app)


def _command(app: Flask) -> Command:
    def run(*words: str | Path) -> Result:
        db.session.commit()
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    return run


@pytest.fixture
def peek(app: Flask) -> Command:
    """Run a command on what the test did and has not committed."""

    def peek(*words: str | Path) -> Result:
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    return peek


@pytest.fixture(scope="module")
def loaded(migrated_app: Flask, settings: Settings) -> Iterator[Result]:
    """`demo load` on an otherwise empty database, with the real courses; its result."""
    if not databases.POSTGRESQL:
        for ending in ("-wal", "-shm"):
            (settings.instance / f"bdhvs.db{ending}").unlink(missing_ok=True)
        shutil.copy(settings.instance / "clean.db", settings.instance / "bdhvs.db")
    shelf.open(COURSES, RENDERED, 0)
    with migrated_app.app_context():
        yield _command(migrated_app)("demo", "load")
        close_all_sessions()
        if databases.POSTGRESQL:
            names = ", ".join(f'"{table}"' for table in Base.metadata.tables)
            db.session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            db.session.commit()
        db.engine.dispose()
    shelf.open(settings.courses, settings.instance / "cache", 0)


@pytest.fixture
def demo(loaded: Result, migrated_app: Flask) -> Iterator[Command]:
    """Commands on the demo world; what a test changes without commit is taken back."""

    def run(*words: str) -> Result:
        return migrated_app.test_cli_runner().invoke(args=list(words))

    assert loaded.exit_code == 0, loaded.output
    yield run
    db.session.rollback()


def drop_guards(table: str) -> None:
    """Take the database's own guard off an append-only table, as a forger would."""
    if databases.POSTGRESQL:
        db.session.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))
        return
    for verb in ("update", "delete"):
        db.session.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
