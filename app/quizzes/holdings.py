"""What tests keep about a person."""

from collections.abc import Sequence

from app.accounts.holdings import Holding, Row
from app.quizzes.models import Attempt
from app.ui.i18n import lazy_gettext as _l


def _both_open(row: Row, others: Sequence[Row]) -> bool:
    return row["submitted_at"] is None and any(
        other["submitted_at"] is None
        and (other["course_slug"], other["step_slug"]) == (row["course_slug"], row["step_slug"])
        for other in others
    )


HOLDINGS = (
    Holding(
        Attempt,
        _l("Lần làm kiểm tra"),
        # never the paper, which holds the right answers (rule 11)
        "course_slug step_slug started_at submitted_at percent passed answers",
        clash=_both_open,
        # on its device it is still answered, and comes in late
        on_clash="stay",
        erased={"answers": {}, "times": None},
    ),
)
