"""How Alembic reaches the database of the app: through the app's own engine and metadata."""

from logging.config import fileConfig
from typing import Any

from alembic import context
from flask import current_app

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
    with database.engine.connect() as connection:
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


run_migrations()
