"""How the database is opened: durable SQLite or PostgreSQL, one transaction per request."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import (
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    TextClause,
    bindparam,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlalchemy.types import TypeDecorator

from app.config import Settings
from app.extensions import Base, db

Result = TypeVar("Result")

_reading: ContextVar[bool] = ContextVar("reading", default=False)

# names, telephones and hashes of PINs do not get into the log with an error
ENGINE_OPTIONS = {"pool_size": 20, "max_overflow": 20, "hide_parameters": True}

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

# how PostgreSQL calls it, and how often one is gone back from
DEADLOCK, DEADLOCKS = "40P01", 3

# seconds that a thread waits for its turn to write
LONGEST_WAIT = 5.0

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


@contextmanager
def reading_first() -> Iterator[None]:
    """Read in a transaction of its own before the one that writes, queueing with no writer.

    What was read may be outdated when the block has ended, and its rows are expired: take
    plain values out of it. Inside a transaction that has begun it stays in that one.
    """
    if db.session.registry().in_transaction():
        yield
        return
    before = _reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _reading.reset(before)


class Prepared:
    """A statement that runs with every page: compiled once per kind of database.

    Executing it costs a third of what `session.execute` does, which looks it up and plans
    anew each time. It takes plain values and gives rows, never objects of the session.
    """

    def __init__(self, statement: Executable | Callable[[str], Executable]) -> None:
        # where the databases differ: a function of "sqlite" or "postgresql"
        self._statement = statement
        self._compiled: dict[str, Any] = {}

    def execute(self, **values: Any) -> CursorResult[Any]:
        """Run it with these values in the session's transaction."""
        connection = _connection()
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = self._compiled[connection.dialect.name] = self._compile(connection.dialect)
        return connection.execute(compiled, values)

    def _compile(self, dialect: Dialect) -> Any:
        statement: Any = self._statement
        if not isinstance(statement, Executable):
            statement = statement(dialect.name)
        return statement.compile(dialect=dialect)


def _connection() -> Connection:
    """The connection of the session's transaction; asking the session each time is slow."""
    session = db.session()
    known: Connection | None = session.info.get("connection")
    return known or session.connection()


@event.listens_for(db.session, "after_begin")
def _know_connection(session: Session, _transaction: object, connection: Connection) -> None:
    session.info["connection"] = connection


@event.listens_for(db.session, "after_transaction_end")
def _forget_connection(session: Session, _transaction: object) -> None:
    session.info.pop("connection", None)


def step_back() -> None:
    """Give up the turn to write before slow work; to be called while nothing was written yet.

    The next statement takes the turn again. Rows read before are expired.
    """
    db.session.rollback()


def insert_once(model: type[Base], **values: Any) -> bool:
    """Insert one row unless a unique constraint already holds it; True when it was inserted.

    A rival transaction with the same key is waited for, so that the answer is final.
    """
    return _insert_statement(model, tuple(values)).execute(**values).rowcount == 1


def take_turns(matter: str, *, shared: bool = False) -> None:
    """Be alone with a matter until the transaction ends; `shared`: beside others who share it.

    For what no constraint can decide, such as whether two records mean one human being.
    SQLite has one writer at a time anyway.
    """
    if db.engine.dialect.name == "postgresql":
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        db.session.execute(text(f"SELECT {lock}(hashtextextended(:matter, 0))"), {"matter": matter})


def again_on_deadlock(act: Callable[[], Result]) -> Result:
    """Carry out an act that may be repeated, inside a savepoint: again when it is in a deadlock.

    Going back to the savepoint gives up the locks taken since, so that the rival goes on.
    """
    for _ in range(DEADLOCKS):
        try:
            with db.session.begin_nested():
                return act()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
    return act()


@cache
def _insert_statement(model: type[Base], names: tuple[str, ...]) -> Prepared:
    return Prepared(lambda dialect: inserting_once(dialect, model, names))


def inserting_once(dialect: str, model: type[Base], names: Iterable[str]) -> Any:
    """An INSERT of these columns that leaves a row alone which a unique constraint holds."""
    statement = INSERTS[dialect](model.__table__).values({name: bindparam(name) for name in names})
    # else PostgreSQL's driver forgets how many rows it inserted
    return statement.on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def typed(sql: str, model: type[Base], names: tuple[str, ...]) -> TextClause:
    """A textual statement whose parameters have the types of the model's columns."""
    columns = model.__table__.columns
    return text(sql).bindparams(*(bindparam(name, type_=columns[name].type) for name in names))


def columns(model: type[Base]) -> ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]:
    """The columns of a model's table, for statements that run with every page.

    A statement of columns costs half of what one of mapped attributes costs to execute.
    """
    return model.__table__.columns


def contains(column: InstrumentedAttribute[str], folded: str) -> Any:
    """A condition: the folded column holds the folded text, wildcards taken literally."""
    return column.contains(folded, autoescape=True)


def init_app(app: Flask, settings: Settings) -> None:
    """Bind the database to the app and set how its connections behave."""
    url = settings.sqlalchemy_url
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if url.startswith("sqlite"):
        settings.instance.mkdir(parents=True, exist_ok=True)
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", ENGINE_OPTIONS)
    db.init_app(app)
    with app.app_context():
        _tune(db.engine)


def _tune(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        queue = WriterQueue()
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", queue.begin)
        event.listen(engine, "commit", queue.end)
        event.listen(engine, "rollback", queue.end)
        event.listen(engine, "checkin", queue.leave)
        event.listen(engine, "invalidate", queue.leave)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: object) -> None:
    # the driver's own transaction handling begins too late and loses updates
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


class WriterQueue:
    """SQLite has one writer at a time; the threads of a process queue for it here.

    Without the queue they would sleep in the driver, which wakes ever later. Another process
    is waited for in the driver, at most `busy_timeout`.
    """

    def __init__(self) -> None:
        self._turn = Lock()

    def begin(self, connection: Connection) -> None:
        """Begin a reading transaction at once, a writing one when it is this thread's turn."""
        # straight to the driver: these run with every request
        driver: Any = connection.connection.dbapi_connection
        reading = _reading.get()
        if connection.info.get("reading") != reading:
            driver.execute(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
            connection.info["reading"] = reading
        if reading:
            driver.execute("BEGIN")
            return
        in_turn = self._turn.acquire(timeout=LONGEST_WAIT)
        try:
            driver.execute("BEGIN IMMEDIATE")
        except BaseException as error:
            if in_turn:
                self._turn.release()
            if isinstance(error, sqlite3.OperationalError):
                raise OperationalError("BEGIN IMMEDIATE", None, error) from error
            raise
        connection.info["in_turn"] = in_turn

    def end(self, connection: Connection) -> None:
        """Let the next thread write."""
        # what became of an invalidated connection is told to `leave`
        if not connection.invalidated:
            self._let_next(connection.info)

    def leave(self, _driver: object, record: Any, *_error: object) -> None:
        """However a connection goes back to its pool, the turn does not stay with it."""
        self._let_next(record.info)

    def _let_next(self, info: dict[Any, Any]) -> None:
        if info.pop("in_turn", False):
            self._turn.release()


def _begin_postgresql(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    if driver.read_only != _reading.get():
        driver.read_only = _reading.get()
