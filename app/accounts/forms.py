"""Forms of registration and sign-in."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    ValidationError,
    widgets,
)
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from app.accounts.ages import ADULT_CONSENT_AGE
from app.accounts.needs import TITLES
from app.lib import phones
from app.lib.clock import now
from app.lib.dates import local_date, parse_vietnamese_date
from app.lib.ids import PIN_LENGTH, guessable_pin, is_code, normalise_code, weak_pin
from app.lib.passwords import guessable
from app.lib.vietnamese import tidy_name
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said

PASSWORD_LENGTH = 12


class PhoneField(TelField):
    """A Vietnamese mobile number, however it is written; its data is "0xxxxxxxxx"."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed: str = valuelist[0] if valuelist else ""
        self.data: str = self.typed
        if self.typed.strip():
            try:
                self.data = phones.normalise(self.typed)
            except phones.PhoneProblem as problem:
                raise ValueError(said(problem)) from None

    def _value(self) -> str:
        return getattr(self, "typed", None) or self.data or ""


class SignInForm(Form):
    """A learner signs in with phone and PIN."""

    phone = PhoneField(_l("Số điện thoại"), [InputRequired(_l("Chưa có số điện thoại."))])
    pin = PasswordField(
        _l("Mã PIN"),
        [InputRequired(_l("Chưa có mã PIN.")), Length(max=64)],
        description=_l("6 chữ số"),
    )


class StaffSignInForm(Form):
    """Staff sign in with e-mail and password."""

    email = EmailField(
        _l("Thư điện tử"), [InputRequired(_l("Chưa có thư điện tử.")), Length(max=120)]
    )
    password = PasswordField(
        _l("Mật khẩu"), [InputRequired(_l("Chưa có mật khẩu.")), Length(max=200)]
    )


class PinForm(Form):
    """The PIN of somebody whose name or card was shown."""

    pin = PasswordField(_l("Mã PIN"), [InputRequired(_l("Chưa có mã PIN.")), Length(max=64)])


class CodeForm(Form):
    """The code under the QR code of a card, or the one that a helper gave."""

    code = StringField(
        _l("Dãy chữ trên thẻ"), [InputRequired(_l("Chưa gõ dãy chữ.")), Length(max=40)]
    )

    def validate_code(self, field: StringField) -> None:
        """A slip of the finger is told at once; whether there is such a card is not."""
        if not is_code(normalise_code(field.data)):
            raise ValidationError(_("Dãy chữ chưa đúng: xem lại từng chữ, gồm 10 chữ và số."))


def six_digits(_form: Form, field: PasswordField) -> None:
    """A PIN of six digits that are no simple row."""
    if not (field.data.isascii() and field.data.isdigit() and len(field.data) == PIN_LENGTH):
        raise ValidationError(_("Mã PIN gồm đúng 6 chữ số."))
    if problem := weak_pin(field.data):
        raise ValidationError(said(problem))


class NewPinForm(Form):
    """A PIN is set, typed twice."""

    pin = PasswordField(_l("Đặt mã PIN"), [InputRequired(_l("Chưa có mã PIN.")), six_digits])
    pin_again = PasswordField(
        _l("Nhập lại mã PIN"),
        [
            InputRequired(_l("Hãy nhập mã PIN lần nữa.")),
            EqualTo("pin", _l("Hai mã PIN không giống nhau.")),
        ],
    )


class NewPasswordForm(Form):
    """A password is set, typed once: it can be shown."""

    password = PasswordField(
        _l("Mật khẩu mới"),
        [
            InputRequired(_l("Chưa có mật khẩu.")),
            Length(PASSWORD_LENGTH, 200, _l("Mật khẩu cần từ 12 ký tự.")),
        ],
    )

    def validate_password(self, field: PasswordField) -> None:
        """No row of the same few characters, nor words that everybody here would try."""
        if guessable(field.data):
            raise ValidationError(_("Mật khẩu này dễ đoán. Hãy chọn vài từ khác nhau, lạ hơn."))


class ChangePinForm(NewPinForm):
    """The PIN is changed by whoever knows the old one."""

    current = PasswordField(
        _l("Mã PIN đang dùng"), [InputRequired(_l("Chưa có mã PIN đang dùng.")), Length(max=64)]
    )


class ChangePasswordForm(NewPasswordForm):
    """The password is changed by whoever knows the old one."""

    current = PasswordField(
        _l("Mật khẩu đang dùng"),
        [InputRequired(_l("Chưa có mật khẩu đang dùng.")), Length(max=200)],
    )


class LetterForm(Form):
    """To which e-mail address the link goes."""

    email = EmailField(
        _l("Thư điện tử"),
        [
            InputRequired(_l("Chưa có thư điện tử.")),
            Length(max=120),
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z", message=_l("Hãy ghi đủ, ví dụ lan@banthach.vn.")),
        ],
        filters=[lambda typed: typed and typed.strip().lower()],
    )


class AddressForm(LetterForm):
    """Where a learner wants letters."""

    consent = BooleanField(
        _l("Tôi đồng ý để hệ thống lưu địa chỉ này, chỉ để nhắc học và giúp đặt lại mã PIN."),
        [InputRequired(_l("Cần đồng ý ở ô này thì mới gửi thư được."))],
    )


class SecondFactorForm(Form):
    """A code of the authenticator app, or a recovery code."""

    code = StringField(_l("Mã xác nhận"), [InputRequired(_l("Chưa gõ mã.")), Length(max=40)])


class PasskeyForm(Form):
    """A passkey that the browser made or showed, and what its owner calls it."""

    credential = HiddenField()
    name = StringField(_l("Tên khóa"), [InputRequired(_l("Chưa đặt tên.")), Length(max=60)])


class ShownNameForm(Form):
    """Under which name somebody stands on a shared device."""

    name = SelectField(_l("Tên hiện trên máy này"))


class NeedsForm(Form):
    """How somebody wants to learn; nothing is ticked for them."""

    needs = SelectMultipleField(
        _l("Anh chị học thế nào thì dễ?"),
        choices=[SelectChoice(need, title) for need, title in TITLES.items()],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )


class ChoosePersonForm(Form):
    """Several people of a family share a phone and a PIN: who is it?"""

    person = SelectField(_l("Ai đang học?"), coerce=int)


class RegistrationForm(Form):
    """A learner registers; the only secret is a PIN of six digits."""

    full_name = StringField(_l("Họ và tên"), [InputRequired(_l("Chưa có họ và tên."))])
    birth = StringField(
        _l("Ngày sinh"),
        [InputRequired(_l("Chưa có ngày sinh."))],
        description=_l("Ví dụ 05/02/1961. Không nhớ ngày thì ghi năm: 1961"),
    )
    phone = PhoneField(
        _l("Số điện thoại"),
        [InputRequired(_l("Chưa có số điện thoại."))],
        description=_l("Cả nhà dùng chung một số cũng được"),
    )
    group = SelectField(_l("Muốn học bài dành cho ai?"), [InputRequired(_l("Hãy chọn một nhóm."))])
    guardian = StringField(
        _l("Cha, mẹ hoặc người giám hộ"),
        [Length(max=80)],
        description=_l("Chỉ cần khi người học chưa đủ 16 tuổi: họ tên người đồng ý cho em học"),
    )
    pin = PasswordField(
        _l("Đặt mã PIN"),
        [InputRequired(_l("Chưa có mã PIN."))],
        description=_l("6 chữ số dễ nhớ với mình, khó đoán với người khác"),
    )
    pin_again = PasswordField(
        _l("Nhập lại mã PIN"),
        [
            InputRequired(_l("Hãy nhập mã PIN lần nữa.")),
            EqualTo("pin", _l("Hai mã PIN không giống nhau.")),
        ],
    )
    consent = BooleanField(
        _l(
            "Tôi đồng ý để hệ thống lưu họ tên, ngày sinh, số điện thoại và việc học của tôi, "
            "chỉ dùng cho việc học và cấp giấy chứng nhận."
        ),
        [InputRequired(_l("Cần đồng ý ở ô này thì mới ghi lại được việc học."))],
    )

    def validate_full_name(self, field: StringField) -> None:
        """Keep the name tidy; say what is wrong with it."""
        field.data = or_invalid(tidy_name, field.data)

    def validate_birth(self, field: StringField) -> None:
        """Understand the birth date; it becomes `birth_date` and `birth_precision`."""
        self.birth_date, self.birth_precision = or_invalid(parse_vietnamese_date, field.data)
        if not 1900 <= self.birth_date.year <= local_date(now()).year:
            raise ValidationError(_("Năm sinh phải từ 1900 đến năm nay."))

    def validate_pin(self, field: PasswordField) -> None:
        """Six digits that are not too easy to guess."""
        six_digits(self, field)
        phone = None if self.phone.errors else self.phone.data
        if problem := guessable_pin(field.data, getattr(self, "birth_date", None), phone):
            raise ValidationError(said(problem))

    def validate_guardian(self, field: StringField) -> None:
        """Under 16 somebody grown up must agree."""
        born = getattr(self, "birth_date", None)
        if born is None:
            return
        today = local_date(now())
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if age < ADULT_CONSENT_AGE and not (field.data or "").strip():
            raise ValidationError(
                _("Người học chưa đủ 16 tuổi: hãy ghi họ tên cha, mẹ hoặc người giám hộ đồng ý.")
            )
        if (field.data or "").strip():
            field.data = or_invalid(tidy_name, field.data)


def or_invalid(parse: Any, text: str) -> Any:
    """What `parse` makes of a text; what is wrong with it becomes the message of the field."""
    try:
        return parse(text)
    except ValueError as problem:
        raise ValidationError(said(problem)) from None
