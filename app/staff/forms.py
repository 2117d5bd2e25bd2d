"""Forms of the staff room."""

from datetime import timedelta
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired

from app.content.programme import Programme
from app.staff.columns import CHOICES
from app.staff.desks import Desk
from app.staff.leaving import REASONS
from app.staff.lists import STATE_WORDS
from app.staff.monthly import LAST_DAY
from app.staff.plan import Answer
from app.ui.forms import Form, whole_day
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said
from app.units.models import Membership
from app.units.queries import today

KINDS = (
    SelectChoice("work", _l("Người làm việc ở đơn vị")),
    SelectChoice("school", _l("Học sinh, sinh viên của trường")),
)
ANSWER_FIELD = "row-"
COLUMN_FIELD = "column-"
YEARS_AHEAD = 5
DAYS = tuple(SelectChoice(day, str(day)) for day in range(1, LAST_DAY + 1))
FORMS = (SelectChoice("xlsx", "Excel"), SelectChoice("pdf", "PDF"), SelectChoice("csv", "CSV"))


class UploadForm(Form):
    """A roster to look at: which file, for which unit, of staff or of pupils."""

    unit = SelectField(_l("Đơn vị"), coerce=int)
    kind = RadioField(_l("Đây là danh sách"), choices=KINDS, default="work")
    file = FileField(_l("Tệp danh sách"))

    def validate_file(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(
                _("Chưa chọn tệp. Hãy chọn tệp Excel (.xlsx, .xls), LibreOffice (.ods) hoặc CSV.")
            )


class ImportForm(Form):
    """Import the roster that was shown: the signed slip, and which rows."""

    roster = HiddenField(validators=[InputRequired(_l("Trang mở đã lâu. Hãy tải tệp lên lại."))])
    rows = HiddenField(default="all")

    @property
    def only_good_rows(self) -> bool:
        """Whether rows with mistakes shall be left out."""
        return bool(self.rows.data == "good")


class AssignForm(Form):
    """Give a course to a unit, or to one audience group of its people, with a day."""

    unit = SelectField(_l("Đơn vị"), coerce=int)
    course = SelectField(_l("Khóa học"))
    group = SelectField(_l("Ai trong đơn vị"), default="")
    due_on = StringField(_l("Học xong chậm nhất ngày"), [DataRequired(_l("Chưa có ngày."))])

    def offer(self, desk: Desk, programme: Programme) -> None:
        """What may be chosen at this desk; groups that tell of health or origin are not."""
        self.unit.choices = [(unit.id, unit.name) for unit in desk.units]
        self.course.choices = [(course.slug, course.title) for course in desk.courses]
        groups = [group for group in programme.groups if not group.sensitive]
        self.group.choices = [
            ("", _("Tất cả mọi người")),
            *((group.id, _(group.title)) for group in groups),
        ]

    def validate_due_on(self, field: Field) -> None:
        """Understand the day; it becomes `day`."""
        self.day = whole_day(field)
        if self.day < today():
            raise ValidationError(_("Ngày này đã qua. Hãy chọn hôm nay hoặc một ngày sau."))
        if self.day.year > today().year + YEARS_AHEAD:
            raise ValidationError(_("Ngày này xa quá. Hãy xem lại năm."))


class MonthlyForm(Form):
    """A list that makes itself every month."""

    unit = SelectField(_l("Đơn vị"), coerce=int)
    course = SelectField(_l("Khóa học"))
    state = SelectField(_l("Những ai"), default="")
    form = SelectField(_l("Loại tệp"), choices=FORMS)
    day = SelectField(_l("Ngày lập trong tháng"), coerce=int, choices=DAYS, default=1)

    def offer(self, desk: Desk) -> None:
        """What may be chosen at this desk."""
        self.unit.choices = [(unit.id, unit.name) for unit in desk.units]
        self.course.choices = [(course.slug, course.title) for course in desk.courses]
        states = [(state.value, said(words)) for state, words in STATE_WORDS.items()]
        self.state.choices = [("", _("Tất cả")), *states]


class LeaveForm(Form):
    """Somebody's place of work or study ends: why, and with which day."""

    reason = RadioField(_l("Vì sao"), validators=[InputRequired(_l("Hãy chọn một mục."))])
    last_day = StringField(_l("Ngày cuối ở đơn vị"), [DataRequired(_l("Chưa có ngày."))])

    def offer(self, place: Membership) -> None:
        """Which place it is about."""
        self.place = place
        self.reason.choices = [(key, said(words)) for key, words in REASONS.items()]

    def validate_last_day(self, field: Field) -> None:
        """Understand the day; it becomes `day`."""
        self.day = whole_day(field)
        if self.day < self.place.valid_from - timedelta(days=1):
            raise ValidationError(_("Ngày này trước khi người đó vào đơn vị. Hãy xem lại."))
        if self.day > today():
            raise ValidationError(_("Ngày này chưa tới. Hãy ghi lại khi người đó đã nghỉ."))


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
