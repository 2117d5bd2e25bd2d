"""Forms about where a person belongs."""

from wtforms import SelectField

from app.ui.forms import Form


class ResidenceForm(Form):
    """Where the learner lives: a commune of today."""

    commune = SelectField("Xã, phường đang ở", coerce=int)
