"""What is shown of a plan before it is carried out, as plain facts that can wait in a file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.lib.dates import short_date
from app.lib.messages import Message
from app.lib.messages import message as made_of
from app.lib.spreadsheets import Sheet, write_xlsx
from app.staff.columns import CHOICES, guessed, header_hash
from app.staff.plan import Line, Outcome, Plan
from app.staff.roster import Roster

SAMPLES = 3
BAD = (Outcome.WRONG, Outcome.DOUBT)
REASON = "Lý do"


@dataclass(frozen=True)
class Shown:
    """One row of the file and what would happen to it, in words."""

    number: int
    name: str
    birth: str
    unit: str
    outcome: str
    changes: list[list[str]]
    notes: list[list[str]]
    doubt: str
    # somebody is known who may be meant
    known: bool


@dataclass(frozen=True)
class FileColumn:
    """A column of the file: its heading, what stands in it, and the field it is read as."""

    heading: str
    samples: list[str]
    field: str


@dataclass(frozen=True)
class Look:
    """A roster as it would be taken in; `lines` stand with those first that need a look."""

    unit: str
    counts: dict[str, int]
    absent: int
    unused: list[str]
    columns: list[FileColumn]
    lines: list[Shown]
    fingerprint: str
    header: str
    # why there is nothing to take in before the columns are named
    problem: str = ""

    @property
    def doubts(self) -> list[Shown]:
        """The rows to decide, in the order of the file."""
        return [line for line in self.lines if line.outcome == Outcome.DOUBT]


def look_of(plan: Plan, roster: Roster, sheet: Sheet) -> Look:
    """What is to be shown of a plan."""
    return Look(
        unit=plan.unit.name,
        counts={outcome.value: number for outcome, number in plan.counts.items()},
        absent=plan.absent,
        unused=list(plan.unused),
        columns=columns_of(sheet, roster.columns),
        lines=[_shown(line, plan.unit.name) for line in plan.by_attention],
        fingerprint=plan.fingerprint,
        header=header_hash(sheet.header),
    )


def look_at_columns(sheet: Sheet, unit: str, problem: str) -> Look:
    """What is to be shown of a file whose columns are not understood."""
    counts = {outcome.value: 0 for outcome in Outcome}
    columns = columns_of(sheet, guessed(sheet.header))
    header = header_hash(sheet.header)
    return Look(unit, counts, 0, [], columns, [], "", header, problem)


def columns_of(sheet: Sheet, columns: Mapping[str, int]) -> list[FileColumn]:
    """The columns of a file with the first things that stand in each."""
    fields = {index: field for field, index in columns.items()}
    return [
        FileColumn(heading, _samples(sheet, index), fields.get(index, ""))
        for index, heading in enumerate(sheet.header)
    ]


def choices() -> dict[str, str]:
    """What may be said about a column, by field."""
    return dict(CHOICES)


def _samples(sheet: Sheet, index: int) -> list[str]:
    found = (str(row.cells[index]) for row in sheet.rows[:20])
    return [text[:30] for text in found if text][:SAMPLES]


def _shown(line: Line, unit_name: str) -> Shown:
    row = line.row
    if line.outcome is Outcome.WRONG:
        unit = row.unit or unit_name
    else:
        stays = line.place and not row.unit
        unit = line.place.unit.name if line.place and stays else line.unit.name
    return Shown(
        number=row.number,
        name=row.name,
        birth=short_date(*row.birth) if row.birth else "",
        unit=unit,
        outcome=line.outcome.value,
        changes=[[change.title, change.old, change.new] for change in line.changes],
        notes=[[note.column, note.text] for note in line.notes],
        doubt=line.doubt,
        known=line.person is not None,
    )


def bad_rows(sheet: Sheet, look: Look) -> bytes | None:
    """The rows that are not taken, as they stand in the file, each with its reason; XLSX."""
    reasons = {line.number: _reason(line) for line in look.lines if line.outcome in BAD}
    if not reasons:
        return None
    width = len(sheet.header)
    rows = (
        (*row.cells[:width], reasons[row.number]) for row in sheet.rows if row.number in reasons
    )
    widths = [18] * width + [60]
    return write_xlsx((), (*sheet.header, REASON), rows, widths, text_columns=range(width + 1))


def _reason(line: Shown) -> str:
    notes = [f"{column}: {text}" for column, text in line.notes]
    return " ".join([*notes, line.doubt]).strip()


def written(look: Look) -> str:
    """A look as JSON; texts keep the pattern they were made from."""
    return json.dumps(_told(asdict(look)), ensure_ascii=False)


def read_again(text: str) -> Look:
    """The look that was written."""
    facts = _heard(json.loads(text))
    facts["columns"] = [FileColumn(**column) for column in facts["columns"]]
    facts["lines"] = [Shown(**line) for line in facts["lines"]]
    return Look(**facts)


def _told(value: Any) -> Any:
    if isinstance(value, Message):
        return {"pattern": value.pattern, "words": _told(value.words)}
    if isinstance(value, dict):
        return {key: _told(inner) for key, inner in value.items()}
    return [_told(inner) for inner in value] if isinstance(value, list) else value


def _heard(value: Any) -> Any:
    if isinstance(value, list):
        return [_heard(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    heard = {key: _heard(inner) for key, inner in value.items()}
    if heard.keys() == {"pattern", "words"}:
        return made_of(heard["pattern"], **heard["words"])
    return heard
