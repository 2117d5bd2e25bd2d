"""Times as they are said to a learner."""

from datetime import datetime, timedelta

from app.lib import clock
from app.lib.dates import local_time, short_date
from app.ui.i18n import gettext as _


def clock_words(moment: datetime) -> str:
    """A moment to come as one says it: "14 giờ 05 phút", with its day unless that is today.

    Seconds count as a whole minute, so that nobody is told to come too early.
    """
    local = local_time(moment)
    if local.second or local.microsecond:
        local = local.replace(second=0, microsecond=0) + timedelta(minutes=1)
    hour = _("%(hour)s giờ", hour=local.hour)
    if local.minute:
        hour = _("%(hour)s giờ %(minute)s phút", hour=local.hour, minute=f"{local.minute:02d}")
    days = (local.date() - local_time(clock.now()).date()).days
    if days == 0:
        return hour
    if days == 1:
        return _("%(hour)s ngày mai", hour=hour)
    return _("%(hour)s ngày %(day)s", hour=hour, day=short_date(local.date()))
