"""What the ledger of steps keeps about a person.

Credits and enrolments are the bare facts behind an award: they stand when a person is erased.
"""

from app.accounts.holdings import KEPT, Holding, one_for
from app.learning.models import Ask, Enrolment, ReminderChoice, StepCredit
from app.ui.i18n import lazy_gettext as _l

HOLDINGS = (
    Holding(
        Enrolment,
        _l("Khóa học đã ghi tên"),
        "course_slug last_step enrolled_at active_at",
        clash=one_for("course_slug"),
        erased={"last_step": ""},
    ),
    Holding(
        StepCredit,
        _l("Bài đã học xong"),
        "course_slug step_slug evidence score credited_at",
        clash=one_for("course_slug", "step_slug"),
        erased=KEPT,
    ),
    Holding(Ask, _l("Câu hỏi gửi người hỗ trợ"), "course_slug step_slug text asked_at answer"),
    Holding(ReminderChoice, _l("Chọn nhận lời nhắc"), "off_at last_sent_at", clash=one_for()),
)
