"""Rows change hands: from one record of a human being to the other, and back.

Where a row goes is decided once, for the preview and for the merging alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Date, Table, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from app.accounts.holdings import Holding
from app.db import UTCDateTime
from app.extensions import db

Facts = dict[str, Any]


@dataclass(frozen=True)
class Sorted:
    """The rows of a holding: those that move, are put away, and stay where they are."""

    holding: Holding
    moves: list[Mapping[str, Any]]
    put_away: list[Mapping[str, Any]]
    stays: list[Mapping[str, Any]]


def sort(holding: Holding, old_id: int, new_id: int) -> Sorted:
    """What becomes of each row of the old record; reads only."""
    found = Sorted(holding, [], [], [])
    rows = _rows(holding, old_id)
    others = _rows(holding, new_id) if rows and holding.clash else []
    for row in rows:
        clashes = bool(holding.clash and holding.clash(row, others))
        beside_itself = bool(holding.beside) and row[holding.beside] == new_id
        if not holding.moves or ((clashes or beside_itself) and holding.on_clash == "stay"):
            found.stays.append(row)
        elif clashes or beside_itself:
            found.put_away.append(row)
        else:
            found.moves.append(row)
    return found


def move(found: Sorted, new_id: int) -> Facts:
    """Carry it out; returns what it takes to undo it, as JSON knows it."""
    holding = found.holding
    table, column = _table(holding), holding.column
    for row in found.put_away:
        db.session.execute(delete(table).where(*_this(table, row)))
    for row in found.moves:
        db.session.execute(update(table).where(*_this(table, row)).values({column: new_id}))
    return {
        "table": table.name,
        "column": column,
        "moved": [_key(table, column, row) for row in found.moves],
        "put_away": [
            {name: _plain(value) for name, value in row.items()} for row in found.put_away
        ],
    }


def move_back(holding: Holding, facts: Facts, old_id: int, new_id: int) -> None:
    """Undo it: what was moved goes back, as it is now; what was put away lies there again.

    What is gone from the other record since is gone.
    """
    table, column = _table(holding), holding.column
    for key in facts["moved"]:
        here = _this(table, {**key, column: new_id})
        mine = table.c[column] == new_id
        db.session.execute(update(table).where(mine, *here).values({column: old_id}))
    for row in facts["put_away"]:
        db.session.execute(insert(table).values(_numbered(table, _typed(table, row))))


def _numbered(table: Table, row: Facts) -> Facts:
    """The row under its own number, or a new one: SQLite gives the last number out again."""
    if [column.name for column in table.primary_key] != ["id"]:
        return row
    taken = db.session.scalar(select(table.c.id).where(table.c.id == row["id"]))
    return row if taken is None else {k: v for k, v in row.items() if k != "id"}


def table_key(holding: Holding) -> tuple[str, str]:
    """By which a holding is known in facts."""
    return _table(holding).name, holding.column


def total(found: Iterable[Sorted]) -> int:
    """How many rows change hands or are put away."""
    return sum(len(one.moves) + len(one.put_away) for one in found)


def _rows(holding: Holding, person_id: int) -> list[Mapping[str, Any]]:
    table = _table(holding)
    query = select(table).where(table.c[holding.column] == person_id)
    found = db.session.execute(query.order_by(*table.primary_key)).mappings()
    return [dict(row) for row in found]


def _table(holding: Holding) -> Table:
    return cast(Table, holding.model.__table__)


def _this(table: Table, row: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    return [column == row[column.name] for column in table.primary_key]


def _key(table: Table, owner: str, row: Mapping[str, Any]) -> Facts:
    names = [column.name for column in table.primary_key if column.name != owner]
    return {name: _plain(row[name]) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: Table, row: Facts) -> Facts:
    """A row out of JSON, its dates and moments read again."""
    return {name: _read(table.c[name].type, value) for name, value in row.items()}


def _read(kind: TypeEngine[Any], value: Any) -> Any:
    if value is not None and isinstance(kind, UTCDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value is not None and isinstance(kind, Date) else value
