"""Make plans: what is asked for is looked at against the tree, and refused with a reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from app.extensions import db
from app.lib.dates import short_date
from app.lib.vietnamese import nfc
from app.ui.i18n import gettext as _
from app.units.actions import UnitProblem, UnitRow
from app.units.models import Unit
from app.units.operation_models import KIND_TITLES, Kind, UnitChange, UnitOperation
from app.units.plans import Facts, NewUnit, Plan, Ref
from app.units.queries import in_force, today


@dataclass(frozen=True)
class Act:
    """By which decision, and from which day on."""

    decision: str
    on: date


@dataclass(frozen=True)
class Named:
    """A unit that is to be made."""

    code: str
    name: str
    kind: str


def merge(units: Sequence[Unit], into: Unit | Named, act: Act) -> Plan:
    """Several units become one: a new one, or one that is there and stays."""
    olds = [unit for unit in units if unit is not into]
    if len(olds) < (1 if isinstance(into, Unit) else 2):
        raise UnitProblem(_("Sáp nhập cần ít nhất hai đơn vị khác nhau."))
    _check([*olds, *([into] if isinstance(into, Unit) else [])], act)
    if any(unit.path.startswith(other.path) for unit in olds for other in olds if unit != other):
        raise UnitProblem(_("Một đơn vị và đơn vị bên trong nó không sáp nhập với nhau được."))
    if isinstance(into, Unit):
        if any(into.path.startswith(unit.path) for unit in olds):
            raise UnitProblem(_("Không nhập vào một đơn vị nằm bên trong được."))
        created: tuple[NewUnit, ...] = ()
        target: Ref = into.id
    else:
        _check_new([into], act, olds)
        created, target = (_new(into, act, olds[0].parent_id, olds),), into.code
    return Plan(
        Kind.MERGE,
        _title(Kind.MERGE, olds, [into]),
        act.decision,
        act.on,
        created,
        ends={unit.id: (target,) for unit in olds},
        parents={child.id: target for child in _children(olds)},
        relied=_parents(olds),
    )


def split(unit: Unit, parts: Sequence[Unit | Named], children: Mapping[int, int], act: Act) -> Plan:
    """A unit is divided among several; `children`: subunit to the number of its part (0…).

    Subunits take their people along. Whoever belonged to the unit itself waits in the first
    part until somebody confirms where they live.
    """
    if len(parts) < 2:
        raise UnitProblem(_("Chia tách cần ít nhất hai đơn vị mới."))
    _check([unit, *(part for part in parts if isinstance(part, Unit))], act)
    if any(isinstance(part, Unit) and part.path.startswith(unit.path) for part in parts):
        raise UnitProblem(_("Không nhập vào một đơn vị nằm bên trong được."))
    new = [part for part in parts if isinstance(part, Named)]
    _check_new(new, act, [unit])
    refs = tuple(part.id if isinstance(part, Unit) else part.code for part in parts)
    if len(set(refs)) < len(refs):
        raise UnitProblem(_("Hai phần trùng nhau."))
    return Plan(
        Kind.SPLIT,
        _title(Kind.SPLIT, [unit], parts),
        act.decision,
        act.on,
        tuple(_new(part, act, unit.parent_id, [unit]) for part in new),
        ends={unit.id: refs},
        parents={child.id: refs[children.get(child.id, 0)] for child in _children([unit])},
        relied=_parents([unit]),
    )


def rename(unit: Unit, facts: Facts, act: Act) -> Plan:
    """A unit gets another name, code, kind or remote-area mark; it stays the same unit."""
    _check([unit], act)
    if facts == Facts.of(unit):
        raise UnitProblem(_("Chưa có gì thay đổi."))
    if facts.code != unit.code:
        _check_codes([facts.code], act, [unit])
    title = f"{KIND_TITLES[Kind.RENAME]}: {unit.name}"
    if facts.name != unit.name:
        title += f" → {facts.name}"
    return Plan(Kind.RENAME, title, act.decision, act.on, renamed={unit.id: facts})


def move(unit: Unit, parent: Unit, act: Act) -> Plan:
    """A unit, with all below it, comes under another one."""
    _check([unit, parent], act)
    if parent.path.startswith(unit.path):
        raise UnitProblem(_("Một đơn vị không nằm bên trong chính nó được."))
    if unit.parent_id == parent.id:
        raise UnitProblem(_("%(unit)s đã thuộc %(parent)s.", unit=unit.name, parent=parent.name))
    title = f"{KIND_TITLES[Kind.MOVE]}: {unit.name} → {parent.name}"
    relied = _parents([unit])
    return Plan(Kind.MOVE, title, act.decision, act.on, parents={unit.id: parent.id}, relied=relied)


def dissolve(unit: Unit, into: Unit, act: Act) -> Plan:
    """A unit ends; another one takes its people and subunits in, but not its roles."""
    _check([unit, into], act)
    if into.path.startswith(unit.path):
        raise UnitProblem(_("Hãy chọn một đơn vị không nằm bên trong đơn vị giải thể."))
    return Plan(
        Kind.DISSOLVE,
        _title(Kind.DISSOLVE, [unit], [into]),
        act.decision,
        act.on,
        ends={unit.id: (into.id,)},
        dissolved=frozenset({unit.id}),
        parents={child.id: into.id for child in _children([unit])},
        relied=_parents([unit]),
    )


def check_newcomer(row: UnitRow, parent: Unit) -> None:
    """Raise UnitProblem when a unit cannot be put under another one as it is described."""
    begins = Act("", row.valid_from)
    if row.valid_from < parent.valid_from or not _stands(parent, today()):
        raise UnitProblem(
            _("%(unit)s không có vào ngày ấy, hoặc đã hết hiệu lực.", unit=parent.name)
        )
    _check_codes([row.code], begins, [])


def _stands(unit: Unit, on: date) -> bool:
    return unit.withdrawn_at is None and (unit.valid_to is None or unit.valid_to >= on)


def _check(units: Iterable[Unit], act: Act) -> None:
    """Each unit is there on the day before and stays so, and nothing was done to it later."""
    if act.on > today():
        raise UnitProblem(_("Ngày hiệu lực chưa tới. Hãy ghi vào đúng ngày ấy hoặc sau đó."))
    units = list(units)
    for unit in units:
        if unit.valid_from >= act.on:
            day = short_date(unit.valid_from)
            raise UnitProblem(_("%(unit)s chỉ có từ ngày %(day)s.", unit=unit.name, day=day))
        if not _stands(unit, today()):
            raise UnitProblem(_("%(unit)s không còn hiệu lực.", unit=unit.name))
    if later := _later([unit.id for unit in units], act.on):
        facts = {"title": later.title, "day": short_date(later.in_force_on)}
        raise UnitProblem(
            _("Đã có một việc sau ngày này: %(title)s (%(day)s). Ghi ngày muộn hơn.", **facts)
        )


def _later(unit_ids: list[int], on: date) -> UnitOperation | None:
    """The last standing operation that changed one of these units after that day."""
    return db.session.scalars(
        select(UnitOperation)
        .join(UnitChange, UnitChange.operation_id == UnitOperation.id)
        .where(
            UnitChange.unit_id.in_(unit_ids),
            UnitChange.role != "relied",
            UnitOperation.undone_at.is_(None),
            UnitOperation.in_force_on > on,
        )
        .order_by(UnitOperation.id.desc())
        .limit(1)
    ).one_or_none()


def _check_new(new: Sequence[Named], act: Act, ending: Sequence[Unit]) -> None:
    codes = [one.code for one in new]
    if len(set(codes)) < len(codes):
        raise UnitProblem(_("Hai đơn vị mới trùng mã."))
    if not all(one.code and one.name.strip() for one in new):
        raise UnitProblem(_("Hãy ghi mã và tên của đơn vị mới."))
    _check_codes(codes, act, ending)


def _check_codes(codes: Sequence[str], act: Act, ending: Sequence[Unit]) -> None:
    """A code is free from a day on when nobody bears it then, but for units that end."""
    taken = db.session.scalars(
        select(Unit)
        .where(
            Unit.code.in_(codes),
            Unit.id.not_in([unit.id for unit in ending]),
            or_(in_force(Unit, act.on), Unit.valid_from >= act.on),
        )
        .order_by(Unit.id)
        .limit(1)
    ).one_or_none()
    if taken:
        raise UnitProblem(
            _("Mã %(code)s đang là mã của %(unit)s.", code=taken.code, unit=taken.name)
        )


def _new(named: Named, act: Act, parent_id: int | None, olds: Sequence[Unit]) -> NewUnit:
    sizes = [unit.population for unit in olds]
    whole = sum(filter(None, sizes)) if all(sizes) and len(olds) > 1 else None
    row = UnitRow(named.code, nfc(named.name), named.kind, valid_from=act.on, population=whole)
    return NewUnit(row, parent_id)


def _children(units: Iterable[Unit]) -> list[Unit]:
    ids = [unit.id for unit in units]
    query = select(Unit).where(
        Unit.parent_id.in_(ids),
        Unit.withdrawn_at.is_(None),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= today()),
    )
    return [one for one in db.session.scalars(query.order_by(Unit.id)) if one.id not in ids]


def _parents(units: Iterable[Unit]) -> frozenset[int]:
    return frozenset(unit.parent_id for unit in units if unit.parent_id is not None)


def _title(kind: Kind, olds: Sequence[Unit], new: Sequence[Unit | Named]) -> str:
    before = ", ".join(unit.name for unit in olds)
    return f"{KIND_TITLES[kind]}: {before} → {', '.join(one.name for one in new)}"


def children_of(unit: Unit) -> list[Unit]:
    """The units right below another one that stand today, in the order of their making."""
    return _children([unit])


def number_below(unit: Unit) -> int:
    """How many units stand below this one today, at any depth."""
    below = Unit.path.startswith(unit.path, autoescape=True)
    query = select(func.count()).select_from(Unit)
    return db.session.scalar(query.where(below, Unit.id != unit.id, in_force(Unit, today()))) or 0
