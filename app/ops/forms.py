"""The forms that give a role and a sign-in."""

from datetime import date

from wtforms import (
    EmailField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from app.accounts.models import ROLE_TITLES, Role
from app.ops.actions import GrantProblem, Wish
from app.ops.handing_on import Standing
from app.ui.forms import Form, whole_day
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said
from app.units.queries import today


class DayField(StringField):
    """A day as one writes it, 05/03/2026; `day` is it, None where nothing was typed."""

    day: date | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if (self.data or "").strip():
            self.day = whole_day(self)


def refuse_past(field: DayField) -> None:
    """Say that a last day is over already."""
    if field.day and field.day < today():
        raise ValidationError(_("Ngày này đã qua."))


class AdminForm(Form):
    """A form about a person, to whom something may be in the way."""

    def complain(self, problem: GrantProblem) -> None:
        """Show why it cannot be done, at the field it is about."""
        field: Field = self[problem.field]
        field.errors = [*field.errors, said(problem)]


class GrantForm(AdminForm):
    """Who gets which role, where."""

    person = StringField(
        _l("Người nhận quyền"), [InputRequired(_l("Chưa ghi người nhận quyền.")), Length(max=120)]
    )
    role = SelectField(
        _l("Quyền"),
        [InputRequired(_l("Hãy chọn một quyền."))],
        choices=[
            SelectChoice("", _l("Chọn một quyền")),
            *(SelectChoice(str(role), ROLE_TITLES[role]) for role in Role),
        ],
    )
    reach = RadioField(
        _l("Quyền có hiệu lực ở đâu"),
        [InputRequired(_l("Hãy chọn một trong hai."))],
        choices=[
            SelectChoice("unit", _l("Một đơn vị và các đơn vị bên dưới")),
            SelectChoice("province", _l("Toàn tỉnh, thành phố")),
        ],
        default="unit",
    )
    unit = StringField(_l("Đơn vị"), [Length(max=160)])
    first_day = DayField(_l("Từ ngày"), [Optional()])
    last_day = DayField(_l("Đến hết ngày"), [Optional()])

    def validate_last_day(self, field: DayField) -> None:
        """A day that is not over, and not before the first one."""
        refuse_past(field)
        if field.day and self.first_day.day and field.day < self.first_day.day:
            raise ValidationError(_("Ngày cuối phải sau ngày đầu."))

    def only_units(self) -> None:
        """Leave out the whole province, for those who do not administer it."""
        self.reach.choices = self.reach.choices[:1]

    @property
    def wish(self) -> Wish:
        """What a valid form asks for."""
        unit = None if self.reach.data == "province" else self.unit.data or ""
        role = Role(self.role.data)
        return Wish(self.person.data, role, unit, self.first_day.day, self.last_day.day)


class StandInForm(AdminForm):
    """Who stands in for whom, until when and why."""

    grant = SelectField(_l("Việc nào"), coerce=int)
    full_name = StringField(
        _l("Họ và tên người làm thay"), [InputRequired(_l("Chưa ghi họ tên.")), Length(max=80)]
    )
    email = EmailField(
        _l("Thư điện tử người ấy dùng để đăng nhập"),
        [InputRequired(_l("Chưa có thư điện tử.")), Length(max=120)],
        filters=[lambda typed: typed and typed.strip().lower()],
    )
    last_day = DayField(_l("Làm thay đến hết ngày"), [InputRequired(_l("Chưa có ngày."))])
    reason = StringField(
        _l("Lý do"),
        [DataRequired(_l("Chưa ghi lý do.")), Length(max=300)],
        filters=[lambda text: text and " ".join(text.split())],
    )

    def validate_last_day(self, field: DayField) -> None:
        """A day that is not over."""
        refuse_past(field)

    @property
    def wish(self) -> Standing:
        """What a valid form asks for."""
        day = self.last_day.day
        assert day is not None
        typed = (self.full_name.data, self.email.data)
        return Standing(self.grant.data, *typed, day, self.reason.data)


class PasswordForm(AdminForm):
    """Who gets a password, for which e-mail; it shares its page with GrantForm."""

    person = StringField(
        _l("Người đăng nhập"),
        [InputRequired(_l("Chưa ghi người đăng nhập.")), Length(max=120)],
        id="password-person",
    )
    email = EmailField(
        _l("Thư điện tử để đăng nhập"),
        [
            InputRequired(_l("Chưa có thư điện tử.")),
            Length(max=120),
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z", message=_l("Hãy ghi đủ, ví dụ lan@banthach.vn.")),
        ],
        filters=[lambda typed: typed and typed.strip().lower()],
    )


class SecondFactorResetForm(AdminForm):
    """Who takes up the second factor anew; it shares its page with GrantForm."""

    person = StringField(
        _l("Người mất điện thoại"),
        [InputRequired(_l("Chưa ghi người nào.")), Length(max=120)],
        id="second-factor-person",
    )
