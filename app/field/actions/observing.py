"""A helper saw a learner do the acts of a practical: the way past the final test."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from app.accounts import audit, operations
from app.accounts.signed_in import SignedIn
from app.content.models import Course, Step
from app.counts.models import Evidence
from app.db import insert_once
from app.extensions import db
from app.field import queries
from app.field.actions.sessions import beside
from app.field.models import ObservedAct
from app.learning.actions import Completion, complete_step
from app.learning.queries import progress
from app.lib import clock


@dataclass(frozen=True)
class Seen:
    """What was seen: ids of the practical's items, where, on which day."""

    items: Collection[str]
    place: str
    on: date


def observe(
    learner: SignedIn, course: Course, practical: Step, seen: Seen, op_id: str
) -> Completion | None:
    """The helper of the session saw the learner do these acts by themselves.

    With the last act the practical is completed, and counts for the test it stands for; returns
    what that led to, else None. What was seen before stays as it was. Unknown items are left
    out. Raises OperationConflict.
    """
    helper = beside(learner)
    items = [item.id for item in practical.items if item.id in seen.items]
    content = [course.slug, practical.slug, items, seen.place, seen.on.isoformat()]
    if operations.begin(op_id, learner.id, "observe", content) is None and items:
        for item in items:
            facts = {**_key(learner, course, practical), **_by(helper.id, course, seen)}
            insert_once(ObservedAct, item_id=item, **facts)
        detail = f"{course.slug}/{practical.slug}: {', '.join(items)} · {seen.on:%d/%m/%Y}"
        audit.record(helper.id, "observe", f"person {learner.id}", detail)
    known = queries.observed(learner.id, course.slug, practical.slug)
    if not practical.items or any(item.id not in known for item in practical.items):
        return None
    return complete_step(learner, course, practical, Evidence.ASSISTED, f"seen-{op_id}")


def _key(learner: SignedIn, course: Course, practical: Step) -> dict[str, object]:
    return {
        "person_id": learner.id,
        "course_slug": course.slug,
        "step_slug": practical.slug,
    }


def _by(helper_id: int, course: Course, seen: Seen) -> dict[str, object]:
    return {
        "version": course.version,
        "helper_id": helper_id,
        "place": seen.place,
        "observed_on": seen.on,
        "recorded_at": clock.now(),
    }


def take_back(learner: SignedIn, course: Course, practical: Step, item: str, op_id: str) -> None:
    """The helper ticked an act by mistake and takes it back: their own tick, and only until the
    practical is completed."""
    helper = beside(learner)
    content = [course.slug, practical.slug, item]
    if operations.begin(op_id, learner.id, "take_back", content):
        return
    if practical.slug in progress(learner.id, course).done:
        return
    db.session.execute(
        delete(ObservedAct).where(
            ObservedAct.person_id == learner.id,
            ObservedAct.course_slug == course.slug,
            ObservedAct.step_slug == practical.slug,
            ObservedAct.item_id == item,
            ObservedAct.helper_id == helper.id,
        )
    )
    detail = f"{course.slug}/{practical.slug}: {item}"
    audit.record(helper.id, "take_back", f"person {learner.id}", detail)
