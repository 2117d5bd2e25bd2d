"""From the file on the tray to the plan, to what is shown of it, to the import.

A small roster is looked at and taken in while its sender waits; a large one in jobs, which read
first and hold the database's write lock only to write.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app

from app.accounts.actions import PEOPLE
from app.accounts.models import Role
from app.accounts.queries import signed_in
from app.config import Settings
from app.db import reading_first, step_back, take_turns
from app.jobs.working import JobProblem, Working
from app.lib.messages import message
from app.lib.spreadsheets import Sheet
from app.staff import actions, tray
from app.staff.columns import fitting
from app.staff.imported import columns_said
from app.staff.known import stamp
from app.staff.looks import BAD, Look, bad_rows, look_at_columns, look_of, read_again, written
from app.staff.plan import Answer, Asked, Outcome, Plan, asked_by, draw
from app.staff.roster import NamesNotFound, Roster, RosterProblem, table, understood
from app.staff.tray import Slip, TrayProblem
from app.staff.writing import new_people
from app.units.models import Unit
from app.units.queries import scope, unit_within

# about two thousand rows; what is larger is no matter of a moment
LARGE = 100_000
LOOK, IMPORT = "staff.look", "staff.import"
LOOK_FILE, BAD_FILE = "xem-thu.json", "dong-sai.xlsx"
CHANGED = message("Trong lúc đó dữ liệu đã thay đổi. Chưa nhập gì; hãy xem lại rồi bấm nhập.")
WRONG_ROWS = message("Tệp có dòng sai. Chưa nhập gì; hãy chọn chỉ nhập các dòng đúng.")


class Drawn(NamedTuple):
    """A roster as it was read and what importing it would do."""

    sheet: Sheet
    roster: Roster
    plan: Plan

    def look(self) -> Look:
        """What is to be shown of it."""
        return look_of(self.plan, self.roster, self.sheet)

    def bad_rows(self) -> bytes | None:
        """The rows that are not taken, as a file; None when there are none."""
        bad = any(self.plan.counts[outcome] for outcome in BAD)
        return bad_rows(self.sheet, self.look()) if bad else None


class OutOfScope(Exception):
    """The unit is not (any more) one of whoever sent the roster."""


def drawn(data: bytes, slip: Slip) -> Drawn:
    """Read a roster and draw its plan. Raises RosterProblem, OutOfScope."""
    sheet = table(data, slip.filename)
    return _drawn(sheet, slip)


def _drawn(sheet: Sheet, slip: Slip) -> Drawn:
    unit = _unit(slip)
    columns = slip.columns or columns_said(unit.id, sheet.header)
    roster = understood(sheet, fitting(columns, sheet.header) if columns else None)
    return Drawn(sheet, roster, draw(roster, unit, slip.kind, identity_key()))


def _unit(slip: Slip) -> Unit:
    person = signed_in(slip.person_id)
    unit = unit_within(slip.unit_id, scope(person, Role.HR)) if person else None
    if unit is None:
        raise OutOfScope
    return unit


def look_now(data: bytes, slip: Slip) -> Look:
    """Look at a small roster, queueing with no writer. Raises RosterProblem, OutOfScope."""
    step_back()
    with reading_first():
        sheet = table(data, slip.filename)
        try:
            return _drawn(sheet, slip).look()
        except NamesNotFound as problem:
            return look_at_columns(sheet, _unit(slip).name, problem.args[0])


def bad_rows_of(slip: Slip) -> bytes | None:
    """The rows that are not taken, as a file; None when there are none. Raises TrayProblem."""
    if slip.look_id:
        path = jobs_folder(slip.look_id) / BAD_FILE
        return path.read_bytes() if path.is_file() else None
    return drawn(tray.take(folder(), slip), slip).bad_rows()


def look_kept(job_id: int) -> Look | None:
    """What a job saw; None when it is not kept any more."""
    try:
        return read_again((jobs_folder(job_id) / LOOK_FILE).read_text("utf-8"))
    except OSError:
        return None


def look(working: Working) -> str:
    """The job that looks at a large roster; its facts are the slip's."""
    slip = Slip(**working.facts)
    sheet = _sheet(working, slip)
    try:
        seen = _plan(working, sheet, slip).look()
    except NamesNotFound as problem:
        seen = look_at_columns(sheet, _unit(slip).name, problem.args[0])
    working.own_file(LOOK_FILE).write_text(written(seen), "utf-8")
    refused = bad_rows(sheet, seen)
    if refused:
        working.own_file(BAD_FILE).write_bytes(refused)
    working.progress(100, 100)
    return message("Đã đọc %(rows)s dòng.", rows=len(sheet.rows))


def take_in(working: Working) -> str:
    """The job that takes a large roster in: the slip, the answers, and which rows."""
    slip = Slip(**working.facts["slip"])
    answers = {int(number): Answer(said) for number, said in working.facts["answers"].items()}
    with working.reading():
        found = _plan(working, _sheet(working, slip), slip)
        _refuse(found.plan, slip, only_good=working.facts["rows"] == "good")
        asked = asked_by(found.roster, identity_key())
        seen = _stamp(found.plan, asked)
        refused = found.bad_rows()
        ready = found.plan.applicable(answers)
        people = new_people(ready)
    working.write()
    take_turns(PEOPLE)
    if _stamp(found.plan, asked) != seen:
        raise JobProblem(CHANGED)
    try:
        taken = actions.take_in(working.person_id, found.plan, ready, people, slip.filename)
    except actions.RosterClash:
        raise JobProblem(CHANGED) from None
    if refused:
        working.file(BAD_FILE).write_bytes(refused)
    working.lead_to(f"/staff/rosters/imports/{taken.id}")
    working.progress(100, 100)
    working.afterwards.append(lambda: tray.drop(folder(), slip))
    return taken.words


def _sheet(working: Working, slip: Slip) -> Sheet:
    working.progress(0, 100)
    try:
        return table(tray.take(folder(), slip), slip.filename)
    except (TrayProblem, RosterProblem) as problem:
        raise JobProblem(*problem.args) from None
    finally:
        working.progress(30, 100)


def _plan(working: Working, sheet: Sheet, slip: Slip) -> Drawn:
    try:
        found = _drawn(sheet, slip)
    except OutOfScope:
        raise JobProblem(message("Đơn vị này không còn do anh chị phụ trách.")) from None
    except RosterProblem as problem:
        if isinstance(problem, NamesNotFound):
            raise
        raise JobProblem(*problem.args) from None
    working.progress(80, 100)
    return found


def _refuse(plan: Plan, slip: Slip, only_good: bool) -> None:
    if plan.fingerprint != slip.fingerprint:
        raise JobProblem(CHANGED)
    if plan.counts[Outcome.WRONG] and not only_good:
        raise JobProblem(WRONG_ROWS)


def _stamp(plan: Plan, asked: Asked) -> int:
    return stamp(plan.unit, plan.kind, asked.numbers, asked.names)


def facts_of(slip: Slip) -> dict[str, Any]:
    """A slip as the facts of a job."""
    facts: dict[str, Any] = json.loads(json.dumps(asdict(slip)))
    return facts


def looked_at(slip: Slip, seen: Look) -> Slip:
    """The slip once the roster was looked at."""
    return replace(slip, fingerprint=seen.fingerprint, header=seen.header)


def identity_key() -> str:
    """The key of the hashes of personal numbers."""
    settings: Settings = current_app.extensions["settings"]
    return settings.identity_key.get_secret_value()


def folder() -> Path:
    """The tray of this installation."""
    return Path(current_app.extensions["settings"].instance) / "rosters"


def jobs_folder(job_id: int) -> Path:
    """Where a job keeps its files."""
    return Path(current_app.extensions["jobs_folder"]) / str(job_id)
