"""Writes of the count: attain, withdraw, and what is typed in beside it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select

from app.accounts import audit
from app.counts.models import Attainment, Denominator, Evidence, Target, VneidConfirmation
from app.db import insert_once
from app.extensions import db
from app.lib import clock
from app.units.models import Unit


def attain(
    person_id: int,
    indicator: str,
    unit_id: int | None,
    evidence: Evidence,
    award_id: int,
    attained_on: date,
) -> bool:
    """Count a person for an indicator; False when this person was counted already."""
    return insert_once(
        Attainment,
        person_id=person_id,
        indicator=indicator,
        unit_id=unit_id,
        evidence=evidence,
        award_id=award_id,
        attained_on=attained_on,
    )


def withdraw(award_id: int) -> list[tuple[int, str]]:
    """Take back what an award counted; returns the (person id, indicator) pairs now free."""
    rows = db.session.execute(
        delete(Attainment)
        .where(Attainment.award_id == award_id)
        .returning(Attainment.person_id, Attainment.indicator)
    )
    return [(person_id, indicator) for person_id, indicator in rows]


def forget(person_ids: Iterable[int]) -> None:
    """Take back all that these people were counted for, to count them anew."""
    db.session.execute(delete(Attainment).where(Attainment.person_id.in_(list(person_ids))))


def set_target(
    indicator: str, unit: Unit, year: int, kind: str, value: Decimal, source: str
) -> Target:
    """Set a year's target (`percent` or `absolute`) of an indicator in a unit."""
    target = db.session.scalars(
        select(Target).where(
            Target.indicator == indicator, Target.unit_id == unit.id, Target.year == year
        )
    ).one_or_none()
    if target is None:
        target = Target(indicator=indicator, unit_id=unit.id, year=year)
        db.session.add(target)
    target.kind, target.value, target.source = kind, value, source
    return target


def set_denominator(
    actor_id: int | None, indicator: str, unit: Unit, value: int, source: str, as_of: date
) -> Denominator:
    """Type in a denominator; the same unit and day again corrects it. Leaves an audit line."""
    key = {"indicator": indicator, "unit_id": unit.id, "as_of": as_of}
    insert_once(Denominator, **key, value=value, source=source, entered_at=clock.now())
    row = db.session.scalars(select(Denominator).filter_by(**key).with_for_update()).one()
    row.value, row.source = value, source
    row.entered_by, row.entered_at = actor_id, clock.now()
    audit.record(actor_id, "denominator", f"unit {unit.id}", f"{indicator}: {value} ({source})")
    return row


def confirm_vneid(actor_id: int | None, person_id: int, confirmed_on: date, source: str) -> None:
    """Record that VNeID shows this person as confirmed; a later record replaces the date."""
    row = db.session.get(VneidConfirmation, person_id)
    if row is None:
        row = VneidConfirmation(person_id=person_id)
        db.session.add(row)
    row.confirmed_on, row.source = confirmed_on, source
    row.entered_by, row.entered_at = actor_id, clock.now()
