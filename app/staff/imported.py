"""Reads of what was imported before: the imports of a unit, what columns were said to be."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.extensions import db
from app.lib.paging import Page, offset
from app.staff.columns import header_hash
from app.staff.models import RosterColumns, RosterImport
from app.units.models import Unit
from app.units.queries import within

PAGE_SIZE = 50


class Imported(NamedTuple):
    """An import with the names of its unit, of who did it and of who undid it."""

    taken: RosterImport
    unit_name: str
    actor: str | None
    undone_by: str | None


def columns_said(unit_id: int, header: Sequence[str]) -> dict[str, int] | None:
    """What was said about the columns of lists with these headings, in this unit."""
    known = db.session.get(RosterColumns, (unit_id, header_hash(header)))
    return known.columns if known else None


def imports(paths: tuple[str, ...], number: int) -> Page[Imported]:
    """One page of the imports into units of these subtrees, newest first."""
    inside = within(paths)
    count = select(func.count(RosterImport.id)).join(Unit, Unit.id == RosterImport.unit_id)
    total = db.session.scalars(count.where(inside)).one()
    rows = _imported().where(inside).limit(PAGE_SIZE).offset(offset(number, PAGE_SIZE))
    found = [Imported(*row) for row in db.session.execute(rows)]
    return Page(found, number, PAGE_SIZE, total)


def one_import(import_id: int, paths: tuple[str, ...]) -> Imported | None:
    """The import with this id when it went into one of these subtrees, else None."""
    row = db.session.execute(
        _imported().where(within(paths), RosterImport.id == import_id)
    ).one_or_none()
    return Imported(*row) if row else None


def _imported() -> Select[Any]:
    actor, undoer = aliased(Person), aliased(Person)
    return (
        select(RosterImport, Unit.name, actor.full_name, undoer.full_name)
        .join(Unit, Unit.id == RosterImport.unit_id)
        .outerjoin(actor, actor.id == RosterImport.actor_id)
        .outerjoin(undoer, undoer.id == RosterImport.undone_by)
        .order_by(RosterImport.id.desc())
    )
