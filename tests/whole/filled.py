"""A row in every table, made from what the tables say about themselves."""

import re
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from app.lib import clock

ONE_OF = re.compile(r"(\w+) IN \('(\w+)'")
# where the rules of a table say more than "one of these"
EXAMPLES: dict[str, dict[str, Any]] = {"draft": {"outcome": "", "closed_at": None}}


def fill(connection: Connection, metadata: MetaData) -> None:
    """Put a row into every table that has none; each points at rows of the tables before it."""
    for table in metadata.sorted_tables:
        if connection.scalar(select(func.count()).select_from(table)):
            continue
        for optional in (True, False):
            values = _values(connection, table, optional) | EXAMPLES.get(table.name, {})
            try:
                with connection.begin_nested():
                    connection.execute(insert(table).values(values))
                break
            except IntegrityError:
                if not optional:
                    raise


def _values(connection: Connection, table: Table, optional: bool) -> dict[str, Any]:
    allowed = {}
    for rule in table.constraints:
        if isinstance(rule, CheckConstraint):
            allowed |= dict(ONE_OF.findall(str(rule.sqltext)))
    return {
        column.name: allowed.get(column.name) or _value(connection, column, place)
        for place, column in enumerate(table.columns)
        if optional or not column.nullable
    }


def _value(connection: Connection, column: Column[Any], place: int) -> Any:
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None
        # two people, two units: the next column names the next one, where there is one
        known = connection.scalars(select(key.column).order_by(key.column)).all()
        return known[place % len(known)] if known else None
    return next(
        (
            value
            for kind, value in (
                (Boolean, True),
                (Integer, 1),
                (Float, 0.5),
                (Numeric, 1),
                (DateTime, clock.now()),
                (Date, date(2026, 1, 2)),
                (JSON, {"một": "hai"}),
                (LargeBinary, b"x"),
            )
            if isinstance(_impl(column), kind)
        ),
        "x" * min(getattr(column.type, "length", None) or 8, 8),
    )


def _impl(column: Column[Any]) -> Any:
    return getattr(column.type, "impl", column.type)


def rows_of(connection: Connection, tables: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows of these tables, only these columns of each, as text."""
    found = {}
    for name, columns in tables.items():
        picked = ", ".join(f'"{column}"' for column in columns)
        rows = connection.execute(text(f'SELECT {picked} FROM "{name}"'))
        found[name] = sorted(str(list(row)) for row in rows)
    return found
