"""Forms about where a person belongs."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from app.ui.forms import Form
from app.ui.i18n import lazy_gettext as _l


def _unit_id(value: str | int | None) -> int | None:
    return int(value) if value else None


class ResidenceForm(Form):
    """Where the learner lives: a commune of today."""

    commune = SelectField(
        _l("Xã, phường đang ở"),
        [InputRequired(_l("Hãy chọn xã, phường đang ở."))],
        coerce=_unit_id,
    )
