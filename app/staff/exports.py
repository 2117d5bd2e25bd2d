"""Lists of large units, written by a job; those of small ones are handed out at once."""

import gc
from collections.abc import Iterator
from typing import Any

from app.accounts.models import Role
from app.accounts.queries import signed_in
from app.content.shelf import shelf
from app.jobs.working import JobProblem, Working
from app.lib.messages import message
from app.staff import lists, queries
from app.staff.formats import FORMATS
from app.staff.queries import StaffRow, State, Wanted
from app.units.models import Unit
from app.units.queries import scope, unit_within

EXPORT = "staff.export"
# more people than one waits for
MANY = 2_000
TOLD_EVERY = 500


def number_of(wanted: Wanted) -> int:
    """How many people the list has."""
    counts = queries.summary(wanted)
    return counts[wanted.state] if wanted.state else sum(counts.values())


def facts_of(wanted: Wanted, unit: Unit | None, form: str) -> dict[str, Any]:
    """What is wanted, as the facts of a job."""
    return {
        "course": wanted.course.slug,
        "unit": unit.id if unit else None,
        "state": wanted.state.value if wanted.state else None,
        "words": wanted.words,
        "form": form,
    }


def export(working: Working) -> str:
    """The job that writes a list; who asked for it must still keep these units."""
    facts = working.facts
    with working.reading():
        made = _made(working)
        # else the collector walks through all lines again and again: a quarter of the time
        gc.freeze()
        try:
            data = FORMATS[facts["form"]].write(made, _told(working, made.lines))
        finally:
            gc.unfreeze()
    name = f"danh-sach-{made.course.slug}-{made.on:%Y%m%d}.{facts['form']}"
    working.file(name).write_bytes(data)
    return made.total


def _made(working: Working) -> lists.StaffList:
    facts = working.facts
    person = signed_in(working.person_id or 0)
    paths = scope(person, Role.HR) if person else ()
    unit = unit_within(facts["unit"], paths) if facts["unit"] else None
    course = shelf.course(facts["course"])
    if person is None or course is None or not paths or (facts["unit"] and unit is None):
        raise JobProblem(message("Đơn vị này không còn do anh chị phụ trách."))
    units = [unit] if unit else queries.desk(paths).tops
    state = State(facts["state"]) if facts["state"] else None
    wanted = Wanted(course, (unit.path,) if unit else paths, state, facts["words"])
    return lists.made(wanted, units, person.full_name)


def _told(working: Working, lines: list[StaffRow]) -> Iterator[StaffRow]:
    for number, line in enumerate(lines):
        if number % TOLD_EVERY == 0:
            working.progress(number, len(lines))
        yield line
    working.progress(len(lines), len(lines))
