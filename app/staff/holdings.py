"""What HR keeps about a person: what imports changed, and where a place of theirs was ended."""

from app.accounts.holdings import Holding
from app.staff.models import Departure, RosterLine
from app.ui.i18n import lazy_gettext as _l

# what an import made of a record is undone on that record or not at all
HOLDINGS = (
    Holding(RosterLine, _l("Thay đổi do nhập danh sách"), "made before after", moves=False),
    Holding(Departure, _l("Thôi làm, thôi học ở đơn vị"), "reason last_day ended_at undone_at"),
)
