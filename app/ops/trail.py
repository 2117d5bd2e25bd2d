"""The audit trail and the log of views: searched by who, what, with what, when; as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select

from app.accounts import audit, operations
from app.accounts.models import AuditLine, Person
from app.accounts.trail_models import SensitiveView
from app.db import contains
from app.extensions import db
from app.lib.dates import LOCAL, local_time, short_date
from app.lib.messages import message
from app.lib.paging import Page, offset
from app.lib.spreadsheets import write_csv, write_xlsx
from app.lib.vietnamese import fold
from app.ops import words
from app.units.models import Membership, Unit
from app.units.queries import in_force, today, within

PER_PAGE = 50
# a file that opens in any spreadsheet program at once
MOST_LINES = 20_000
HEADER = ("STT", "Lúc", "Việc", "Với", "Người làm", "Mã người", "Chi tiết")
WIDTHS = (7, 18, 34, 26, 26, 10, 50)
COMMAND_LINE = message("Dòng lệnh trên máy chủ")

Line = tuple[AuditLine, str | None]


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty: anything. `actor`: part of a name, or the id of a person.

    `thing` is a kind of subject ("award"), `which` its id. `unit`: what was done to that unit,
    to those below it, and to the people in them. `since` and `until` are days, both included.
    """

    actor: str = ""
    verb: str = ""
    thing: str = ""
    which: str = ""
    unit: Unit | None = None
    since: date | None = None
    until: date | None = None

    @property
    def told(self) -> str:
        """The same in one line, for the audit line of a file."""
        unit = f"đơn vị {self.unit.id}" if self.unit else ""
        days = [f"{name} {day}" for name, day in (("từ", self.since), ("đến", self.until)) if day]
        parts = (self.actor, self.verb, f"{self.thing} {self.which}".strip(), unit, *days)
        return " · ".join(part for part in parts if part)


def page(asked: Asked, number: int) -> Page[Line]:
    """Page `number` of the lines that are looked for, newest first, with the actors' names."""
    lines = _lines(asked).limit(PER_PAGE).offset(offset(number, PER_PAGE))
    found = [(line, name) for line, name in db.session.execute(lines)]
    return Page(found, number, PER_PAGE, number_of(asked))


def number_of(asked: Asked) -> int:
    """How many lines are looked for."""
    counted = select(func.count(AuditLine.id)).outerjoin(Person, Person.id == AuditLine.actor_id)
    return db.session.scalar(counted.where(*_conditions(asked))) or 0


def verbs() -> list[str]:
    """The verbs that the audit trail knows so far, by name."""
    return list(db.session.scalars(select(AuditLine.verb).distinct().order_by(AuditLine.verb)))


def record_file(actor_id: int, asked: Asked, number: int, extension: str, op_id: str) -> None:
    """Taking the trail away leaves a line in it; once per form. Raises OperationConflict."""
    if operations.begin(op_id, actor_id, "export_audit", [extension, asked.told]):
        return
    audit.record(actor_id, "export", "audit", f"{extension} · {number} dòng · {asked.told}")


def written(asked: Asked, extension: str) -> bytes:
    """The lines that are looked for, newest first, as "csv" or "xlsx"; at most MOST_LINES."""
    found = db.session.execute(_lines(asked).limit(MOST_LINES))
    rows = _rows((line, name) for line, name in found)
    if extension == "csv":
        return write_csv([HEADER, *rows])
    about = asked.told or "Mọi việc"
    titles = ("NHẬT KÝ VIỆC LÀM", about, f"Tính đến ngày {short_date(today())}")
    return write_xlsx(titles, HEADER, rows, WIDTHS, text_columns={1, 3, 5})


def _rows(lines: Iterator[Line]) -> Iterator[tuple[object, ...]]:
    for number, (line, name) in enumerate(lines, start=1):
        yield (
            number,
            local_time(line.at).strftime("%d/%m/%Y %H:%M:%S"),
            words.verb_words(line.verb),
            words.subject_words(line.subject),
            name or COMMAND_LINE,
            str(line.actor_id or ""),
            line.detail,
        )


def _lines(asked: Asked) -> Select[tuple[AuditLine, Any]]:
    return (
        select(AuditLine, Person.full_name)
        .outerjoin(Person, Person.id == AuditLine.actor_id)
        .where(*_conditions(asked))
        .order_by(AuditLine.id.desc())
    )


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found = [*_by(asked.actor, AuditLine.actor_id), *_when(asked, AuditLine.at)]
    if asked.verb:
        found.append(AuditLine.verb == asked.verb)
    if asked.thing:
        found.append(_about(AuditLine.subject, asked.thing, asked.which))
    if asked.unit:
        found.append(AuditLine.subject.in_(_subjects_in(asked.unit)))
    return found


def _by(who: str, column: Any) -> list[ColumnElement[bool]]:
    if not who:
        return []
    if who.isdecimal():
        return [column == int(who)] if len(who) < 10 else [column.in_([])]
    return [contains(Person.name_fold, fold(who))]


def _when(asked: Asked, column: Any) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.since:
        found.append(column >= _begin(asked.since))
    if asked.until:
        found.append(column < _begin(asked.until + timedelta(days=1)))
    return found


def _begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)


def _about(column: Any, thing: str, which: str) -> ColumnElement[bool]:
    if which:
        exact: ColumnElement[bool] = column == f"{thing} {which}"
        return exact
    return or_(column == thing, column.startswith(f"{thing} ", autoescape=True))


def _subjects_in(unit: Unit) -> Any:
    units = select("unit " + cast(Unit.id, String)).where(within([unit.path]))
    people = (
        select("person " + cast(Membership.person_id, String))
        .join(Unit, Unit.id == Membership.unit_id)
        .where(within([unit.path]), in_force(Membership, today()))
    )
    return units.union(people)


def views(asked: Asked, number: int) -> Page[tuple[SensitiveView, str]]:
    """Page `number` of who looked at what, newest first, with the names of those who looked."""
    query = select(SensitiveView, Person.full_name).join(
        Person, Person.id == SensitiveView.viewer_id
    )
    query = query.where(
        *_by(asked.actor, SensitiveView.viewer_id), *_when(asked, SensitiveView.quarter)
    )
    if asked.thing:
        query = query.where(_about(SensitiveView.subject, asked.thing, asked.which))
    total = db.session.scalar(query.with_only_columns(func.count(SensitiveView.id))) or 0
    rows = db.session.execute(
        query.order_by(SensitiveView.id.desc()).limit(PER_PAGE).offset(offset(number, PER_PAGE))
    )
    return Page([(view, name) for view, name in rows], number, PER_PAGE, total)
