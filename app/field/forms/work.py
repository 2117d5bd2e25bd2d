"""What a helper saw, answers, and whom the people of a commune may call."""

from datetime import timedelta

from wtforms import BooleanField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.accounts.forms import PhoneField
from app.field.forms.yes import name_or_invalid, place_field, trimmed
from app.learning.asks import LONGEST_ANSWER
from app.lib.clock import now
from app.lib.dates import local_date, parse_vietnamese_date, short_date
from app.lib.free_text import free_text
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said
from app.units.actions import Contact

# a paper filled in on a walk through the villages is typed in at home, not a year later
OLDEST_DAYS = 60


class ObservedForm(Form):
    """What a helper saw, where and on which day."""

    place = place_field(_l("Xem ở đâu?"))
    day = StringField(_l("Ngày xem"), [InputRequired(_l("Chưa có ngày."))])

    def __init__(self, place: str) -> None:
        super().__init__(place=place, day=short_date(local_date(now())))

    def validate_day(self, field: StringField) -> None:
        """A day of late, not of the future; it becomes `on`."""
        try:
            self.on, precision = parse_vietnamese_date(field.data)
        except ValueError as problem:
            raise ValidationError(said(problem)) from None
        today = local_date(now())
        if precision == "year":
            raise ValidationError(_("Hãy ghi đủ ngày, tháng, năm."))
        if not today - timedelta(days=OLDEST_DAYS) <= self.on <= today:
            raise ValidationError(
                _("Ngày xem phải trong %(days)s ngày gần đây, không sau hôm nay.", days=OLDEST_DAYS)
            )


class AnswerForm(Form):
    """A helper's answer to a question."""

    text = TextAreaField(
        _l("Trả lời"),
        [DataRequired(_l("Chưa có câu trả lời.")), Length(max=LONGEST_ANSWER)],
        filters=[lambda typed: free_text(typed or "")],
    )


class ContactForm(Form):
    """Somebody of the community digital team, whose name and phone everybody may see."""

    full_name = StringField(_l("Họ và tên"), [InputRequired(_l("Chưa có họ và tên."))])
    phone = PhoneField(_l("Số điện thoại"), [InputRequired(_l("Chưa có số điện thoại."))])
    place = StringField(
        _l("Thôn, tổ dân phố, hoặc giúp việc gì"),
        [Optional(), Length(max=120)],
        filters=[trimmed],
    )
    agreed = BooleanField(
        _l("Người này đồng ý cho mọi người thấy họ tên và số điện thoại"),
        [InputRequired(_l("Cần người này đồng ý rồi mới đưa lên."))],
    )

    def validate_full_name(self, field: StringField) -> None:
        """Keep the name tidy."""
        name_or_invalid(field)

    @property
    def contact(self) -> Contact:
        """Whom a valid form adds."""
        return Contact(self.full_name.data, self.phone.data, self.place.data)
