"""What the unit tree keeps about a person."""

from collections.abc import Sequence

from app.accounts.holdings import KEPT, Holding, Row, one_for
from app.ui.i18n import lazy_gettext as _l
from app.units.models import Membership
from app.units.operation_models import Placement
from app.units.queries import today


def _same_place(row: Row, others: Sequence[Row]) -> bool:
    """One is in a unit once, and lives in one place."""
    return any(
        other["kind"] == row["kind"]
        and _holds(row)
        and _holds(other)
        and (other["unit_id"] == row["unit_id"] or row["kind"] == "residence")
        for other in others
    )


def _holds(row: Row) -> bool:
    return row["valid_to"] is None or row["valid_to"] >= today()


HOLDINGS = (
    Holding(
        Membership,
        _l("Nơi ở, nơi làm việc, nơi học"),
        "kind unit_id position valid_from valid_to",
        clash=_same_place,
        # in which unit somebody was counted is a bare fact; what they did there is not
        erased={"position": ""},
    ),
    Holding(
        Placement,
        _l("Đơn vị kế tiếp khi đơn vị cũ được chia"),
        "confirmed_at",
        clash=one_for("old_id"),
        erased=KEPT,
    ),
)
