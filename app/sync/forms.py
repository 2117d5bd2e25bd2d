"""The form by which an administrator closes what waits."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.ui.forms import Form
from app.ui.i18n import lazy_gettext as _l


class CloseForm(Form):
    """Why an act is not taken in; the learner reads it."""

    note = StringField(
        _l("Lý do, người học đọc được"),
        [
            DataRequired(_l("Hãy ghi lý do.")),
            Length(max=300, message=_l("Lý do dài quá 300 ký tự.")),
        ],
    )
