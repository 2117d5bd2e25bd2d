"""Forms of registration and sign-in."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    SelectField,
    StringField,
    TelField,
    ValidationError,
)
from wtforms.validators import EqualTo, InputRequired, Length

from app.lib import phones
from app.lib.clock import now
from app.lib.dates import local_date, parse_vietnamese_date
from app.lib.ids import PIN_LENGTH, weak_pin
from app.lib.vietnamese import tidy_name
from app.ui.forms import Form

ADULT_CONSENT_AGE = 16


class PhoneField(TelField):
    """A Vietnamese mobile number, however it is written; its data is "0xxxxxxxxx"."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed: str = valuelist[0] if valuelist else ""
        self.data: str = self.typed
        if self.typed.strip():
            try:
                self.data = phones.normalise(self.typed)
            except phones.PhoneProblem as problem:
                raise ValueError(str(problem)) from None

    def _value(self) -> str:
        return getattr(self, "typed", None) or self.data or ""


class SignInForm(Form):
    """A learner signs in with phone and PIN."""

    phone = PhoneField("Số điện thoại", [InputRequired("Chưa có số điện thoại.")])
    pin = PasswordField(
        "Mã PIN", [InputRequired("Chưa có mã PIN."), Length(max=64)], description="6 chữ số"
    )


class StaffSignInForm(Form):
    """Staff sign in with e-mail and password."""

    email = EmailField("Thư điện tử", [InputRequired("Chưa có thư điện tử."), Length(max=120)])
    password = PasswordField("Mật khẩu", [InputRequired("Chưa có mật khẩu."), Length(max=200)])


class ChoosePersonForm(Form):
    """Several people of a family share a phone and a PIN: who is it?"""

    person = SelectField("Ai đang học?", coerce=int)


class RegistrationForm(Form):
    """A learner registers; the only secret is a PIN of six digits."""

    full_name = StringField("Họ và tên", [InputRequired("Chưa có họ và tên.")])
    birth = StringField(
        "Ngày sinh",
        [InputRequired("Chưa có ngày sinh.")],
        description="Ví dụ 05/02/1961. Không nhớ ngày thì ghi năm: 1961",
    )
    phone = PhoneField(
        "Số điện thoại",
        [InputRequired("Chưa có số điện thoại.")],
        description="Cả nhà dùng chung một số cũng được",
    )
    group = SelectField("Muốn học bài dành cho ai?", [InputRequired("Hãy chọn một nhóm.")])
    guardian = StringField(
        "Cha, mẹ hoặc người giám hộ",
        [Length(max=80)],
        description="Chỉ cần khi người học chưa đủ 16 tuổi: họ tên người đồng ý cho em học",
    )
    pin = PasswordField(
        "Đặt mã PIN",
        [InputRequired("Chưa có mã PIN.")],
        description="6 chữ số dễ nhớ với mình, khó đoán với người khác",
    )
    pin_again = PasswordField(
        "Nhập lại mã PIN",
        [InputRequired("Hãy nhập mã PIN lần nữa."), EqualTo("pin", "Hai mã PIN không giống nhau.")],
    )
    consent = BooleanField(
        "Tôi đồng ý để hệ thống lưu họ tên, ngày sinh, số điện thoại và việc học của tôi, "
        "chỉ dùng cho việc học và cấp giấy chứng nhận.",
        [InputRequired("Cần đồng ý ở ô này thì mới ghi lại được việc học.")],
    )

    def validate_full_name(self, field: StringField) -> None:
        """Keep the name tidy; say what is wrong with it."""
        field.data = _or_invalid(tidy_name, field.data)

    def validate_birth(self, field: StringField) -> None:
        """Understand the birth date; it becomes `birth_date` and `birth_precision`."""
        self.birth_date, self.birth_precision = _or_invalid(parse_vietnamese_date, field.data)
        if not 1900 <= self.birth_date.year <= local_date(now()).year:
            raise ValidationError("Năm sinh phải từ 1900 đến năm nay.")

    def validate_pin(self, field: PasswordField) -> None:
        """Six digits that are not too easy to guess."""
        if not (field.data.isascii() and field.data.isdigit() and len(field.data) == PIN_LENGTH):
            raise ValidationError("Mã PIN gồm đúng 6 chữ số.")
        if problem := weak_pin(field.data):
            raise ValidationError(problem)

    def validate_guardian(self, field: StringField) -> None:
        """Under 16 somebody grown up must agree."""
        born = getattr(self, "birth_date", None)
        if born is None:
            return
        today = local_date(now())
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if age < ADULT_CONSENT_AGE and not (field.data or "").strip():
            raise ValidationError(
                "Người học chưa đủ 16 tuổi: hãy ghi họ tên cha, mẹ hoặc người giám hộ đồng ý."
            )
        if (field.data or "").strip():
            field.data = _or_invalid(tidy_name, field.data)


def _or_invalid(parse: Any, text: str) -> Any:
    try:
        return parse(text)
    except ValueError as problem:
        raise ValidationError(str(problem)) from None
