"""Incidents with personal data: noted, worked on, reported within 72 hours, closed."""

from datetime import datetime

from app.accounts import audit, operations
from app.accounts.signed_in import Someone
from app.extensions import db
from app.lib import clock
from app.persons.models import DataIncident

STEPS = {"reported": "reported_at", "told": "told_people_at", "closed": "closed_at"}


def note_incident(
    actor: Someone, title: str, happened: str, people: int | None, found_at: datetime, op_id: str
) -> DataIncident:
    """Somebody found that data was lost, seen or changed; the clock runs from `found_at`.

    `people`: how many it is about, None while unknown. Raises OperationConflict.
    """
    content = [title, happened, people, found_at.isoformat()]
    replay = operations.begin(op_id, actor.id, "new_incident", content)
    if replay:
        return db.session.get_one(DataIncident, int(replay.outcome))
    incident = DataIncident(
        title=title,
        happened=happened,
        people=people,
        found_at=found_at,
        recorded_by=actor.id,
        recorded_at=clock.now(),
    )
    db.session.add(incident)
    db.session.flush()
    audit.record(actor.id, "new_incident", f"incident {incident.id}")
    operations.conclude(op_id, str(incident.id))
    return incident


def change_incident(
    actor: Someone,
    incident: DataIncident,
    happened: str,
    people: int | None,
    measures: str,
    op_id: str,
) -> None:
    """Write down what is known by now and what was done. Raises OperationConflict."""
    content = [incident.id, happened, people, measures]
    if operations.begin(op_id, actor.id, "change_incident", content):
        return
    incident.happened, incident.people, incident.measures = happened, people, measures
    audit.record(actor.id, "change_incident", f"incident {incident.id}", "nội dung")


def take_step(actor: Someone, incident: DataIncident, step: str, op_id: str) -> None:
    """Note that the authority was "reported" to, people "told", the matter "closed": now.

    What was noted before stays. Raises OperationConflict.
    """
    if operations.begin(op_id, actor.id, "change_incident", [incident.id, step]):
        return
    name = STEPS[step]
    if getattr(incident, name) is None:
        setattr(incident, name, clock.now())
        audit.record(actor.id, "change_incident", f"incident {incident.id}", step)
