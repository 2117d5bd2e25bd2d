"""What came in late keeps about a person. A device's ticket stays with the record it was made
for: what comes by it lands on whoever that record belongs to (app.sync.people)."""

from app.accounts.holdings import Holding
from app.sync.models import DeviceTicket, SyncedOperation
from app.ui.i18n import lazy_gettext as _l

HOLDINGS = (
    Holding(
        SyncedOperation,
        _l("Việc gửi lên sau khi mất mạng"),
        "kind course_slug step_slug state reason claimed_at received_at note",
        # the op id is kept, so that a late copy is known; what it said is not
        erased={"payload": None, "outcome": None, "note": "", "ticket_id": None},
    ),
    Holding(DeviceTicket, _l("Máy được gửi bài thay mình"), "made_at expires_at", moves=False),
)
