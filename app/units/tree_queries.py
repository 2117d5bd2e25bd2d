"""Reads of the tree as administrators look at it: search, one unit, what stands around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, true
from sqlalchemy.orm import aliased

from app.db import contains
from app.extensions import db
from app.lib.paging import Page, offset
from app.lib.vietnamese import fold
from app.units.models import Membership, Unit
from app.units.queries import EVERYWHERE, in_force, today, unit_by_code, unit_named, within

PAGE_SIZE = 50
# a commune has some fifty villages; who would divide or merge more writes their codes
MOST_BESIDE = 200


class Line(NamedTuple):
    """A unit of a list, and what its parent is called (None: it has none)."""

    unit: Unit
    parent: str | None


@dataclass(frozen=True)
class Belonging:
    """How many persons belong to a unit itself today, by kind of membership."""

    residence: int = 0
    work: int = 0
    school: int = 0


def tops(paths: tuple[str, ...]) -> list[Unit]:
    """The units of today at the top of a scope, by name."""
    above = Unit.parent_id.is_(None) if EVERYWHERE in paths else Unit.path.in_(paths)
    query = select(Unit).where(above, in_force(Unit, today()))
    return list(db.session.scalars(query.order_by(Unit.name_sort, Unit.id)))


def found(paths: tuple[str, ...], words: str, kind: str, ended: bool, number: int) -> Page[Line]:
    """Page `number` of the units of these subtrees, by name.

    `words`: a part of the name, marks and case ignored, or the whole code; `kind` "": any;
    `ended`: those that have ended too.
    """
    wanted = [within(paths), *_wanted(words, kind), _standing(ended)]
    return _page(select(Unit.id).where(*wanted), number)


def below(unit: Unit, ended: bool, number: int) -> Page[Line]:
    """Page `number` of the units right below another one, by name."""
    return _page(select(Unit.id).where(Unit.parent_id == unit.id, _standing(ended)), number)


def _wanted(words: str, kind: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if words.strip():
        wanted.append(or_(contains(Unit.name_fold, fold(words)), Unit.code == words.strip()))
    if kind:
        wanted.append(Unit.kind == kind)
    return wanted


def _standing(ended: bool) -> ColumnElement[bool]:
    return Unit.withdrawn_at.is_(None) if ended else in_force(Unit, today())


def _page(ids: Select[tuple[int]], number: int) -> Page[Line]:
    total = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    parent = aliased(Unit)
    rows: list[Row[tuple[Unit, str]]] = list(
        db.session.execute(
            select(Unit, parent.name)
            .outerjoin(parent, parent.id == Unit.parent_id)
            .where(Unit.id.in_(ids))
            .order_by(Unit.name_sort, Unit.valid_from.desc(), Unit.id)
            .limit(PAGE_SIZE)
            .offset(offset(number, PAGE_SIZE))
        )
    )
    return Page([Line(*row) for row in rows], number, PAGE_SIZE, total)


def one(unit_id: int, paths: tuple[str, ...]) -> Unit | None:
    """The unit with this id in these subtrees, ended or not; None for one that never was."""
    inside = true() if EVERYWHERE in paths else within(paths)
    query = select(Unit).where(Unit.id == unit_id, Unit.withdrawn_at.is_(None), inside)
    return db.session.scalars(query).one_or_none()


def above(unit: Unit) -> list[Unit]:
    """The units from the root down to the one above this unit."""
    ids = [int(part) for part in unit.path.split("/") if part][:-1]
    by_id = {one.id: one for one in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    return [by_id[one] for one in ids if one in by_id]


def by_ids(unit_ids: Iterable[int]) -> list[Unit]:
    """The units with these ids, in the order of their making."""
    wanted = select(Unit).where(Unit.id.in_(set(unit_ids)), Unit.withdrawn_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Unit.id)))


def beside(unit: Unit) -> list[Unit]:
    """The other units of today under the same parent, those of the same kind first, by name."""
    query = select(Unit).where(
        Unit.parent_id == unit.parent_id, Unit.id != unit.id, in_force(Unit, today())
    )
    ordered = query.order_by(Unit.kind != unit.kind, Unit.name_sort, Unit.id)
    return list(db.session.scalars(ordered.limit(MOST_BESIDE)))


def belonging(unit: Unit) -> Belonging:
    """How many persons belong to a unit itself today."""
    people = func.count(func.distinct(Membership.person_id))
    rows = db.session.execute(
        select(Membership.kind, people)
        .where(Membership.unit_id == unit.id, in_force(Membership, today()))
        .group_by(Membership.kind)
    )
    return Belonging(**dict(rows.tuples().all()))


def meant(text: str, paths: tuple[str, ...] = (EVERYWHERE,)) -> Unit | None:
    """The unit of today that somebody means by a code or a whole name; None when unclear."""
    text = " ".join(text.split())
    if not text:
        return None
    coded = unit_by_code(text)
    return one(coded.id, paths) if coded else unit_named(text, paths)
