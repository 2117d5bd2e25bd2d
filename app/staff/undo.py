"""Takes an import back: exactly what it made of each person, or nothing and why.

What is made on top of a new record, by whatever room, refers to the person; so every table that
does is asked, and none needs to be known here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, delete, exists, literal, select, union_all

from app.accounts import audit, operations
from app.accounts.actions import PEOPLE
from app.accounts.models import Person
from app.accounts.signed_in import Someone
from app.counts.models import VneidConfirmation
from app.db import UTCDateTime, take_turns
from app.extensions import Base, db
from app.lib import clock
from app.lib.messages import message
from app.staff.known import chunks
from app.staff.models import RosterImport, RosterLine
from app.staff.writing import OF_PERSON, OF_PLACE, OF_VNEID, facts_of, set_columns
from app.units.models import Membership

USED = message("đã có dữ liệu khác: đăng nhập, học tập, đơn vị hoặc giấy tờ")
ALTERED = message("đã được sửa sau khi nhập")
# these are compared with what the import made
COMPARED = {"membership", "vneid_confirmation", "roster_line"}
Made = dict[int, list[RosterLine]]


@dataclass(frozen=True)
class Undoing:
    """What undoing an import would do: how many people go back, and who stays and why."""

    people: int
    stays: dict[int, str]
    names: dict[int, str]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Names of those who stay, each with the reason; in the order of the import."""
        return [(self.names[person_id], why) for person_id, why in self.stays.items()]


def undoing(taken: RosterImport) -> Undoing:
    """What undoing it would do now; reads only."""
    made = _made_by(taken.id)
    stays = _stays(taken.id, made)
    return Undoing(len(made) - len(stays), stays, _names(list(stays)))


def undo(actor: Someone, taken: RosterImport, op_id: str) -> str:
    """Undo an import as far as nothing stands on it; returns what was done, in words.

    Done twice it is done once. Raises OperationConflict.
    """
    take_turns(PEOPLE)
    replay = operations.begin(op_id, actor.id, "undo_import", taken.id)
    if replay or taken.undone_at is not None:
        return replay.outcome if replay else ""
    made = _made_by(taken.id)
    stays = _stays(taken.id, made)
    _take_back({person_id: lines for person_id, lines in made.items() if person_id not in stays})
    taken.undone_at, taken.undone_by = clock.now(), actor.id
    words = _words(len(made) - len(stays), len(stays))
    audit.record(actor.id, "undo_import", f"import {taken.id}", words)
    operations.conclude(op_id, words[:120])
    return words


def _words(people: int, stays: int) -> str:
    if not stays:
        return message("Đã hoàn tác với %(people)s người.", people=people)
    return message(
        "Đã hoàn tác với %(people)s người; %(stays)s người giữ nguyên.", people=people, stays=stays
    )


def _made_by(import_id: int) -> Made:
    made: Made = {}
    lines = select(RosterLine).where(RosterLine.import_id == import_id).order_by(RosterLine.id)
    for line in db.session.scalars(lines):
        made.setdefault(line.person_id, []).append(line)
    return made


def _stays(import_id: int, made: Made) -> dict[int, str]:
    """People of whom something was made on top, with the reason."""
    used = _used(import_id)
    standing = _Standing(import_id)
    stays: dict[int, str] = {}
    for person_id, lines in made.items():
        if person_id in used:
            stays[person_id] = USED
        elif not all(standing.is_as_made(line) for line in lines):
            stays[person_id] = ALTERED
    return stays


def _used(import_id: int) -> set[int]:
    """New people to whom some row of another table refers; one statement."""
    return set(db.session.scalars(union_all(*(_referring(import_id, c) for c in _references()))))


def _references() -> Iterator[Column[Any]]:
    """Every column that names a person, but those that are compared."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            named = any(key.column.table is Person.__table__ for key in column.foreign_keys)
            if named and table.name not in COMPARED:
                yield column


def _referring(import_id: int, column: Column[Any]) -> Any:
    line = RosterLine.__table__.c
    new = (line.import_id == literal(import_id)) & (line.made == literal("person"))
    if _leads_an_index(column):
        there = exists().where(column == line.person_id)
        return select(line.person_id).where(new, there)
    # without an index once through the table, not once for each person
    return select(column).where(column.in_(select(line.person_id).where(new)))


def _leads_an_index(column: Column[Any]) -> bool:
    if next(iter(column.table.primary_key.columns), None) is column or column.unique:
        return True
    # a partial index does not find everything
    whole = (index for index in column.table.indexes if not _is_partial(index))
    return any(next(iter(index.columns), None) is column for index in whole)


def _is_partial(index: Any) -> bool:
    return any(option.get("where") is not None for option in index.dialect_options.values())


class _Standing:
    """How what an import touched stands now."""

    def __init__(self, import_id: int) -> None:
        mine = select(RosterLine.person_id).where(RosterLine.import_id == import_id)
        people = select(Person).where(Person.id.in_(mine)).order_by(Person.id)
        self.people = {person.id: person for person in db.session.scalars(people)}
        vneid = select(VneidConfirmation).where(VneidConfirmation.person_id.in_(mine))
        told = db.session.scalars(vneid.order_by(VneidConfirmation.person_id))
        self.vneid = {row.person_id: row for row in told}
        self.places: dict[int, list[Membership]] = {}
        places = select(Membership).where(Membership.person_id.in_(mine)).order_by(Membership.id)
        for place in db.session.scalars(places):
            self.places.setdefault(place.person_id, []).append(place)
        others = select(RosterLine.person_id).where(RosterLine.import_id > import_id)
        self.later = set(db.session.scalars(others.distinct()))

    def is_as_made(self, line: RosterLine) -> bool:
        """Whether nobody changed since what this line made."""
        places = self.places.get(line.person_id, [])
        if line.made == "person":
            # nothing else of this person came after it
            alone = line.person_id not in self.later and len(places) == 1
            return alone and _is_new_place(places[0], line.after)
        if line.made == "place":
            return any(_is_new_place(place, line.after) for place in places)
        if line.made == "moved":
            found = next((place for place in places if place.id == line.row_id), None)
            return found is not None and facts_of(found, OF_PLACE) == line.after
        row = self.people if line.made == "facts" else self.vneid
        found_row = row.get(line.person_id)
        names = [name for name in line.after if name != "person_id"]
        return found_row is not None and facts_of(found_row, names) == {
            name: line.after[name] for name in names
        }


def _is_new_place(place: Membership, after: dict[str, Any]) -> bool:
    names = ("person_id", "unit_id", "kind", "position", "valid_from")
    return place.valid_to is None and facts_of(place, names) == after


def _rows(model: type[Base], key: Any, ids: Sequence[int]) -> dict[int, Any]:
    return {getattr(row, key.key): row for row in _each(model, key, ids)}


def _each(model: type[Base], key: Any, ids: Sequence[int]) -> Iterator[Any]:
    for chunk in chunks(ids):
        primary = list(model.__table__.primary_key)
        yield from db.session.scalars(select(model).where(key.in_(chunk)).order_by(*primary))


def _names(person_ids: list[int]) -> dict[int, str]:
    return {person.id: person.full_name for person in _each(Person, Person.id, person_ids)}


def _take_back(made: Made) -> None:
    lines = [line for of_one in made.values() for line in of_one]
    of = {kind: [line for line in lines if line.made == kind] for kind in
          ("vneid", "place", "moved", "facts", "person")}  # fmt: skip
    _forget(VneidConfirmation, VneidConfirmation.person_id, _without_before(of["vneid"]))
    _restore(VneidConfirmation, OF_VNEID, [line for line in of["vneid"] if line.before])
    _forget(Membership, Membership.id, _new_places(of["place"] + of["person"]))
    _restore(Membership, OF_PLACE, of["moved"])
    _restore(Person, OF_PERSON, of["facts"])
    new = [line.person_id for line in of["person"]]
    _forget(RosterLine, RosterLine.id, [line.id for line in lines])
    # what imports undone before had made of them
    _forget(RosterLine, RosterLine.person_id, new)
    _forget(Person, Person.id, new)


def _without_before(lines: Iterable[RosterLine]) -> list[int]:
    return [line.person_id for line in lines if line.before is None]


def _new_places(lines: list[RosterLine]) -> list[int]:
    after = {(line.person_id, line.after["unit_id"]): line.after for line in lines}
    people = sorted({line.person_id for line in lines})
    return [
        place.id
        for place in _each(Membership, Membership.person_id, people)
        if (fact := after.get((place.person_id, place.unit_id))) and _is_new_place(place, fact)
    ]


def _forget(model: type[Base], key: Any, ids: Sequence[int]) -> None:
    for chunk in chunks(ids):
        db.session.execute(
            delete(model).where(key.in_(chunk)).execution_options(synchronize_session=False)
        )


def _restore(model: type[Base], names: Sequence[str], lines: list[RosterLine]) -> None:
    """The columns as they were before; the others as they are."""
    ids = [line.row_id or line.person_id for line in lines]
    key = next(iter(model.__table__.primary_key)).name
    now = _rows(model, getattr(model, key), ids)
    rows = [
        {name: getattr(now[i], name) for name in names} | _columns(model, line.before) | {"key": i}
        for i, line in zip(ids, lines, strict=True)
    ]
    set_columns(model, names, rows)


def _columns(model: type[Base], before: dict[str, Any] | None) -> dict[str, Any]:
    """What JSON kept, as the columns take it."""
    kinds = model.__table__.columns
    return {name: _value(kinds[name].type, value) for name, value in (before or {}).items()}


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
