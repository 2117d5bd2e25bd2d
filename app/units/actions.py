"""Changes to the tree and to memberships."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.accounts import audit, operations
from app.accounts.signed_in import Someone
from app.db import take_turns
from app.extensions import db
from app.lib import clock
from app.lib.vietnamese import fold, nfc, sort_key, text_key
from app.units.models import Membership, TeamMember, Unit
from app.units.queries import (
    in_force,
    team_member_by_phone,
    today,
    unit_by_code,
    waiting_unit,
)


@dataclass(frozen=True)
class UnitRow:
    """One line of a units file."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    valid_from: date = date(2025, 7, 1)
    valid_to: date | None = None
    population: int | None = None
    successor_codes: str = ""
    # None: not told
    remote: bool | None = None


class UnitProblem(ValueError):
    """A units file cannot be taken; the text says which code and why, in Vietnamese."""


def add_unit(row: UnitRow, parent: Unit | None) -> Unit:
    """Put one unit into the tree under `parent`. Flushes, because the path holds the new id."""
    unit = Unit(
        code=row.code,
        name=nfc(row.name),
        name_fold=fold(row.name),
        name_sort=text_key(row.name),
        kind=row.kind,
        parent_id=parent.id if parent else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        population=row.population,
        successor_codes=row.successor_codes,
        remote=bool(row.remote),
    )
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    db.session.flush()
    return unit


def import_units(rows: Iterable[UnitRow]) -> tuple[int, int]:
    """Take a units file: adds units whose code and start date are new, updates the others.

    Rows may come in any order. Returns (added, unchanged or updated).
    Raises UnitProblem, having changed nothing that the caller will commit, when a parent is
    missing or parents form a circle.
    """
    waiting = {(row.code, row.valid_from): row for row in rows}
    known = {(unit.code, unit.valid_from): unit for unit in db.session.scalars(select(Unit))}
    added = updated = 0
    while waiting:
        ready = [row for row in waiting.values() if not _parent_waits(row, waiting)]
        if not ready:
            raise UnitProblem("Các đơn vị cấp trên xoay vòng: " + ", ".join(c for c, _ in waiting))
        for row in ready:
            del waiting[row.code, row.valid_from]
            unit = known.get((row.code, row.valid_from))
            if unit:
                _update(unit, row)
                updated += 1
            else:
                known[row.code, row.valid_from] = add_unit(row, _parent(row, known))
                added += 1
    return added, updated


def _parent_waits(row: UnitRow, waiting: dict[tuple[str, date], UnitRow]) -> bool:
    return any(code == row.parent_code for code, _ in waiting)


def _parent(row: UnitRow, known: dict[tuple[str, date], Unit]) -> Unit | None:
    if not row.parent_code:
        return None
    fitting = [
        unit
        for (code, start), unit in known.items()
        if code == row.parent_code and start <= row.valid_from
    ]
    if not fitting:
        raise UnitProblem(
            f"Đơn vị {row.code} ({row.name}): chưa có đơn vị cấp trên mã {row.parent_code}."
        )
    return max(fitting, key=lambda unit: unit.valid_from)


def _update(unit: Unit, row: UnitRow) -> None:
    unit.name, unit.kind = nfc(row.name), row.kind
    unit.name_fold, unit.name_sort = fold(row.name), text_key(row.name)
    unit.population = row.population
    if row.remote is not None:
        unit.remote = row.remote
    # what an operation ended is not opened again by an older file
    unit.valid_to = row.valid_to or unit.valid_to
    unit.successor_codes = row.successor_codes or unit.successor_codes


def join(
    person: Someone, unit: Unit, kind: str, position: str = "", on: date | None = None
) -> Membership:
    """A person lives (`residence`), works (`work`) or studies (`school`) in a unit from a day on.

    Joining again only updates the position; a new residence ends the one before.
    """
    on = on or today()
    current = db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person.id, Membership.kind == kind, in_force(Membership, on))
        .order_by(Membership.id)
    ).all()
    for membership in current:
        if membership.unit_id == unit.id:
            membership.position = position or membership.position
            return membership
        if kind == "residence" and membership.valid_from == on:
            membership.unit_id = unit.id
            return membership
        if kind == "residence":
            membership.valid_to = on - timedelta(days=1)
    return _add_membership(person, unit, kind, position, on)


def move_home(person: Someone, unit: Unit, op_id: str) -> None:
    """A learner says where they live now. Raises OperationConflict for a used operation id."""
    if operations.begin(op_id, person.id, "move_home", unit.id) is None:
        join(person, unit, "residence")


def _add_membership(person: Someone, unit: Unit, kind: str, position: str, on: date) -> Membership:
    membership = Membership(
        person_id=person.id, unit_id=unit.id, kind=kind, position=position, valid_from=on
    )
    db.session.add(membership)
    db.session.flush()
    return membership


def unit_or_problem(code: str) -> Unit:
    """The unit that bears this code today, or bore it last and waits for its successor.

    Raises UnitProblem when there is none.
    """
    unit = unit_by_code(code) or waiting_unit(code)
    if unit is None:
        raise UnitProblem(f"Không có đơn vị nào mang mã {code} hôm nay.")
    return unit


@dataclass(frozen=True)
class Contact:
    """Somebody whom the people of a unit may call; `phone` normalised, `place` may be empty."""

    full_name: str
    phone: str
    place: str


def add_team_member(actor: Someone, unit: Unit, contact: Contact, op_id: str) -> TeamMember:
    """Put somebody on the list that a unit's people see; the same phone only once.

    Raises OperationConflict.
    """
    content = [unit.id, contact.full_name, contact.phone, contact.place]
    take_turns(f"team of {unit.id}")
    replay = operations.begin(op_id, actor.id, "add_team_member", content)
    if replay:
        return db.session.get_one(TeamMember, int(replay.outcome))
    member = team_member_by_phone(unit.id, contact.phone) or _listed(actor, unit, contact)
    operations.conclude(op_id, str(member.id))
    return member


def _listed(actor: Someone, unit: Unit, contact: Contact) -> TeamMember:
    member = TeamMember(
        unit_id=unit.id,
        full_name=contact.full_name,
        name_sort=sort_key(contact.full_name)[:400],
        phone=contact.phone,
        place=contact.place,
        added_by=actor.id,
        added_at=clock.now(),
    )
    db.session.add(member)
    db.session.flush()
    audit.record(actor.id, "add_team_member", f"unit {unit.id}", f"dòng {member.id}")
    return member


def remove_team_member(actor: Someone, member: TeamMember, op_id: str) -> None:
    """Take somebody off the list; the row says who did it. Raises OperationConflict."""
    if operations.begin(op_id, actor.id, "remove_team_member", member.id):
        return
    if member.removed_at is None:
        member.removed_at, member.removed_by = clock.now(), actor.id
        audit.record(actor.id, "remove_team_member", f"unit {member.unit_id}", f"dòng {member.id}")
