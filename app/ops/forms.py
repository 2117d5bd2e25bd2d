"""The forms that give a role and a sign-in."""

from wtforms import EmailField, Field, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from app.accounts.models import ROLE_TITLES, Role
from app.ops.actions import GrantProblem, Wish
from app.ui.forms import Form
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said


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

    def only_units(self) -> None:
        """Leave out the whole province, for those who do not administer it."""
        self.reach.choices = self.reach.choices[:1]

    @property
    def wish(self) -> Wish:
        """What a valid form asks for."""
        unit = None if self.reach.data == "province" else self.unit.data or ""
        return Wish(self.person.data, Role(self.role.data), unit)


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
