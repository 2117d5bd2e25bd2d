"""`make bench-large`: the merger of 1/7/2025 on a world of 100,000 people, on both databases.

The tree is that of the files beside the repository (../shared/facts), else of the tests' excerpt.
Prints the seconds of merging and undoing, and says whether every total, every membership and
every role is what it was.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select, text

from app import create_app
from app.accounts.actions import add_person, grant_role
from app.accounts.models import Person, Role
from app.accounts.queries import signed_in
from app.config import Settings
from app.counts.models import Attainment, Evidence
from app.extensions import db
from app.lib import clock
from app.lib.vietnamese import fold, sort_key
from app.staff.desks import desk_of
from app.units.actions import UnitRow, add_unit
from app.units.models import COMMUNE_KINDS, Membership, Unit
from app.units.operation_models import UnitOperation
from app.units.queries import units_in
from app.units.undoing import undo
from tests.acts import rows
from tests.databases import create_database, postgresql_server
from tests.units import replay
from tests.units.replay import AFTER, BEFORE, LAST_DAY, LONG_AGO, NEW_DAY
from tests.units.test_replay import FILES, Files
from tests.units.world import picture

PEOPLE = 100_000
OFFICES = 200
LEVELS = tuple(Evidence)
# seconds for each of the two
LONGEST = 60.0


def main() -> int:
    """Measure on both databases; 0 when both are within their bound and nothing was lost."""
    with tempfile.TemporaryDirectory() as folder:
        held = [measure("SQLite", Path(folder), "")]
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as server:
        held.append(measure("PostgreSQL", Path(folder), create_database(server, "replay")))
    return 0 if all(held) else 1


def measure(title: str, folder: Path, database: str) -> bool:
    """Fill one database, merge, look, undo, print a line."""
    app = create_app(Settings(instance=folder, database_url=database, watch_seconds=0))
    with app.app_context():
        upgrade()
        with clock.frozen(BEFORE):
            officers = _filled()
        with clock.frozen(AFTER):
            verdict = _replayed(app, title, officers)
        db.session.rollback()
        db.engine.dispose()
    return verdict


def _replayed(app: Flask, title: str, officers: dict[int, int]) -> bool:
    files = _files()
    before, totals = picture(), replay.totals(LAST_DAY)
    merged, _ = _timed(lambda: replay.merge(app, files.after))
    faults = [] if replay.totals(NEW_DAY) == totals else ["a total changed"]
    faults += ["somebody counts in an ended unit"] if replay.ended_leaves(NEW_DAY) else []
    faults += _lost_officers(officers)
    again, told = _timed(lambda: replay.merge(app, files.after))
    faults += [] if "không thay đổi gì" in told else ["the second run did something"]
    undone, _ = _timed(_undone)
    faults += [] if picture() == before else ["undo did not restore everything"]
    faults += [] if replay.totals(NEW_DAY) == totals else ["undo changed a total"]
    held = not faults and max(merged, undone) <= LONGEST
    print(
        f"Replay, {title}: {len(replay.communes(LAST_DAY))} communes to {files.new},"
        f" {PEOPLE:,} people, {sum(totals.values()):,} counted, {len(officers)} HR officers;"
        f" merged in {merged:.1f} s, again in {again:.1f} s, undone in {undone:.1f} s"
        f" (at most {LONGEST:.0f}) {'đạt' if held else 'KHÔNG ĐẠT ' + '; '.join(faults)}"
    )
    return held


def _files() -> Files:
    facts = FILES["facts"]
    return facts if facts.before.exists() else FILES["excerpt"]


def _timed(act: Callable[[], str]) -> tuple[float, str]:
    began = time.perf_counter()
    told = act()
    return time.perf_counter() - began, told


def _undone() -> str:
    (operation,) = rows(UnitOperation)
    undo(operation.id, None)
    db.session.commit()
    return operation.title


def _lost_officers(officers: dict[int, int]) -> list[str]:
    """HR officers who do not see exactly what their unit became."""
    codes = {unit.id: unit.code for unit in units_in(("/",))}
    heirs = {unit.id: unit.successor_codes.split() for unit in rows(Unit)}
    lost = 0
    for person_id, unit_id in officers.items():
        known = signed_in(person_id)
        wanted = codes.get(unit_id) or heirs[unit_id][0]
        lost += not known or [unit.code for unit in desk_of(known).tops] != [wanted]
    return [f"{lost} HR officers see other units"] if lost else []


def _filled() -> dict[int, int]:
    """The tree of before and its people; returns HR officers and their units."""
    replay.take(_files().before)
    communes = [unit for unit in units_in(("/",)) if unit.kind in COMMUNE_KINDS]
    offices = [_office(number, communes[number % len(communes)]) for number in range(OFFICES)]
    first = (db.session.scalar(select(func.max(Person.id))) or 0) + 1
    for batch in _batches():
        db.session.execute(insert(Person), [_person(first + n) for n in batch])
        places = [row for n in batch for row in _places(first + n, n, communes, offices)]
        db.session.execute(insert(Membership), places)
        counted = [row for n in batch for row in _counted(first + n, n, communes, offices)]
        db.session.execute(insert(Attainment), counted)
    officers = {}
    if db.engine.dialect.name == "postgresql":
        # rows came with their numbers
        db.session.execute(text("SELECT setval('person_id_seq', (SELECT max(id) FROM person))"))
    for unit in (*communes, *offices):
        one = add_person(f"Cán Bộ {unit.name}"[:80], birth_date=date(1980, 1, 1))
        grant_role(None, one, Role.HR, unit.id)
        officers[one.id] = unit.id
    db.session.commit()
    return officers


def _office(number: int, commune: Unit) -> Unit:
    row = UnitRow(f"CQ{number}", f"Cơ quan số {number}", "Cơ quan", valid_from=LONG_AGO)
    return add_unit(row, commune)


def _batches() -> Iterator[range]:
    for start in range(0, PEOPLE, 5_000):
        yield range(start, min(start + 5_000, PEOPLE))


def _person(number: int) -> dict[str, object]:
    name = f"Nguyễn Văn Số {number}"
    names = {"full_name": name, "name_fold": fold(name), "name_sort": sort_key(name)}
    born = date(1950 + number % 50, 1 + number % 12, 1 + number % 28)
    return {"id": number, **names, "birth_date": born, "session_stamp": str(number)}


def _places(
    person_id: int, number: int, communes: list[Unit], offices: list[Unit]
) -> Iterator[dict[str, object]]:
    since = {"person_id": person_id, "valid_from": LONG_AGO}
    yield {**since, "unit_id": communes[number % len(communes)].id, "kind": "residence"}
    if number % 2:
        yield {**since, "unit_id": offices[number % len(offices)].id, "kind": "work"}


def _counted(
    person_id: int, number: int, communes: list[Unit], offices: list[Unit]
) -> Iterator[dict[str, object]]:
    if number % 5 == 0:
        return
    level = LEVELS[number % len(LEVELS)]
    line = {
        "person_id": person_id,
        "evidence": level,
        "award_id": person_id,
        "attained_on": LAST_DAY,
    }
    commune, office = communes[number % len(communes)], offices[number % len(offices)]
    yield {**line, "indicator": "nguoi-truong-thanh", "unit_id": commune.id}
    if number % 2:
        yield {**line, "indicator": "khu-vuc-cong", "unit_id": office.id}


if __name__ == "__main__":
    sys.exit(main())
