"""What the count keeps about a person. Attainments are derived from the register and not here."""

from app.accounts.holdings import KEPT, Holding, one_for
from app.counts.models import VneidConfirmation
from app.ui.i18n import lazy_gettext as _l

HOLDINGS = (
    Holding(
        VneidConfirmation,
        _l("Xác nhận VNeID"),
        "confirmed_on source entered_at",
        clash=one_for(),
        erased=KEPT,
    ),
)
