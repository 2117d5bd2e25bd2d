"""The one write of the board: a denominator is typed in."""

from datetime import date

from app.accounts import operations
from app.accounts.signed_in import Someone
from app.counts import actions as counts
from app.units.models import Unit


def set_denominator(
    actor: Someone,
    op_id: str,
    indicator: str,
    unit: Unit,
    *,
    value: int,
    source: str,
    as_of: date,
) -> None:
    """Enter how many people an indicator is measured against in a unit; once per `op_id`.

    The same unit and day again corrects the number. Raises OperationConflict.
    """
    content = [indicator, unit.id, value, source, as_of.isoformat()]
    if operations.begin(op_id, actor.id, "set_denominator", content) is None:
        counts.set_denominator(actor.id, indicator, unit, value, source, as_of)
