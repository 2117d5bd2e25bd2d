"""Take a units file whole or not at all, and remember what each ended unit became."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from app.accounts import audit
from app.db import insert_once
from app.extensions import db
from app.units import actions
from app.units.models import Unit, UnitSuccession
from app.units.unit_file import FileLine


@dataclass(frozen=True)
class Imported:
    """What an import did; `waiting` are successor codes that no unit bears yet."""

    added: int
    updated: int
    linked: int
    waiting: list[str]


def import_lines(lines: Sequence[FileLine], actor_id: int | None = None) -> Imported:
    """Put the units of a file into the tree and link ended units to their successors.

    `actor_id` None is the command line. The caller commits, or rolls back when UnitProblem is
    raised. The same lines again change nothing.
    """
    dated = _dated(lines)
    added, updated = actions.import_units(line.unit for line in dated)
    by_code = _by_code()
    linked = 0
    waiting = []
    for line in dated:
        for rank, code in enumerate(line.successors):
            old, new = _born(line.unit, by_code), _successor(line.unit, code, by_code)
            if old is None or new is None:
                waiting.append(code)
            elif insert_once(UnitSuccession, old_id=old.id, new_id=new.id, rank=rank):
                linked += 1
    audit.record(actor_id, "import_units", "units", f"thêm {added}, cập nhật {updated}")
    return Imported(added, updated, linked, sorted(set(waiting)))


def _dated(lines: Sequence[FileLine]) -> list[FileLine]:
    """Lines without a first day mean the unit known under that code, when there is one."""
    known = _by_code()
    found = []
    for line in lines:
        same = [
            unit for unit in known.get(line.unit.code, []) if unit.valid_to == line.unit.valid_to
        ]
        if not line.dated and same:
            start = max(unit.valid_from for unit in same)
            line = replace(line, unit=replace(line.unit, valid_from=start))
        found.append(line)
    return found


def _by_code() -> dict[str, list[Unit]]:
    units: dict[str, list[Unit]] = {}
    for unit in db.session.scalars(select(Unit).order_by(Unit.valid_from, Unit.id)):
        units.setdefault(unit.code, []).append(unit)
    return units


def _born(row: actions.UnitRow, by_code: dict[str, list[Unit]]) -> Unit | None:
    units = by_code.get(row.code, [])
    return next((unit for unit in units if unit.valid_from == row.valid_from), None)


def _successor(row: actions.UnitRow, code: str, by_code: dict[str, list[Unit]]) -> Unit | None:
    """The unit that bears the code the day after the old one ended: codes are used again."""
    if row.valid_to is None:
        return None
    day: date = row.valid_to + timedelta(days=1)
    return next(
        (
            unit
            for unit in by_code.get(code, [])
            if unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)
        ),
        None,
    )
