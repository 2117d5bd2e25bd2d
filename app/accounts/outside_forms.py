"""Forms of whoever comes by another's sign-in: prove who you are here, or begin."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.forms import RegistrationForm
from app.lib.ids import is_code, normalise_code
from app.lib.phones import PhoneProblem, normalise
from app.ui.forms import Form
from app.ui.i18n import lazy_gettext as _l


class ProofForm(Form):
    """Phone and PIN, e-mail and password, or the code that a helper gave."""

    login = StringField(_l("Số điện thoại hoặc thư điện tử đã dùng ở đây"), [Length(max=120)])
    secret = PasswordField(_l("Mã PIN hoặc mật khẩu"), [Length(max=200)])
    code = StringField(_l("Hoặc dãy chữ mà người hỗ trợ đưa"), [Length(max=40)])

    @property
    def helpers_code(self) -> str | None:
        """The code, when one was typed."""
        code = normalise_code(self.code.data or "")
        return code if is_code(code) else None

    @property
    def way(self) -> tuple[str, str]:
        """Kind of credential and login: ("pin", phone) or ("password", e-mail)."""
        typed = (self.login.data or "").strip().lower()
        if "@" in typed:
            return "password", typed
        try:
            return "pin", normalise(typed)
        except PhoneProblem:
            return "pin", typed


class BeginForm(RegistrationForm):
    """As registering, without phone and PIN: the other side's sign-in is the way in."""

    phone = pin = pin_again = None  # type: ignore[assignment]
    full_name = StringField(_l("Họ và tên"), [InputRequired(_l("Chưa có họ và tên."))])
    validate_pin = None  # type: ignore[assignment]
