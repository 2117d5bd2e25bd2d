"""The lists that were made: number without a gap, code, what is kept of each, checking a file.

A list is entered before it is written, in the request's own transaction; its file and the digest
of it follow once that stands, so that nobody waits for the database meanwhile.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Select, func, select, update

from app.accounts import operations
from app.accounts.models import Person
from app.accounts.signed_in import Someone
from app.db import insert_once
from app.extensions import db
from app.jobs.models import Job
from app.lib import clock
from app.lib.hashing import digest
from app.lib.ids import normalise_code, verification_code
from app.lib.paging import Page, offset
from app.staff.actions import record_download
from app.staff.lists import body_of
from app.staff.models import ListYear, MadeList
from app.staff.queries import Wanted
from app.units.models import Unit
from app.units.queries import today, within

PAGE_SIZE = 50
FILES_KEPT = timedelta(days=31)


class Made(NamedTuple):
    """A list with the name of who made it, and the job that writes it, if one does."""

    made: MadeList
    by: str | None
    job: Job | None


class Checked(NamedTuple):
    """What is known of a list somebody holds; `same`: the file is it, byte for byte; None when
    no file was shown."""

    found: Made
    same: bool | None


def facts_of(wanted: Wanted, unit: Unit | None) -> dict[str, Any]:
    """What is wanted, as it is kept and as a job takes it."""
    return {
        "course": wanted.course.slug,
        "unit": unit.id if unit else None,
        "state": wanted.state.value if wanted.state else None,
        "words": wanted.words,
    }


def enter(
    actor: Someone | None,
    units: Sequence[Unit],
    wanted: Wanted,
    unit: Unit | None,
    form: str,
    op_id: str = "",
) -> MadeList:
    """Give a list its number and code, and note that it leaves the system; the file follows.

    The first of its units issues it. The same operation sent again gives the same list.
    """
    actor_id = actor.id if actor else None
    facts = facts_of(wanted, unit)
    if op_id:
        replay = operations.begin(op_id, actor_id, "make_list", [facts, form])
        if replay:
            return db.session.get_one(MadeList, int(replay.outcome))
    entered = _entered(actor_id, units, wanted.course.title, facts, form)
    record_download(actor_id, units, wanted, form)
    if op_id:
        operations.conclude(op_id, str(entered.id))
    return entered


def _entered(
    actor_id: int | None, units: Sequence[Unit], title: str, facts: dict[str, Any], form: str
) -> MadeList:
    year = today().year
    entered = MadeList(
        unit_id=units[0].id,
        year=year,
        number=_next_number(units[0].id, year),
        code=verification_code(),
        wanted=facts,
        body=body_of(units)[:300],
        course_title=title[:300],
        form=form,
        actor_id=actor_id,
        made_at=clock.now(),
        made_on=today(),
    )
    db.session.add(entered)
    db.session.flush()
    return entered


def _next_number(unit_id: int, year: int) -> int:
    """The next number of a unit's lists in a year; whoever wants one too waits."""
    insert_once(ListYear, unit_id=unit_id, year=year, last=0)
    return db.session.scalars(
        update(ListYear)
        .where(ListYear.unit_id == unit_id, ListYear.year == year)
        .values(last=ListYear.last + 1)
        .returning(ListYear.last)
    ).one()


def operation_of(op_id: str, *words: str) -> str:
    """One form asks for a list in several ways, each of them an act of its own."""
    return digest("\n".join((op_id, *words)))[:32]


def keep(made: MadeList, data: bytes) -> dict[str, Any]:
    """Put the file of a list by; returns what is to be noted of it. Raises OSError."""
    path = file_of(made)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(data)
    fresh.replace(path)
    return {"digest": sha256(data).hexdigest(), "size": len(data)}


def note(list_id: int, facts: dict[str, Any]) -> None:
    """Note of a list how many people it has and what its file is, once, in a short transaction
    of its own."""
    with db.engine.begin() as connection:
        connection.execute(noting(list_id, facts))


def noting(list_id: int, facts: dict[str, Any]) -> Any:
    """The statement that notes it; what was noted before stands."""
    return update(MadeList).where(MadeList.id == list_id, MadeList.digest == "").values(**facts)


def file_of(made: MadeList) -> Path:
    """Where the file of a list lies while it is kept."""
    return folder() / f"{made.code}.{made.form}"


def kept_file(made: MadeList) -> bytes | None:
    """The file of a list as it was made; None when it is not kept any more."""
    try:
        data = file_of(made).read_bytes()
    except OSError:
        return None
    return data if made.digest == sha256(data).hexdigest() else None


def folder() -> Path:
    """Where files of lists are kept for a while."""
    return Path(current_app.extensions["settings"].instance) / "lists"


def forget_files() -> None:
    """Take away the files that have been kept long enough; what is noted of the lists stays."""
    oldest = (clock.now() - FILES_KEPT).timestamp()
    for path in folder().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def made_lists(paths: tuple[str, ...], number: int) -> Page[Made]:
    """One page of the lists that units of these subtrees issued, newest first."""
    count = select(func.count(MadeList.id)).join(Unit, Unit.id == MadeList.unit_id)
    total = db.session.scalars(count.where(within(paths))).one()
    rows = _all().where(within(paths)).limit(PAGE_SIZE).offset(offset(number, PAGE_SIZE))
    return Page([Made(*row) for row in db.session.execute(rows)], number, PAGE_SIZE, total)


def made_list(list_id: int, paths: tuple[str, ...]) -> Made | None:
    """The list with this id when a unit of these subtrees issued it, else None."""
    row = db.session.execute(_all().where(MadeList.id == list_id, within(paths))).one_or_none()
    return Made(*row) if row else None


def check(code: str, data: bytes) -> Checked | None:
    """What is known of the list with this code, or of this very file; None for neither.

    A PDF that was signed since begins with the file that was made.
    """
    found = _found(MadeList.code == normalise_code(code)) if code else None
    if found is None and data:
        found = _found(MadeList.digest == sha256(data).hexdigest())
    if found is None:
        return None
    return Checked(found, _is_same(found.made, data) if data else None)


def _found(condition: Any) -> Made | None:
    row = db.session.execute(_all().where(condition).limit(1)).one_or_none()
    return Made(*row) if row else None


def _is_same(made: MadeList, data: bytes) -> bool:
    whole = data[: made.size] if made.form == "pdf" else data
    return made.digest != "" and sha256(whole).hexdigest() == made.digest


def _all() -> Select[Any]:
    return (
        select(MadeList, Person.full_name, Job)
        .join(Unit, Unit.id == MadeList.unit_id)
        .outerjoin(Person, Person.id == MadeList.actor_id)
        .outerjoin(Job, Job.id == MadeList.job_id)
        .order_by(MadeList.id.desc())
    )
