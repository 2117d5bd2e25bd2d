"""What a row of a roster changes about a person who is known already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.accounts import numbers
from app.accounts.models import Person
from app.lib.dates import Precision, short_date
from app.lib.messages import message
from app.lib.personal_numbers import masked as masked_number
from app.lib.phones import masked as masked_phone
from app.lib.vietnamese import fold
from app.staff.columns import TITLES
from app.staff.roster import Remark, RosterRow
from app.units.models import Membership, Unit

Field = Literal["name", "birth", "phone", "personal_number", "unit", "position", "vneid_on"]
NOTHING = message("chưa ghi")


@dataclass(frozen=True)
class Change:
    """One field that gets another value; `old` and `new` as they may be shown."""

    field: Field
    old: str
    new: str
    value: Any

    @property
    def title(self) -> str:
        """The field's name in messages."""
        return TITLES[self.field]


def changes(
    row: RosterRow,
    person: Person,
    place: Membership | None,
    unit: Unit,
    number_hash: str | None,
    confirmed: date | None,
) -> tuple[list[Change], list[Remark]]:
    """What the row changes, and what it would change but is kept.

    `place`: the membership in the chosen unit; None, from elsewhere: only gaps are filled.
    """
    made: list[Change] = []
    kept: list[Remark] = []
    for change in _facts(row, person, number_hash):
        if change.old == NOTHING or place is not None:
            made.append(change)
        else:
            kept.append(
                Remark(change.title, message("Tệp ghi khác. Người này đã có từ trước: giữ nguyên."))
            )
    if _unmarked(row.name, person):
        kept.append(Remark(TITLES["name"], message("Tệp ghi không dấu. Giữ tên có dấu đã ghi.")))
    made += _belonging(row, place, unit)
    if row.vneid_on and row.vneid_on != confirmed:
        made.append(Change("vneid_on", _day(confirmed), _day(row.vneid_on), row.vneid_on))
    return made, kept


def _facts(row: RosterRow, person: Person, number_hash: str | None) -> Iterator[Change]:
    if row.name != person.full_name and not _unmarked(row.name, person):
        yield Change("name", person.full_name, row.name, row.name)
    if row.birth and not _known_birth(row.birth, person):
        precision: Precision = "year" if person.birth_precision == "year" else "day"
        old = _day(person.birth_date, precision)
        yield Change("birth", old, short_date(*row.birth), row.birth)
    if row.phone and row.phone != person.phone:
        yield Change("phone", person.masked_phone or NOTHING, masked_phone(row.phone), row.phone)
    if row.personal_number and number_hash != person.number_hash:
        old = masked_number(person.number_tail) if person.number_tail else NOTHING
        value = numbers.stored(row.personal_number)
        yield Change("personal_number", old, masked_number(row.personal_number), value)


def _belonging(row: RosterRow, place: Membership | None, unit: Unit) -> Iterator[Change]:
    if place is None:
        yield Change("unit", NOTHING, unit.name, unit.id)
    elif row.unit and place.unit_id != unit.id:
        yield Change("unit", place.unit.name, unit.name, unit.id)
    if row.position and (place is None or place.position != row.position):
        old = place.position if place else ""
        yield Change("position", old or NOTHING, row.position, row.position)


def _known_birth(birth: tuple[date, Precision], person: Person) -> bool:
    """Whether what is recorded says as much: a full date is not given up for a year."""
    if person.birth_date is None:
        return False
    if birth[1] == "year" and person.birth_precision == "day":
        return person.birth_date.year == birth[0].year
    return (person.birth_date, person.birth_precision) == birth


def _unmarked(name: str, person: Person) -> bool:
    """The same name, typed without marks."""
    bare = name.lower() == fold(name) == person.name_fold
    return bare and person.full_name.lower() != name.lower()


def _day(day: date | None, precision: Precision = "day") -> str:
    return short_date(day, precision) if day else NOTHING
