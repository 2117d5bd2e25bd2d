"""The form that gives a role."""

from wtforms import Field, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.models import ROLE_TITLES, Role
from app.ops.actions import GrantProblem, Wish
from app.ui.forms import Form


class GrantForm(Form):
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

    def complain(self, problem: GrantProblem) -> None:
        """Show why the role cannot be given, at the field it is about."""
        field: Field = self[problem.field]
        field.errors = [*field.errors, str(problem)]
