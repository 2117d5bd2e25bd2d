"""One app and one migrated database per test process; a clean copy of it for every test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.orm import close_all_sessions

from app import create_app
from app.accounts import secrets
from app.accounts.models import Person
from app.config import Settings
from app.content.models import Course
from app.content.shelf import shelf
from app.extensions import Base, db
from tests import databases
from tests.proof_reader import ProofReader

pytest_plugins = ["tests.cast"]
COURSES = Path(__file__).parent / "courses"


@pytest.fixture(scope="session", autouse=True)
def _hasty_hashes() -> None:
    """Argon2id at its cheapest: a hundred sign-ins would else take five seconds."""
    secrets._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    secrets._nobody = secrets.hash_secret("không có ai")


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """The instance folder of the test app."""
    with TemporaryDirectory(prefix="bdhvs-", dir=databases.hasty_folder()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def database_url(folder: Path) -> Iterator[str]:
    """Where the test database is; SQLite in the instance folder unless PostgreSQL is asked for."""
    if not databases.POSTGRESQL:
        yield ""
        return
    with databases.postgresql_server(hasty=True) as server:
        yield databases.create_database(server, "bdhvs")


@pytest.fixture(scope="session")
def settings(folder: Path, database_url: str) -> Settings:
    """Settings of the test app: no watching of files, the small test course."""
    return Settings(instance=folder, database_url=database_url, courses=COURSES, watch_seconds=0)


@pytest.fixture(scope="session")
def migrated_app(settings: Settings) -> Iterator[Flask]:
    """The app with all migrations applied."""
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = ProofReader
    with app.app_context():
        upgrade()
        db.engine.dispose()
    if not databases.POSTGRESQL:
        shutil.copy(settings.instance / "bdhvs.db", settings.instance / "clean.db")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask, settings: Settings) -> Iterator[Flask]:
    """The app on a clean database, inside an app context."""
    if not databases.POSTGRESQL:
        for ending in ("", "-wal", "-shm"):
            (settings.instance / f"bdhvs.db{ending}").unlink(missing_ok=True)
        shutil.copy(settings.instance / "clean.db", settings.instance / "bdhvs.db")
    with migrated_app.app_context():
        yield migrated_app
        close_all_sessions()
        if databases.POSTGRESQL:
            with db.engine.begin() as connection:
                databases.emptied(connection, [*Base.metadata.tables, "search_words"])
        else:
            db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def course(app: Flask) -> Course:
    """The small test course."""
    found = shelf.course("thu-nghiem")
    assert found is not None
    return found


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Person], FlaskClient]:
    """A browser in which this person is signed in."""

    def browser(person: Person) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = person.get_id()
            session["_fresh"] = True
        return client

    return browser
