"""Lists are written down: those of small units at once, those of large ones by a job."""

import gc
from collections.abc import Iterator
from dataclasses import replace

from flask import current_app

from app.accounts.models import Role
from app.accounts.queries import signed_in
from app.db import reading_first
from app.extensions import db
from app.jobs.working import JobProblem, Working
from app.learning.assignments import deadlines
from app.lib.messages import message
from app.staff import desks, lists, made_lists
from app.staff.formats import FORMATS
from app.staff.models import MadeList
from app.staff.pdf import AT_ONCE as PRINTED_AT_ONCE
from app.staff.queries import StaffRow, State, Wanted
from app.units.models import Unit
from app.units.queries import scope, unit_within

EXPORT = "staff.export"
# more people than one waits for
MANY = 2_000
TOLD_EVERY = 500
CHECK = "/staff/lists/check"


def takes_long(form: str, people: int) -> bool:
    """Whether nobody should wait for a list of so many people."""
    return people > (PRINTED_AT_ONCE if form == "pdf" else MANY)


def write_now(list_id: int) -> bytes:
    """Write a list that was entered and committed, and note what its file is.

    Raises JobProblem when it may not be written any more.
    """
    with reading_first():
        entered = db.session.get_one(MadeList, list_id)
        known = made_lists.kept_file(entered)
        if known is not None:
            return known
        made = composed(entered)
        data = FORMATS[entered.form].write(made, None)
        facts = made_lists.keep(entered, data)
    made_lists.note(list_id, {**facts, "people": len(made.lines)})
    return data


def export(working: Working) -> str:
    """The job that writes a list; who asked for it must still keep these units."""
    list_id = working.facts["list"]
    with working.reading():
        entered = db.session.get_one(MadeList, list_id)
        made = composed(entered)
        # else the collector walks through all lines again and again: a quarter of the time
        gc.freeze()
        try:
            data = FORMATS[entered.form].write(made, _told(working, made.lines))
        finally:
            gc.unfreeze()
        name, facts = name_of(made, entered.form), made_lists.keep(entered, data)
    working.file(name).write_bytes(data)
    working.write()
    noted = made_lists.noting(list_id, {**facts, "people": len(made.lines)})
    db.session.execute(noted)
    return made.total


def name_of(made: lists.StaffList, form: str) -> str:
    """How the file of a list is called."""
    return f"danh-sach-{made.course.slug}-{made.on:%Y%m%d}.{form}"


def composed(entered: MadeList) -> lists.StaffList:
    """The list that was entered, with its people as of now. Raises JobProblem."""
    person = signed_in(entered.actor_id) if entered.actor_id else None
    wanted, units = _wanted(entered, scope(person, Role.HR) if person else None)
    base = current_app.extensions["settings"].base_url.rstrip("/")
    return replace(
        lists.made(wanted, units, person.full_name if person else ""),
        number=entered.printed_number,
        code=entered.code,
        check=f"{base}{CHECK}?code={entered.code}",
    )


def _wanted(entered: MadeList, paths: tuple[str, ...] | None) -> tuple[Wanted, list[Unit]]:
    """`paths` None: the command line, which may all."""
    facts = entered.wanted
    unit = unit_within(facts["unit"], ("/",) if paths is None else paths) if facts["unit"] else None
    desk = desks.desk((unit.path,) if unit else paths or ())
    course = next((one for one in desk.courses if one.slug == facts["course"]), None)
    if course is None or not desk.units:
        raise JobProblem(message("Đơn vị này không còn do anh chị phụ trách."))
    wanted = Wanted(
        course,
        tuple(desk.units),
        deadlines(course.slug, desk.units),
        State(facts["state"]) if facts["state"] else None,
        facts["words"],
        crowded=desk.crowded,
    )
    return wanted, [unit] if unit else desk.tops


def _told(working: Working, lines: list[StaffRow]) -> Iterator[StaffRow]:
    for number, line in enumerate(lines):
        if number % TOLD_EVERY == 0:
            working.progress(number, len(lines))
        yield line
    working.progress(len(lines), len(lines))
