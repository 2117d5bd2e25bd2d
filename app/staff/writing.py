"""Writes what a plan says, in bulk, and keeps what each person was before.

The database's write lock is held meanwhile, so nothing is read or written row by row.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, update

from app.accounts import numbers
from app.accounts.actions import rename
from app.accounts.models import Person
from app.counts.models import VneidConfirmation
from app.extensions import Base, db
from app.lib import clock
from app.staff.known import confirmations, ids_by_stamp, newest_id
from app.staff.models import RosterImport, RosterLine
from app.staff.plan import Line
from app.units.models import Membership
from app.units.queries import today

Facts = dict[str, Any]
NUMBER = numbers.Number._fields
OF_PERSON = (
    *("full_name", "name_fold", "name_sort", "birth_date", "birth_precision", "phone"),
    *NUMBER,
)
OF_PLACE = ("unit_id", "position", "valid_to")
OF_VNEID = ("confirmed_on", "source", "entered_by", "entered_at")


def new_people(lines: Sequence[Line]) -> list[Facts]:
    """The records of those who are new, in order; made before the write lock is taken."""
    return [_new_person(line) for line in lines if line.person is None]


def write(lines: Sequence[Line], people: list[Facts], taken: RosterImport, source: str) -> None:
    """Write these lines and their new people, as an import that is in the table already."""
    newcomers = [line for line in lines if line.person is None]
    known = [line for line in lines if line.person is not None]
    made = [
        *_added(newcomers, people, taken.kind),
        *_corrected(known),
        *_placed(known, taken.kind),
    ]
    made += _confirmed(lines, made, taken.actor_id, source)
    _insert(RosterLine, [{"import_id": taken.id, **line} for line in made])


def plain(facts: Mapping[str, Any]) -> Facts:
    """Facts of a row as JSON takes them."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in facts.items()
    }


def facts_of(row: Base, names: Sequence[str]) -> Facts:
    """These columns of a row, as JSON takes them."""
    return plain({name: getattr(row, name) for name in names})


def set_columns(model: type[Base], names: Sequence[str], rows: list[Facts]) -> None:
    """Write these columns of many rows; each row holds them all, and its primary key as `key`."""
    if not rows:
        return
    table: Any = model.__table__
    (key,) = table.primary_key
    values: Facts = {name: bindparam(name) for name in names}
    db.session.connection().execute(
        update(table).where(key == bindparam("key")).values(values), rows
    )


def _made(
    made: str, person_id: int, after: Facts, before: Facts | None = None, row_id: int | None = None
) -> Facts:
    before = None if before is None else plain(before)
    facts: Facts = {"made": made, "person_id": person_id, "row_id": row_id}
    return facts | {"before": before, "after": plain(after)}


def _insert(model: type[Base], rows: list[Facts]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _added(lines: list[Line], people: list[Facts], kind: str) -> list[Facts]:
    if not lines:
        return []
    before = newest_id()
    _insert(Person, people)
    ids = ids_by_stamp(before)
    places = [
        _membership(ids[person["session_stamp"]], line, kind)
        for line, person in zip(lines, people, strict=True)
    ]
    _insert(Membership, places)
    return [_made("person", place["person_id"], place) for place in places]


def _new_person(line: Line) -> Facts:
    row = line.row
    birth_date, precision = row.birth or (None, "day")
    return {
        **_named(row.name),
        "birth_date": birth_date,
        "birth_precision": precision,
        "phone": row.phone,
        **_number(row.personal_number),
        "session_stamp": secrets.token_hex(8),
        "created_at": clock.now(),
    }


def _named(name: str) -> Facts:
    person = Person()
    rename(person, name)
    return {key: getattr(person, key) for key in ("full_name", "name_fold", "name_sort")}


def _number(number: str | None) -> dict[str, str | None]:
    return numbers.stored(number)._asdict() if number else dict.fromkeys(NUMBER)


def _membership(person_id: int, line: Line, kind: str, position: str = "") -> Facts:
    return {
        "person_id": person_id,
        "unit_id": line.unit.id,
        "kind": kind,
        "position": line.row.position or position,
        "valid_from": today(),
    }


def _corrected(lines: list[Line]) -> list[Facts]:
    """What the file says otherwise about people who are known."""
    made: list[Facts] = []
    rows: list[Facts] = []
    for line in lines:
        after = _other_facts(line)
        if line.person is None or not after:
            continue
        before = {name: getattr(line.person, name) for name in OF_PERSON}
        rows.append({**before, **after, "key": line.person.id})
        known = {name: before[name] for name in after}
        made.append(_made("facts", line.person.id, after, known))
    set_columns(Person, OF_PERSON, rows)
    return made


def _other_facts(line: Line) -> Facts:
    after: Facts = {}
    for change in line.changes:
        if change.field == "name":
            after |= _named(change.value)
        elif change.field == "birth":
            after["birth_date"], after["birth_precision"] = change.value
        elif change.field == "phone":
            after["phone"] = change.value
        elif change.field == "personal_number":
            after |= change.value._asdict()
    return after


def _placed(lines: list[Line], kind: str) -> list[Facts]:
    """Into another unit from today on, the place before ends yesterday; or another position."""
    fresh: list[Facts] = []
    moved: list[tuple[Membership, Facts]] = []
    for line in lines:
        fields = {change.field for change in line.changes}
        place, person_id = line.place, line.person.id if line.person else 0
        if "unit" in fields and place is not None and place.valid_from == today():
            position = line.row.position or place.position
            moved.append((place, {"unit_id": line.unit.id, "position": position}))
        elif "unit" in fields:
            fresh.append(_membership(person_id, line, kind, place.position if place else ""))
            if place is not None:
                moved.append((place, {"valid_to": today() - timedelta(days=1)}))
        elif "position" in fields and place is not None:
            moved.append((place, {"position": line.row.position}))
    _insert(Membership, fresh)
    return [
        *(_made("place", place["person_id"], place) for place in fresh),
        *_moved(moved),
    ]


def _moved(places: list[tuple[Membership, Facts]]) -> list[Facts]:
    made: list[Facts] = []
    rows: list[Facts] = []
    for place, other in places:
        before = {name: getattr(place, name) for name in OF_PLACE}
        after = before | other
        rows.append({**after, "key": place.id})
        made.append(_made("moved", place.person_id, after, before, place.id))
    set_columns(Membership, OF_PLACE, rows)
    return made


def _confirmed(
    lines: Sequence[Line], made: list[Facts], actor_id: int | None, source: str
) -> list[Facts]:
    """Confirmations on VNeID that the file names, with their source."""
    newcomers = iter([line["person_id"] for line in made if line["made"] == "person"])
    days: dict[int, date] = {}
    for line in lines:
        person_id = line.person.id if line.person else next(newcomers)
        told = line.person is None or any(change.field == "vneid_on" for change in line.changes)
        if line.row.vneid_on and told:
            days[person_id] = line.row.vneid_on
    facts = {"source": source, "entered_by": actor_id, "entered_at": clock.now()}
    after = {person_id: {"confirmed_on": day, **facts} for person_id, day in days.items()}
    known = {row.person_id: row for row in confirmations(sorted(days))}
    fresh = [{"person_id": i, **row} for i, row in after.items() if i not in known]
    _insert(VneidConfirmation, fresh)
    set_columns(VneidConfirmation, OF_VNEID, [{"key": i, **after[i]} for i in known])
    return [
        _made("vneid", i, row, facts_of(known[i], OF_VNEID) if i in known else None)
        for i, row in after.items()
    ]
