"""Forms about where a person belongs."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from app.ui.forms import Form


def _unit_id(value: str | int | None) -> int | None:
    return int(value) if value else None


class ResidenceForm(Form):
    """Where the learner lives: a commune of today."""

    commune = SelectField(
        "Xã, phường đang ở", [InputRequired("Hãy chọn xã, phường đang ở.")], coerce=_unit_id
    )
