"""What an import of a roster would do, row by row; reads only.

A person who belongs to the unit already is brought up to date. Of a person from elsewhere only
what is missing is filled in: the list of one office never rewrites what another one, or the
person, has recorded.
"""

import difflib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.accounts.models import Person
from app.lib.hashing import canonical_json, digest, keyed
from app.lib.messages import Message, message
from app.lib.vietnamese import fold
from app.staff.changes import Change, changes
from app.staff.columns import TITLES
from app.staff.known import Known, known
from app.staff.matching import Match, duplicates, match
from app.staff.roster import Remark, Roster, RosterRow
from app.units.models import Membership, Unit
from app.units.queries import units_in


class Outcome(StrEnum):
    """What happens to a row; in the order in which somebody should look at them."""

    WRONG = "wrong"
    DOUBT = "doubt"
    CHANGED = "changed"
    NEW = "new"
    SAME = "same"


class Answer(StrEnum):
    """What the HR officer says about a row in doubt."""

    LEAVE = "leave"
    SAME_PERSON = "same"
    OTHER_PERSON = "other"


@dataclass(frozen=True)
class Line:
    """One row and what would happen; `notes` say why, or what to look at."""

    row: RosterRow
    outcome: Outcome
    unit: Unit
    number_hash: str | None
    person: Person | None = None
    place: Membership | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[Remark, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Plan:
    """All rows of a roster for a unit; `absent` people of the unit are not in the file."""

    unit: Unit
    kind: str
    lines: list[Line]
    absent: int
    unused: tuple[str, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows have each outcome."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def by_attention(self) -> list[Line]:
        """The rows that need a look first, then the others; each in the order of the file."""
        order = list(Outcome)
        return sorted(self.lines, key=lambda line: (order.index(line.outcome), line.row.number))

    def of(self, outcome: Outcome) -> list[Line]:
        """The rows with this outcome, in the order of the file."""
        return [line for line in self.lines if line.outcome is outcome]

    def applicable(self, answers: Mapping[int, Answer]) -> list[Line]:
        """The rows to write, once the doubts (by row number) are answered."""
        decided = [_decided(line, answers.get(line.row.number)) for line in self.lines]
        return [line for line in decided if line.outcome in (Outcome.NEW, Outcome.CHANGED)]

    @property
    def fingerprint(self) -> str:
        """Changes when the same file would do anything else."""
        return digest(canonical_json([_told(line) for line in self.lines]))


@dataclass(frozen=True)
class Asked:
    """What a roster asks the database: hashes of its numbers (by row number), names and births."""

    hashes: dict[int, str]
    numbers: list[str]
    names: list[tuple[str, date]]


def asked_by(roster: Roster, identity_key: str) -> Asked:
    """What this roster asks the database."""
    hashes = {
        row.number: keyed(identity_key, row.personal_number)
        for row in roster.rows
        if row.personal_number
    }
    names = {(fold(row.name), row.birth[0]) for row in roster.rows if row.birth}
    return Asked(hashes, sorted(set(hashes.values())), sorted(names))


def draw(roster: Roster, unit: Unit, kind: str, identity_key: str) -> Plan:
    """What importing this roster into a unit would do; `kind` is "work" or "school"."""
    asked = asked_by(roster, identity_key)
    drawing = _Drawing(
        unit,
        known(unit, kind, asked.numbers, asked.names),
        _Places(unit, units_in((unit.path,))),
        duplicates(roster.rows),
    )
    lines = [drawing.line(row, asked.hashes.get(row.number)) for row in roster.rows]
    meant = {line.person.id for line in lines if line.person}
    absent = len(drawing.known.places.keys() - meant)
    return Plan(unit, kind, lines, absent, roster.unused)


class _Places:
    """Finds the unit a cell names, by code or by name, inside the chosen unit."""

    def __init__(self, chosen: Unit, units: Collection[Unit]) -> None:
        self.chosen = chosen
        self.named: dict[str, list[Unit]] = {}
        for unit in units:
            for key in {fold(unit.name), fold(unit.code)}:
                self.named.setdefault(key, []).append(unit)

    def find(self, text: str) -> Unit | Remark:
        """The unit, the chosen one for an empty cell, or what to mend."""
        if not text:
            return self.chosen
        found = self.named.get(fold(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            told = message(
                "Có %(count)s đơn vị cùng tên “%(name)s”. Hãy ghi mã đơn vị.",
                count=len(found),
                name=text,
            )
            return Remark(TITLES["unit"], told)
        inside = [key for key in self.named if fold(text) in key]
        meant = inside or difflib.get_close_matches(fold(text), self.named, 1)
        return Remark(TITLES["unit"], self._unknown(text, meant))

    def _unknown(self, text: str, meant: Sequence[str]) -> Message:
        if len(meant) == 1:
            return message(
                "Không có đơn vị “%(name)s” trong %(unit)s. Có phải “%(meant)s” không?",
                name=text,
                unit=self.chosen.name,
                meant=self.named[meant[0]][0].name,
            )
        return message(
            "Không có đơn vị “%(name)s” trong %(unit)s. "
            "Hãy ghi đúng tên hoặc mã đơn vị, hoặc để trống.",
            name=text,
            unit=self.chosen.name,
        )


@dataclass
class _Drawing:
    unit: Unit
    known: Known
    places: _Places
    duplicates: dict[int, Remark]

    def __post_init__(self) -> None:
        self.taken: dict[int, int] = {}

    def line(self, row: RosterRow, number_hash: str | None) -> Line:
        """The row with what would happen to it."""
        found = Match() if row.wrong else match(row, number_hash, self.known)
        unit = self.places.find(row.unit)
        place = self._place(found.person, unit)
        remarks = (self.duplicates.get(row.number), found.wrong, self._taken(found.person, row))
        wrong = [*row.wrong, *(remark for remark in (*remarks, unit) if isinstance(remark, Remark))]
        if wrong or isinstance(unit, Remark):
            return Line(
                row, Outcome.WRONG, self.unit, number_hash, found.person, notes=tuple(wrong)
            )
        if found.person is None:
            outcome = Outcome.DOUBT if found.doubt else Outcome.NEW
            return Line(row, outcome, unit, number_hash, notes=row.warnings, doubt=found.doubt)
        confirmed = self.known.vneid.get(found.person.id)
        made, kept = changes(row, found.person, place, unit, number_hash, confirmed)
        outcome = Outcome.DOUBT if found.doubt else Outcome.CHANGED if made else Outcome.SAME
        notes = (*row.warnings, *kept)
        return Line(
            row, outcome, unit, number_hash, found.person, place, tuple(made), notes, found.doubt
        )

    def _taken(self, person: Person | None, row: RosterRow) -> Remark | None:
        if person is None or self.taken.setdefault(person.id, row.number) == row.number:
            return None
        text = message(
            "Cùng một người với dòng %(line)s. Hãy bỏ một dòng.", line=self.taken[person.id]
        )
        return Remark(TITLES["name"], text)

    def _place(self, person: Person | None, unit: Unit | Remark) -> Membership | None:
        held = self.known.places.get(person.id, []) if person else []
        there = [p for p in held if isinstance(unit, Unit) and p.unit_id == unit.id]
        return next(iter(there + held), None)


def _decided(line: Line, answer: Answer | None) -> Line:
    if line.outcome is not Outcome.DOUBT:
        return line
    facts: dict[str, Any] = {**vars(line)}
    if answer is Answer.SAME_PERSON and line.person:
        return Line(**facts | {"outcome": Outcome.CHANGED if line.changes else Outcome.SAME})
    if answer is Answer.OTHER_PERSON:
        return Line(
            **facts | {"outcome": Outcome.NEW, "person": None, "place": None, "changes": ()}
        )
    return line


def _told(line: Line) -> list[Any]:
    person = line.person.id if line.person else None
    made = [[change.field, change.old, change.new] for change in line.changes]
    return [line.row.number, str(line.outcome), person, line.unit.id, made]
