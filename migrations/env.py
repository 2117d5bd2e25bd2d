"""How Alembic reaches the database of the app: through the app's own engine and metadata."""

from collections.abc import Iterator
from contextlib import contextmanager
from logging.config import fileConfig
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.db import UTCDateTime

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Migrations outlive the app's classes, so they name plain column types."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """The words of the search are kept in each database's own way and are no model."""
    return kind != "table" or not (name or "").startswith("search_words")


def run_migrations() -> None:
    """Run all steps in one transaction: a migration is applied whole or not at all."""
    with database.engine.connect() as connection, keys_asleep(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            include_name=include_name,
        )
        with context.begin_transaction():
            context.run_migrations()
            refuse_lost_keys(connection)


@contextmanager
def keys_asleep(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: meanwhile others point at nothing.

    The switch works outside a transaction only, so it goes straight to the driver.
    """
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def refuse_lost_keys(connection: Connection) -> None:
    """What was not looked at on the way is looked at before anything is kept."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"rows that point at nothing: {lost[:5]}")


run_migrations()
