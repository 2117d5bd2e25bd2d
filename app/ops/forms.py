"""The forms that give a role and a sign-in."""

from wtforms import EmailField, Field, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from app.accounts.models import ROLE_TITLES, Role
from app.ops.actions import GrantProblem, Wish
from app.ui.forms import Form


class AdminForm(Form):
    """A form about a person, to whom something may be in the way."""

    def complain(self, problem: GrantProblem) -> None:
        """Show why it cannot be done, at the field it is about."""
        field: Field = self[problem.field]
        field.errors = [*field.errors, str(problem)]


class GrantForm(AdminForm):
    """Who gets which role, where."""

    person = StringField(
        "Người nhận quyền", [InputRequired("Chưa ghi người nhận quyền."), Length(max=120)]
    )
    role = SelectField(
        "Quyền",
        [InputRequired("Hãy chọn một quyền.")],
        choices=[
            SelectChoice("", "Chọn một quyền"),
            *(SelectChoice(str(role), ROLE_TITLES[role]) for role in Role),
        ],
    )
    reach = RadioField(
        "Quyền có hiệu lực ở đâu",
        [InputRequired("Hãy chọn một trong hai.")],
        choices=[
            SelectChoice("unit", "Một đơn vị và các đơn vị bên dưới"),
            SelectChoice("province", "Toàn tỉnh, thành phố"),
        ],
        default="unit",
    )
    unit = StringField("Đơn vị", [Length(max=160)])

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
        "Người đăng nhập",
        [InputRequired("Chưa ghi người đăng nhập."), Length(max=120)],
        id="password-person",
    )
    email = EmailField(
        "Thư điện tử để đăng nhập",
        [
            InputRequired("Chưa có thư điện tử."),
            Length(max=120),
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z", message="Hãy ghi đủ, ví dụ lan@banthach.vn."),
        ],
        filters=[lambda typed: typed and typed.strip().lower()],
    )
