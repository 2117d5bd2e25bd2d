"""The form that asks whoever was listed by an office whether they agree."""

from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.accounts import notices
from app.accounts.forms import or_invalid
from app.lib.vietnamese import tidy_name
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l


class ConsentForm(Form):
    """What somebody agrees to, each purpose by itself; a guardian agrees with a child."""

    learning = BooleanField(
        _l("Tôi đồng ý"), [InputRequired(_l("Cần đồng ý ở ô này thì mới ghi lại được việc học."))]
    )
    letters = BooleanField(_l("Tôi đồng ý nhận thư"))
    guardian = StringField(_l("Cha, mẹ hoặc người giám hộ đồng ý"), [Length(max=80)])

    def __init__(self, child: bool) -> None:
        super().__init__()
        self.child = child

    def validate_guardian(self, field: StringField) -> None:
        """Under 16 somebody grown up must agree."""
        if self.child and not (field.data or "").strip():
            raise ValidationError(
                _("Người học chưa đủ 16 tuổi: hãy ghi họ tên cha, mẹ hoặc người giám hộ đồng ý.")
            )
        if self.child:
            field.data = or_invalid(tidy_name, field.data)

    @property
    def purposes(self) -> list[str]:
        """Those that were ticked in a valid form."""
        return [purpose for purpose in notices.PURPOSES if self[purpose].data]
