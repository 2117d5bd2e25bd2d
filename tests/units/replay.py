"""The merger of 1/7/2025 once more: the tree as it was, people in it, and the tree since."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Person, Role
from app.certificates.models import Award
from app.content.models import Course
from app.counts.queries import tallies
from app.extensions import db
from app.units import imports, unit_file
from app.units.actions import UnitRow, add_unit, join
from app.units.models import COMMUNE_KINDS, Unit
from app.units.queries import today, units_in
from tests.acts import pass_course

LAST_DAY, NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)
BEFORE = datetime(2025, 6, 20, 2, tzinfo=UTC)
AFTER = datetime(2025, 7, 1, 2, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


@dataclass
class Old:
    """The world before: who works where, whose certificate names which unit, who keeps lists."""

    communes: list[Unit]
    staff: dict[int, Person] = field(default_factory=dict)
    hr: dict[int, Person] = field(default_factory=dict)
    residents: list[Person] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)


def take(path: Path) -> None:
    """Import a units file, which must be free of problems."""
    read = unit_file.read(path, path.name, today())
    assert not read.problems
    imports.import_lines(read.lines)
    db.session.commit()


def build(before: Path, course: Course, offices_every: int) -> Old:
    """The tree of before with an adult in every commune.

    Every so many communes, and where one is divided, the adult has finished the course and
    works in an office; the commune has an HR officer.
    """
    take(before)
    old = Old([unit for unit in units_in(("/",)) if unit.kind in COMMUNE_KINDS])
    for number, commune in enumerate(old.communes):
        resident = _adult(f"Alăng Thị {number:03d}")
        join(resident, commune, "residence", on=LONG_AGO)
        old.residents.append(resident)
        if number % offices_every == 0 or len(heirs_of(commune)) > 1:
            _staffed(old, commune, resident)
            old.awards.append(pass_course(resident, course))
    db.session.commit()
    return old


def _staffed(old: Old, commune: Unit, worker: Person) -> None:
    row = UnitRow(f"CQ{commune.code}", f"Văn phòng {commune.name}", "Cơ quan", valid_from=LONG_AGO)
    join(worker, add_unit(row, commune), "work", "Chuyên viên", on=LONG_AGO)
    officer = _adult(f"Cán Bộ {commune.name}"[:80])
    grant_role(None, officer, Role.HR, commune.id)
    old.staff[commune.id], old.hr[commune.id] = worker, officer


def _adult(name: str) -> Person:
    return add_person(name, birth_date=date(1970, 1, 1))


def merge(app: Flask, after: Path) -> str:
    """`units merge FILE`; what it says."""
    told = app.test_cli_runner().invoke(
        args=["units", "merge", str(after), "--decision", "1659/NQ-UBTVQH15"]
    )
    assert told.exit_code == 0, told.output
    return told.output


def totals(on: date) -> dict[tuple[str, str], int]:
    """Persons counted by indicator and evidence."""
    found: dict[tuple[str, str], int] = {}
    for tally in tallies(on):
        key = (tally.indicator, str(tally.evidence))
        found[key] = found.get(key, 0) + tally.persons
    return found


def ended_leaves(on: date) -> set[int]:
    """Units in which somebody counts on that day though they have ended by then."""
    standing = {unit.id for unit in units_in(("/",), on)}
    return {t.unit_id for t in tallies(on) if t.unit_id is not None} - standing


def communes(on: date) -> list[Unit]:
    """The communes of that day."""
    return [unit for unit in units_in(("/",), on) if unit.kind in COMMUNE_KINDS]


def heirs_of(commune: Unit) -> list[str]:
    """The codes a commune of before was told to become, the main one first."""
    return commune.successor_codes.split()
