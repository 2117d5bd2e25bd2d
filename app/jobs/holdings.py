"""What jobs keep about a person: what they asked for."""

from app.accounts.holdings import Holding
from app.jobs.models import Job
from app.ui.i18n import lazy_gettext as _l

HOLDINGS = (Holding(Job, _l("Việc đã nhờ máy làm"), "kind state created_at finished_at message"),)
