"""What is kept about one person, from every room: told to that person, and to nobody else.

Other people stand in it by their role alone, secrets and right answers not at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, select

from app.accounts import numbers
from app.accounts.holdings import Holding
from app.accounts.models import AuditLine, Person
from app.accounts.queries import records
from app.accounts.trail_models import SensitiveView
from app.certificates.queries import Line, awards_of
from app.counts.models import Attainment
from app.extensions import Base, db
from app.lib import clock
from app.lib.messages import message
from app.persons.holdings import HOLDINGS
from app.units.models import Unit

# parts of names under which something stands that opens doors, or proves what is hidden
SECRET = ("hash", "sealed", "secret", "stamp", "nonce", "op_id", "paper")
# others, of whom only that they were there is told
OTHERS = ("witness", "guardian_name")
PERSON = ["id", "full_name", "birth_date", "birth_precision", "phone", "group", "created_at"]
AWARD = [
    "printed_number",
    "course_title",
    "hours",
    "full_name",
    "birth_date",
    "unit_name",
    "result",
    "evidence",
    "awarded_on",
]
ATTAINMENT = ["indicator", "unit_id", "evidence"]
# lines about a person that are read at once
MOST_LINES = 500

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """The rows of one table: its title, the names of what is told, and the rows."""

    key: str
    title: Any
    names: list[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Own:
    """All that is kept of a person. `number` is the whole personal number, None where there is
    none; `unreadable`: it was sealed with another key. `units` names the units in the rows."""

    person: Person
    number: str | None
    unreadable: bool
    sections: list[Section]
    units: dict[int, str]
    at: datetime

    def as_json(self) -> dict[str, Any]:
        """The same for machines: moments in ISO 8601, units by name."""
        return {
            "at": self.at.isoformat(),
            "person": {**self._plain(_told(self.person, PERSON)), "personal_number": self.number},
            "kept": [
                {
                    "table": one.key,
                    "title": str(one.title),
                    "rows": [self._plain(row) for row in one.rows],
                }
                for one in self.sections
            ],
        }

    def _plain(self, row: Row) -> dict[str, Any]:
        facts = {name: _json(value) for name, value in row.items()}
        if row.get("unit_id"):
            facts["unit"] = self.units.get(row["unit_id"], "")
        return facts


def collected(person_id: int) -> Own:
    """Everything about this person and the records that were merged into theirs.

    Raises LookupError for an unknown person.
    """
    person = db.session.get(Person, person_id)
    if person is None:
        raise LookupError(person_id)
    ids = list(db.session.scalars(records(person_id)))
    sections = [
        *(_held(holding, ids) for holding in HOLDINGS if holding.told),
        _merged(person),
        *_counted(person_id),
        *_acts(ids),
    ]
    sections = [one for one in sections if one.rows]
    number, unreadable = _number(person)
    return Own(person, number, unreadable, sections, _units(sections), clock.now())


def _number(person: Person) -> tuple[str | None, bool]:
    try:
        return numbers.unsealed(person), False
    except numbers.CannotUnseal:
        return None, True


def _held(holding: Holding, ids: Sequence[int]) -> Section:
    table, names = cast(Table, holding.model.__table__), holding.told.split()
    query = select(*(table.c[name] for name in names)).where(table.c[holding.column].in_(ids))
    rows = db.session.execute(query.order_by(*table.primary_key)).mappings()
    found = [{name: _harmless(name, row[name]) for name in names} for row in rows]
    return Section(f"{table.name}.{holding.column}", holding.title, names, found)


def _harmless(name: str, value: Any) -> Any:
    return bool(value) if name in OTHERS else without_secrets(value)


def without_secrets(value: Any) -> Any:
    """A value as it may be told: what opens doors is left out of a JSON object, however deep."""
    if isinstance(value, Mapping):
        return {
            key: without_secrets(inner)
            for key, inner in value.items()
            if not any(part in key for part in SECRET)
        }
    return [without_secrets(one) for one in value] if isinstance(value, list) else value


def _merged(person: Person) -> Section:
    found = db.session.scalars(
        select(Person).where(Person.merged_into == person.id).order_by(Person.id)
    )
    rows = [_told(one, PERSON) for one in found]
    return Section("person", message("Hồ sơ đã gộp vào hồ sơ này"), PERSON, rows)


def _counted(person_id: int) -> list[Section]:
    awards = [_award(line) for line in awards_of(person_id)]
    counted = db.session.execute(
        select(*(Attainment.__table__.c[name] for name in ATTAINMENT))
        .where(Attainment.person_id == person_id)
        .order_by(Attainment.indicator)
    ).mappings()
    rows = [dict(row) for row in counted]
    return [
        Section("award", message("Giấy chứng nhận"), [*AWARD, "revoked_at"], awards),
        Section("attainment", message("Được tính vào chỉ tiêu"), ATTAINMENT, rows),
    ]


def _award(line: Line) -> Row:
    revoked = line.revocation.revoked_at if line.revocation else None
    return {**_told(line.award, AWARD), "revoked_at": revoked}


def _acts(ids: Sequence[int]) -> list[Section]:
    """What others did with the records, and who looked at them: when and what, never who."""
    about = ["person " + str(one) for one in ids]
    acts = select(AuditLine.at, AuditLine.verb).where(
        AuditLine.subject.in_(about), AuditLine.actor_id.is_distinct_from(ids[0])
    )
    views = select(SensitiveView.quarter, SensitiveView.page).where(
        SensitiveView.subject.in_(about)
    )
    return [
        Section(
            "audit_line",
            message("Người khác đã làm gì với hồ sơ này"),
            ["at", "verb"],
            _newest(acts.order_by(AuditLine.id.desc())),
        ),
        Section(
            "sensitive_view",
            message("Cán bộ đã mở trang về người này"),
            ["quarter", "page"],
            _newest(views.order_by(SensitiveView.id.desc())),
        ),
    ]


def _newest(query: Any) -> list[Row]:
    return [dict(row) for row in db.session.execute(query.limit(MOST_LINES)).mappings()]


def _told(row: Base, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _units(sections: Iterable[Section]) -> dict[int, str]:
    ids = {row["unit_id"] for one in sections for row in one.rows if row.get("unit_id")}
    found = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    return dict(found.tuples().all())


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
