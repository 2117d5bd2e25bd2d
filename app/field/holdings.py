"""What helpers' work keeps about a person: whom they help, who helps them, what was seen."""

from app.accounts.holdings import Holding, one_for
from app.field.models import HelpedPerson, ObservedAct
from app.ui.i18n import lazy_gettext as _l

HOLDINGS = (
    Holding(
        HelpedPerson,
        _l("Người hỗ trợ mình"),
        "how village since ended_at",
        clash=one_for("helper_id"),
        beside="helper_id",
    ),
    Holding(
        HelpedPerson,
        _l("Người mình hỗ trợ"),
        "how since ended_at",
        column="helper_id",
        clash=one_for("person_id"),
        beside="person_id",
    ),
    Holding(
        ObservedAct,
        _l("Việc đã làm được trước người hỗ trợ"),
        "course_slug step_slug item_id place observed_on",
        clash=one_for("course_slug", "step_slug", "item_id"),
        beside="helper_id",
        # seen by whom and when is a bare fact; in whose house is not
        erased={"place": ""},
    ),
)
