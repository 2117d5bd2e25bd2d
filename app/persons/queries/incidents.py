"""Reads of incidents with personal data."""

from sqlalchemy import select

from app.extensions import db
from app.persons.models import DataIncident


def incidents() -> list[DataIncident]:
    """Every incident, those open first, the newest on top."""
    found = select(DataIncident).order_by(
        DataIncident.closed_at.is_not(None), DataIncident.found_at.desc(), DataIncident.id.desc()
    )
    return list(db.session.scalars(found.limit(500)))


def incident(incident_id: int) -> DataIncident | None:
    """One incident, or None."""
    return db.session.get(DataIncident, incident_id)
