"""What a reader left in lessons."""

from app.accounts.holdings import Holding, one_for
from app.lessons.models import Mark, ReadingPlace
from app.ui.i18n import lazy_gettext as _l

HOLDINGS = (
    Holding(
        ReadingPlace,
        _l("Chỗ đang đọc"),
        "course_slug step_slug paragraph read_at",
        clash=one_for("course_slug", "step_slug"),
    ),
    Holding(
        Mark,
        _l("Ghi chú, đánh dấu"),
        "kind course_slug step_slug text marked_at",
        clash=one_for("op_id"),
    ),
)
