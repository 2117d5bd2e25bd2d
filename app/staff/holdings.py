"""What imports of rosters keep about a person: what each one changed, so that it can be undone."""

from app.accounts.holdings import Holding
from app.staff.models import RosterLine
from app.ui.i18n import lazy_gettext as _l

# what an import made of a record is undone on that record or not at all
HOLDINGS = (
    Holding(RosterLine, _l("Thay đổi do nhập danh sách"), "made before after", moves=False),
)
