"""How the database is opened: durable SQLite or PostgreSQL, one transaction per request."""

from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import Connection, DateTime, Dialect, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from app.config import Settings
from app.extensions import Base, db

_reading: ContextVar[bool] = ContextVar("reading", default=False)

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # FULL, not WAL's usual NORMAL: what was acknowledged must survive power loss
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-16000",
)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC in Python, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def set_read_only(reading: bool) -> None:
    """From here on, transactions begun by this thread can (not) write; the database refuses."""
    _reading.set(reading)


def insert_once(model: type[Base], **values: Any) -> bool:
    """Insert one row unless a unique constraint already holds it; True when it was inserted.

    A rival transaction with the same key is waited for, so that the answer is final.
    """
    dialect = db.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(model).values(**values).on_conflict_do_nothing()
    result = db.session.execute(statement.returning(*model.__table__.primary_key))
    return result.first() is not None


def contains(column: InstrumentedAttribute[str], folded: str) -> Any:
    """A condition: the folded column holds the folded text, wildcards taken literally."""
    return column.contains(folded, autoescape=True)


def init_app(app: Flask, settings: Settings) -> None:
    """Bind the database to the app and set how its connections behave."""
    url = settings.sqlalchemy_url
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if url.startswith("sqlite"):
        settings.instance.mkdir(parents=True, exist_ok=True)
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_size": 20, "max_overflow": 20})
    db.init_app(app)
    with app.app_context():
        _tune(db.engine)


def _tune(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: object) -> None:
    # the driver's own transaction handling begins too late and loses updates
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    reading = _reading.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    if driver.read_only != _reading.get():
        driver.read_only = _reading.get()
