"""People, contacts and roles follow the units: set-based, whatever their number.

The links of the operation (unit_succession) are in place before anything here runs.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, literal, or_, select, update
from sqlalchemy.orm import aliased

from app.extensions import db
from app.units.models import Membership, TeamMember, UnitSuccession
from app.units.operation_models import MovedRow, Placement

# without loading a row into the session: there may be a hundred thousand of them
QUIETLY = {"synchronize_session": False}


def move_people(operation_id: int, on: date) -> int:
    """Memberships in ended units go on in the main successor from `on`; returns how many.

    Those begun before are ended and continued by a new row, later ones are moved as they are.
    """
    db.session.flush()
    _place(operation_id, on)
    return _continue(operation_id, on) + _shift(operation_id, on)


def _main(operation_id: int) -> ColumnElement[bool]:
    link = UnitSuccession
    return (link.operation_id == operation_id) & (link.rank == 0)


def _alive(on: date) -> ColumnElement[bool]:
    return or_(Membership.valid_to.is_(None), Membership.valid_to >= on)


def _place(operation_id: int, on: date) -> None:
    """Who was in a divided unit waits in the main successor until somebody confirms."""
    divided = select(UnitSuccession.old_id).where(
        UnitSuccession.operation_id == operation_id, UnitSuccession.rank > 0
    )
    people = (
        select(
            UnitSuccession.old_id,
            Membership.person_id,
            UnitSuccession.new_id,
            literal(operation_id),
        )
        .join(Membership, Membership.unit_id == UnitSuccession.old_id)
        .where(_main(operation_id), UnitSuccession.old_id.in_(divided), _alive(on))
        .distinct()
    )
    columns = ["old_id", "person_id", "new_id", "operation_id"]
    db.session.execute(insert(Placement).from_select(columns, people))


def _continue(operation_id: int, on: date) -> int:
    continued = (
        select(
            Membership.person_id,
            UnitSuccession.new_id,
            Membership.kind,
            Membership.position,
            literal(on),
            Membership.valid_to,
            Membership.id,
            literal(operation_id),
        )
        .join(UnitSuccession, UnitSuccession.old_id == Membership.unit_id)
        .where(_main(operation_id), Membership.valid_from < on, _alive(on))
    )
    columns = ["person_id", "unit_id", "kind", "position", "valid_from", "valid_to"]
    columns += ["continues_id", "moved_by"]
    db.session.execute(insert(Membership).from_select(columns, continued))
    new = aliased(Membership)
    ended = select(new.continues_id).where(new.moved_by == operation_id)
    day_before = on - timedelta(days=1)
    return _rows(update(Membership).where(Membership.id.in_(ended)).values(valid_to=day_before))


def _shift(operation_id: int, on: date) -> int:
    began_later = (
        select(literal(operation_id), literal("membership"), Membership.id, Membership.unit_id)
        .join(UnitSuccession, UnitSuccession.old_id == Membership.unit_id)
        .where(_main(operation_id), Membership.valid_from >= on)
    )
    columns = ["operation_id", "what", "row_id", "from_id"]
    db.session.execute(insert(MovedRow).from_select(columns, began_later))
    return _rows(
        update(Membership)
        .where(
            Membership.unit_id == UnitSuccession.old_id,
            Membership.valid_from >= on,
            _main(operation_id),
        )
        .values(unit_id=UnitSuccession.new_id)
    )


def move_team(operation_id: int) -> int:
    """Contacts go to the main successor; a telephone that is listed there stays one line."""
    other, their = aliased(TeamMember), aliased(UnitSuccession)
    listed = (
        select(other.id)
        .outerjoin(their, (their.old_id == other.unit_id) & (their.operation_id == operation_id))
        .where(
            other.removed_at.is_(None),
            other.phone == TeamMember.phone,
            other.id != TeamMember.id,
            or_(
                other.unit_id == UnitSuccession.new_id,
                (their.new_id == UnitSuccession.new_id)
                & (their.rank == 0)
                & (other.id < TeamMember.id),
            ),
        )
        .correlate(TeamMember, UnitSuccession)
    )
    movers = (
        select(literal(operation_id), literal("team"), TeamMember.id, TeamMember.unit_id)
        .join(UnitSuccession, UnitSuccession.old_id == TeamMember.unit_id)
        .where(_main(operation_id), TeamMember.removed_at.is_(None), ~listed.exists())
    )
    columns = ["operation_id", "what", "row_id", "from_id"]
    db.session.execute(insert(MovedRow).from_select(columns, movers))
    return _rows(
        update(TeamMember)
        .where(
            MovedRow.row_id == TeamMember.id,
            MovedRow.operation_id == operation_id,
            MovedRow.what == "team",
            UnitSuccession.old_id == MovedRow.from_id,
            _main(operation_id),
        )
        .values(unit_id=UnitSuccession.new_id)
    )


def bring_people_back(operation_id: int) -> None:
    """Undo `move_people`: each membership is again what it was, with what was learnt since.

    Who has moved on in the meantime stays where they went.
    """
    new = aliased(Membership)
    targets = select(UnitSuccession.new_id).where(UnitSuccession.operation_id == operation_id)
    mine = (new.moved_by == operation_id) & new.unit_id.in_(targets)
    _rows(
        update(Membership)
        .where(Membership.id == new.continues_id, mine)
        .values(valid_to=new.valid_to, position=new.position)
    )
    _rows(
        delete(Membership).where(
            Membership.moved_by == operation_id, Membership.unit_id.in_(targets)
        )
    )
    left = Membership.moved_by == operation_id
    _rows(update(Membership).where(left).values(moved_by=None, continues_id=None))
    _back(Membership, "membership", operation_id, Membership.unit_id.in_(targets))
    moved = (MovedRow.operation_id == operation_id) & (MovedRow.what == "membership")
    _rows(delete(MovedRow).where(moved))


def bring_team_back(operation_id: int) -> None:
    """Undo `move_team`; who was taken off the list since then stays off."""
    _back(TeamMember, "team", operation_id, literal(True))


def _back(
    model: type[Membership] | type[TeamMember],
    what: str,
    operation_id: int,
    condition: ColumnElement[bool],
) -> None:
    _rows(
        update(model)
        .where(
            MovedRow.row_id == model.id,
            MovedRow.operation_id == operation_id,
            MovedRow.what == what,
            condition,
        )
        .values(unit_id=MovedRow.from_id)
    )


def remember_origins(operation_id: int, made: Iterable[int]) -> None:
    """Before an operation is undone: who in the units it made came from which old one.

    What was counted there meanwhile is counted in that old unit afterwards. Its own waiting
    list is no longer needed.
    """
    made = list(made)
    db.session.flush()
    _rows(delete(Placement).where(Placement.operation_id == operation_id))
    if not made:
        return
    new, old = aliased(Membership), aliased(Membership)
    continued = (
        select(new.unit_id, new.person_id, old.unit_id.label("home"))
        .join(old, old.id == new.continues_id)
        .where(new.moved_by == operation_id, new.unit_id.in_(made))
    )
    shifted = (
        select(Membership.unit_id, Membership.person_id, MovedRow.from_id.label("home"))
        .join(MovedRow, MovedRow.row_id == Membership.id)
        .where(
            MovedRow.operation_id == operation_id,
            MovedRow.what == "membership",
            Membership.unit_id.in_(made),
        )
    )
    came = continued.union_all(shifted).subquery()
    kept = (
        select(came.c.unit_id, came.c.person_id, func.min(came.c.home))
        .group_by(came.c.unit_id, came.c.person_id)
        .order_by(came.c.unit_id, came.c.person_id)
    )
    origin = [*kept.subquery().c]
    facts = select(*origin, literal(operation_id))
    columns = ["old_id", "person_id", "new_id", "operation_id"]
    db.session.execute(insert(Placement).from_select(columns, facts))


def send_home(operation_id: int, made: int, home: int) -> None:
    """Who came to a unit that is undone only after it was made goes to the main old unit.

    They are listed there, to be confirmed.
    """
    late = Membership.unit_id == made
    known = select(Placement.person_id).where(Placement.old_id == made)
    waiting = (
        select(literal(made), Membership.person_id, literal(home), literal(operation_id))
        .where(late, Membership.person_id.not_in(known))
        .distinct()
    )
    columns = ["old_id", "person_id", "new_id", "operation_id"]
    db.session.execute(insert(Placement).from_select(columns, waiting))
    sent = select(literal(operation_id), literal("membership"), Membership.id, literal(made))
    columns = ["operation_id", "what", "row_id", "from_id"]
    db.session.execute(insert(MovedRow).from_select(columns, sent.where(late)))
    _rows(update(Membership).where(late).values(unit_id=home))
    listed = select(TeamMember.phone).where(
        TeamMember.unit_id == home, TeamMember.removed_at.is_(None)
    )
    _rows(
        update(TeamMember)
        .where(TeamMember.unit_id == made, TeamMember.phone.not_in(listed))
        .values(unit_id=home)
    )


def _rows(statement: object) -> int:
    done = db.session.execute(statement, execution_options=QUIETLY)  # type: ignore[call-overload]
    return int(done.rowcount)
