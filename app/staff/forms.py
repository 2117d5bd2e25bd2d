"""Forms of the staff room."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, ValidationError
from wtforms.validators import InputRequired

from app.staff.columns import CHOICES
from app.staff.plan import Answer
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

KINDS = (
    SelectChoice("work", _l("Người làm việc ở đơn vị")),
    SelectChoice("school", _l("Học sinh, sinh viên của trường")),
)
ANSWER_FIELD = "row-"
COLUMN_FIELD = "column-"


class UploadForm(Form):
    """A roster to look at: which file, for which unit, of staff or of pupils."""

    unit = SelectField(_l("Đơn vị"), coerce=int)
    kind = RadioField(_l("Đây là danh sách"), choices=KINDS, default="work")
    file = FileField(_l("Tệp danh sách"))

    def validate_file(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Chưa chọn tệp. Hãy chọn tệp Excel (.xlsx) hoặc CSV."))


class ImportForm(Form):
    """Import the roster that was shown: the signed slip, and which rows."""

    roster = HiddenField(validators=[InputRequired(_l("Trang mở đã lâu. Hãy tải tệp lên lại."))])
    rows = HiddenField(default="all")

    @property
    def only_good_rows(self) -> bool:
        """Whether rows with mistakes shall be left out."""
        return bool(self.rows.data == "good")


def answers(values: Any) -> dict[int, Answer]:
    """What was said about the rows in doubt, by row number; anything unreadable is left out."""
    known = {answer.value: answer for answer in Answer}
    return {
        int(name.removeprefix(ANSWER_FIELD)): known[value]
        for name, value in values.items()
        if name.startswith(ANSWER_FIELD)
        and name.removeprefix(ANSWER_FIELD).isdecimal()
        and len(name) < 16
        and value in known
    }


def columns(values: Any) -> dict[str, int] | None:
    """What was said about the columns, by field; None when two are said to be the same."""
    found: dict[str, int] = {}
    for name, field in values.items():
        number = name.removeprefix(COLUMN_FIELD)
        if not name.startswith(COLUMN_FIELD) or not number.isdecimal() or len(number) > 4:
            continue
        if field in found:
            return None
        if field in CHOICES:
            found[field] = int(number)
    return found
