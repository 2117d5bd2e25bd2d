"""The base of all forms: messages in the reader's language, one operation id per act, files."""

from datetime import date
from typing import Any

from flask import abort, request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, ValidationError
from wtforms.i18n import DummyTranslations

from app.lib.dates import parse_vietnamese_date
from app.lib.ids import operation_id, read_operation_id
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said

MESSAGES = {
    "This field is required.": _l("Chưa điền ô này."),
    "Not a valid choice.": _l("Hãy chọn một mục trong danh sách."),
    "Not a valid choice": _l("Hãy chọn một mục trong danh sách."),
    "Invalid Choice: could not coerce.": _l("Hãy chọn một mục trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l(
        "Hãy chọn một mục trong danh sách."
    ),
    "Not a valid integer value.": _l("Hãy ghi một số nguyên."),
    "Not a valid decimal value.": _l("Hãy ghi một số."),
    "Not a valid date value.": _l("Hãy ghi ngày theo dạng 05/02/2026."),
    "The CSRF token is missing.": _l("Trang mở đã lâu. Hãy gửi lại."),
    "The CSRF session token is missing.": _l("Trang mở đã lâu. Hãy gửi lại."),
    "The CSRF tokens do not match.": _l("Trang mở đã lâu. Hãy gửi lại."),
    "The CSRF token is invalid.": _l("Trang mở đã lâu. Hãy gửi lại."),
}


class _OwnMessages(DummyTranslations):
    def gettext(self, string: str) -> str:
        return str(MESSAGES.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class Form(FlaskForm):
    """A form of this site. `op_id` names the act: the same form sent twice is one act."""

    op_id = HiddenField(default=operation_id)

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _OwnMessages:
            return _OwnMessages()

    def validate_op_id(self, field: HiddenField) -> None:
        """A missing or malformed id is replaced, so that an old page can be sent all the same."""
        try:
            field.data = read_operation_id(field.data or "")
        except ValueError:
            field.data = operation_id()
            raise ValidationError(_("Trang mở đã lâu. Hãy xem lại rồi gửi lần nữa.")) from None


def whole_day(field: Field) -> date:
    """The day that was typed into a field, day, month and year. Raises ValidationError."""
    try:
        day, precision = parse_vietnamese_date(field.data or "")
    except ValueError as problem:
        raise ValidationError(said(problem)) from None
    if precision != "day":
        raise ValidationError(_("Hãy ghi đủ ngày, tháng, năm, như 01/07/2026."))
    return day


def operation_sent() -> str:
    """The operation id of a form that has no other field, as 32 digits; 400 when it is not one."""
    try:
        return read_operation_id(request.form.get("op_id", ""))
    except ValueError:
        abort(400, _("Trang mở đã lâu. Hãy tải lại trang rồi gửi lại."))
