"""Forms about whole records."""

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from app.ui.forms import Form
from app.ui.i18n import lazy_gettext as _l


class MergeForm(Form):
    """Two records are of one human being: which one stays, and it was looked at."""

    keep = RadioField(_l("Giữ hồ sơ nào?"), coerce=int)
    sure = BooleanField(
        _l("Tôi đã xem lại: hai hồ sơ này là của cùng một người."),
        [InputRequired(_l("Hãy xem lại hai hồ sơ rồi đánh dấu ô này."))],
    )
