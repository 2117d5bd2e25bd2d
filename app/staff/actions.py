"""Writes of the staff room: take in a roster, note that a list was downloaded."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.accounts import audit, numbers, operations
from app.accounts.actions import PEOPLE, rename
from app.accounts.models import Person
from app.accounts.signed_in import Someone
from app.counts.actions import confirm_vneid
from app.counts.models import VneidConfirmation
from app.db import take_turns
from app.extensions import db
from app.lib import clock
from app.lib.messages import message
from app.staff.known import ids_by_stamp, newest_id
from app.staff.plan import Answer, Line, Outcome, Plan
from app.staff.queries import Wanted
from app.units.models import Membership, Unit
from app.units.queries import today


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
) -> str:
    """Write what the plan says, doubts as answered; returns what was done, in words.

    One transaction, the caller's; people in the unit who are not in the file stay as they are.
    `lines` may be the plan's applicable lines wrapped in a progress bar.
    Raises RosterClash when a personal number was taken in the meantime.
    """
    ready = list(plan.applicable(answers) if lines is None else lines)
    try:
        added = _write(ready, plan.kind)
    except IntegrityError as error:
        raise RosterClash from error
    _confirm(actor_id, ready, added, plan.unit)
    words = _words(ready, plan)
    audit.record(actor_id, "import", f"unit {plan.unit.id}", words)
    if op_id:
        operations.conclude(op_id, words[:120])
    return words


def record_download(actor_id: int | None, units: Sequence[Unit], wanted: Wanted, form: str) -> None:
    """Note that a list of these units left the system, in which form (rule 9)."""
    subject = "unit " + ",".join(str(unit.id) for unit in units)
    detail = f"{form} · {wanted.course.slug} · {wanted.state or 'tất cả'}"
    audit.record(actor_id, "export", subject[:80], detail)


def _write(lines: list[Line], kind: str) -> dict[int, int]:
    added = _add_people([line for line in lines if line.person is None], kind)
    for line in lines:
        if line.person is not None:
            _update(line.person, line, kind)
    db.session.flush()
    return added


def _add_people(lines: list[Line], kind: str) -> dict[int, int]:
    """New people and their memberships; returns person ids by row number.

    Written in bulk, because the database's write lock is held meanwhile.
    """
    if not lines:
        return {}
    people = [_new_person(line) for line in lines]
    before = newest_id()
    db.session.execute(insert(Person), people)
    ids = ids_by_stamp(before)
    rows = zip(lines, people, strict=True)
    added = {line.row.number: ids[person["session_stamp"]] for line, person in rows}
    db.session.execute(
        insert(Membership),
        [
            _membership(added[line.row.number], line.unit.id, kind, line.row.position)
            for line in lines
        ],
    )
    return added


def _new_person(line: Line) -> dict[str, Any]:
    row = line.row
    birth_date, precision = row.birth or (None, "day")
    person = Person()
    rename(person, row.name)
    return {
        "full_name": person.full_name,
        "name_fold": person.name_fold,
        "name_sort": person.name_sort,
        "birth_date": birth_date,
        "birth_precision": precision,
        "phone": row.phone,
        **_number(row.personal_number),
        "session_stamp": secrets.token_hex(8),
        "created_at": clock.now(),
    }


def _number(number: str | None) -> dict[str, str | None]:
    # the same columns for everybody: they are written in bulk
    return numbers.stored(number)._asdict() if number else dict.fromkeys(numbers.Number._fields)


def _membership(person_id: int, unit_id: int, kind: str, position: str) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "unit_id": unit_id,
        "kind": kind,
        "position": position,
        "valid_from": today(),
    }


def _update(person: Person, line: Line, kind: str) -> None:
    made = {change.field: change.value for change in line.changes}
    if "name" in made:
        rename(person, made["name"])
    if "birth" in made:
        person.birth_date, person.birth_precision = made["birth"]
    if "phone" in made:
        person.phone = made["phone"]
    if "personal_number" in made:
        person.number_hash, person.number_tail, person.number_sealed = made["personal_number"]
    if "unit" in made:
        _move(person, line, kind)
    elif "position" in made and line.place:
        line.place.position = made["position"]


def _move(person: Person, line: Line, kind: str) -> None:
    """Into another unit from today on; the place before ends yesterday."""
    place, position = line.place, line.row.position
    if place is not None and place.valid_from == today():
        place.unit_id, place.position = line.unit.id, position or place.position
        return
    if place is not None:
        place.valid_to = today() - timedelta(days=1)
        position = position or place.position
    db.session.add(Membership(**_membership(person.id, line.unit.id, kind, position)))


def _confirm(actor_id: int | None, lines: list[Line], added: Mapping[int, int], unit: Unit) -> None:
    source = f"Danh sách của {unit.name}"[:200]
    confirmed = [line for line in lines if line.row.vneid_on]
    facts = {"source": source, "entered_by": actor_id, "entered_at": clock.now()}
    fresh = [
        {"person_id": added[line.row.number], "confirmed_on": line.row.vneid_on, **facts}
        for line in confirmed
        if line.person is None
    ]
    if fresh:
        db.session.execute(insert(VneidConfirmation), fresh)
    for line in confirmed:
        for change in line.changes:
            if line.person and change.field == "vneid_on":
                confirm_vneid(actor_id, line.person.id, change.value, source)


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
