"""An officer is away: somebody of the unit holds their role until a day that is set."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.accounts import operations
from app.accounts.actions import end_grant, grant_role
from app.accounts.models import Grant, Person
from app.accounts.signed_in import Someone
from app.db import take_turns
from app.lib.dates import day_begins
from app.lib.messages import message
from app.ops.actions import GrantProblem
from app.ops.handed import HeldRole, colleague, held_by
from app.units.queries import today

LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class Standing:
    """Who stands in, as typed: which grant, name and e-mail, the last day, why."""

    grant_id: int
    full_name: str
    email: str
    last_day: date
    reason: str


def hand_on(holder: Someone, wish: Standing, op_id: str) -> Person:
    """Somebody holds the same role on the same unit until the end of a day; returns them.

    Once per `op_id`. Raises GrantProblem, having changed nothing, and OperationConflict.
    """
    take_turns(f"roles of {holder.id}")
    source = _own(holder, wish.grant_id)
    if wish.last_day > today() + LONGEST:
        raise GrantProblem("last_day", message("Nhờ làm thay nhiều nhất 90 ngày."))
    person = colleague(wish.full_name, wish.email, source.unit)
    if person is None or person.id == holder.id:
        told = message("Không có ai trong đơn vị có họ tên và thư điện tử như vậy.")
        raise GrantProblem("email", told)
    grant = source.grant
    content = [person.id, grant.id, wish.last_day.isoformat(), wish.reason]
    if operations.begin(op_id, holder.id, "hand_role_on", content) is None:
        _give(holder, person, source, wish, op_id)
    return person


def _give(holder: Someone, person: Person, source: HeldRole, wish: Standing, op_id: str) -> None:
    grant = source.grant
    others = held_by(person.id)
    if any((one.grant.role, one.grant.unit_id) == (grant.role, grant.unit_id) for one in others):
        operations.release(op_id)
        raise GrantProblem("email", message("Người này đang giữ quyền ấy rồi."))
    end = day_begins(wish.last_day + timedelta(days=1))
    grant_role(
        holder.id,
        person,
        grant.role,
        grant.unit_id,
        # never longer than whoever handed it on holds it
        ends_at=min(end, grant.ended_at) if grant.ended_at else end,
        handed_from=grant.id,
        reason=wish.reason,
    )


def _own(holder: Someone, grant_id: int) -> HeldRole:
    """The holder's own role; what was handed on to them is not theirs to hand on."""
    mine = (one for one in held_by(holder.id) if one.grant.id == grant_id)
    found = next((one for one in mine if one.may_be_handed_on), None)
    if found is None:
        raise GrantProblem("grant", message("Quyền này không nhờ người khác làm thay được."))
    return found


def take_back(holder: Someone, grant: Grant, op_id: str) -> None:
    """End what was handed on, before its day; once per `op_id`. Raises OperationConflict."""
    if operations.begin(op_id, holder.id, "take_role_back", grant.id) is None:
        end_grant(holder.id, grant)
