"""The form in which a denominator is typed in."""

import re

from wtforms import Field, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from app.lib.vietnamese import nfc
from app.ui.forms import Form, whole_day
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.units.queries import today

# "149000", "149.000", "149 000"
WHOLE_NUMBER = re.compile(r"\d{1,40}|\d{1,3}([.\s]\d{3}){1,12}")
MOST_PERSONS = 100_000_000


class DenominatorForm(Form):
    """How many people an indicator is measured against in a unit, on which day, who says so."""

    unit = SelectField(_l("Đơn vị"), coerce=int)
    value = StringField(_l("Số người"), [DataRequired(_l("Chưa có số người."))])
    source = StringField(
        _l("Lấy số này ở đâu"),
        [
            DataRequired(_l("Chưa ghi nguồn. Mẫu số không có nguồn thì không ai kiểm tra được.")),
            Length(max=200, message=_l("Nguồn dài quá 200 ký tự. Hãy ghi ngắn lại.")),
        ],
        filters=[lambda text: " ".join(nfc(text or "").split())],
    )
    as_of = StringField(_l("Số này tính đến ngày nào"), [DataRequired(_l("Chưa có ngày."))])

    def validate_value(self, field: Field) -> None:
        """Understand the number; it becomes `persons`."""
        text = (field.data or "").strip()
        if not text.isascii() or not WHOLE_NUMBER.fullmatch(text):
            raise ValidationError(_("Hãy ghi một số nguyên, như 149.000 hoặc 149000."))
        self.persons = int(re.sub(r"[.\s]", "", text))
        if not 0 < self.persons <= MOST_PERSONS:
            raise ValidationError(_("Số người phải từ 1 đến 100.000.000."))

    def validate_as_of(self, field: Field) -> None:
        """Understand the day; it becomes `day`."""
        self.day = whole_day(field)
        if self.day > today():
            raise ValidationError(_("Ngày này chưa tới. Hãy ghi ngày mà nguồn số liệu nêu."))
