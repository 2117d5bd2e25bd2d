"""Writes of the staff room: take in a roster, note that a list was downloaded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.accounts import audit, operations
from app.accounts.actions import PEOPLE
from app.accounts.signed_in import Someone
from app.db import take_turns
from app.extensions import db
from app.lib import clock
from app.lib.messages import message
from app.staff.models import MadeList, RosterColumns, RosterImport, RosterLine
from app.staff.plan import Answer, Line, Outcome, Plan
from app.staff.queries import Wanted
from app.staff.writing import new_people, write
from app.units.models import Unit

# until then an import may be undone; afterwards what people were before is forgotten
UNDO_DAYS = 60


class RosterClash(Exception):
    """Somebody wrote one of the same people at the same moment; nothing was changed."""


def claim_import(op_id: str, actor: Someone, content: Any) -> str | None:
    """Claim an import; None: do it now, else what it led to when it was done before.

    Nobody else comes in meanwhile, from a roster or by registering, so that a plan drawn after
    the claim stays true. Raises OperationConflict when the id was used for anything else.
    """
    take_turns(PEOPLE)
    replay = operations.begin(op_id, actor.id, "import_roster", content)
    return replay.outcome if replay else None


def give_up_import(op_id: str) -> None:
    """Nothing was imported after all: the claim is withdrawn, and the same form may come again."""
    operations.release(op_id)


def import_roster(
    actor_id: int | None,
    plan: Plan,
    answers: Mapping[int, Answer],
    lines: Iterable[Line] | None = None,
    op_id: str | None = None,
    filename: str = "",
) -> str:
    """Write what the plan says, doubts as answered; returns what was done, in words.

    One transaction, the caller's; people in the unit who are not in the file stay as they are.
    `lines` may be the plan's applicable lines wrapped in a progress bar.
    Raises RosterClash when a personal number was taken in the meantime.
    """
    ready = list(plan.applicable(answers) if lines is None else lines)
    taken = take_in(actor_id, plan, ready, new_people(ready), filename)
    if op_id:
        operations.conclude(op_id, taken.words[:120])
    return taken.words


def take_in(
    actor_id: int | None,
    plan: Plan,
    ready: Sequence[Line],
    people: list[dict[str, Any]],
    filename: str,
) -> RosterImport:
    """Write these lines of a plan and their `people` (writing.new_people).

    Returns the import, by which it can be undone. Raises RosterClash.
    """
    taken = RosterImport(
        unit_id=plan.unit.id,
        kind=plan.kind,
        filename=filename[:120],
        actor_id=actor_id,
        at=clock.now(),
        words=_words(list(ready), plan)[:200],
    )
    db.session.add(taken)
    db.session.flush()
    try:
        write(ready, people, taken, f"Danh sách của {plan.unit.name}"[:200])
    except IntegrityError as error:
        raise RosterClash from error
    audit.record(actor_id, "import", f"unit {plan.unit.id}", taken.words)
    _forget_before(taken)
    return taken


def remember_columns(
    actor: Someone, unit_id: int, header: str, columns: Mapping[str, int], op_id: str = ""
) -> None:
    """Lists whose headings have this hash are read so in this unit from now on.

    Without `op_id` it is part of an act that was claimed. Raises OperationConflict.
    """
    content = [unit_id, header, dict(columns)]
    if op_id and operations.begin(op_id, actor.id, "choose_columns", content):
        return
    key = {"unit_id": unit_id, "header_hash": header}
    known = db.session.get(RosterColumns, key) or RosterColumns(**key)
    known.columns, known.entered_by, known.entered_at = dict(columns), actor.id, clock.now()
    db.session.add(known)


def may_be_undone(taken: RosterImport) -> bool:
    """Whether what people were before is still kept."""
    recent = taken.at > clock.now() - timedelta(days=UNDO_DAYS)
    return recent and taken.undone_at is None


def _forget_before(taken: RosterImport) -> None:
    """Of imports that cannot be undone any more nothing is kept about people."""
    long_ago = taken.at - timedelta(days=UNDO_DAYS)
    old = select(RosterImport.id).where(RosterImport.at < long_ago)
    db.session.execute(delete(RosterLine).where(RosterLine.import_id.in_(old)))


def record_download(actor_id: int | None, units: Sequence[Unit], wanted: Wanted, form: str) -> None:
    """Note that a list of these units left the system, in which form (rule 9)."""
    subject = "unit " + ",".join(str(unit.id) for unit in units)
    detail = f"{form} · {wanted.course.slug} · {wanted.state or 'tất cả'}"
    audit.record(actor_id, "export", subject[:80], detail)


def record_again(actor: Someone, made: MadeList) -> None:
    """Note that a list that was made left the system once more (rule 9)."""
    audit.record(actor.id, "export", f"unit {made.unit_id}", f"{made.form} · {made.printed_number}")


def _words(done: list[Line], plan: Plan) -> str:
    added = sum(line.person is None for line in done)
    changed = len(done) - added
    left = plan.counts[Outcome.WRONG] + plan.counts[Outcome.DOUBT]
    left -= sum(line.doubt != "" for line in done)
    if left <= 0:
        return message(
            "Đã thêm %(added)s người, sửa %(changed)s người.", added=added, changed=changed
        )
    return message(
        "Đã thêm %(added)s người, sửa %(changed)s người; %(left)s dòng chưa nhập.",
        added=added,
        changed=changed,
        left=left,
    )
