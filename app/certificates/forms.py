"""Forms of the public check and of revocation."""

from wtforms import BooleanField, SearchField, StringField, TextAreaField, ValidationError
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from app.lib.ids import is_code, normalise_code
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

SHORTEST_REASON, LONGEST_REASON = 10, 300
LONGEST_TYPED = 120


def shown_again(text: str | None) -> str:
    """What was typed as it may stand in a page again: on one line, no control characters."""
    return "".join(c for c in text or "" if c.isprintable())[:LONGEST_TYPED]


class FindForm(PlainForm):
    """A code read off a paper. It is sent by GET and changes nothing, so it carries no tokens."""

    code = StringField(
        _l("Mã kiểm tra"), [InputRequired(_l("Chưa có mã kiểm tra."))], filters=[shown_again]
    )

    def validate_code(self, field: StringField) -> None:
        """Small letters, spaces, hyphens and a whole pasted address are understood."""
        code = normalise_code(field.data.rstrip("/").rpartition("/")[2])
        if not is_code(code):
            raise ValidationError(
                _("Mã này chưa đúng. Mã có 10 chữ và số, in ngay dưới ô vuông QR của giấy.")
            )
        field.data = code


class SearchForm(PlainForm):
    """A number or a code looked up in the register, by GET."""

    number = SearchField(_l("Số giấy hoặc mã kiểm tra"), filters=[shown_again])


class RevocationForm(Form):
    """Why an award is taken out of force."""

    reason = TextAreaField(_l("Lý do thu hồi"), [InputRequired(_l("Chưa ghi lý do thu hồi."))])
    again = BooleanField(
        _l("Cấp lại ngay giấy mới, số mới, theo họ tên, ngày sinh, đơn vị đang ghi")
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """Keep it in single spaces; long enough to say something, short enough for the book."""
        field.data = " ".join((field.data or "").split())
        if len(field.data) < SHORTEST_REASON:
            raise ValidationError(
                _(
                    "Lý do ngắn quá. Hãy ghi ít nhất %(least)s ký tự, "
                    "ví dụ: Cấp nhầm người, đã cấp lại giấy khác.",
                    least=SHORTEST_REASON,
                )
            )
        if len(field.data) > LONGEST_REASON:
            raise ValidationError(
                _(
                    "Lý do dài %(length)s ký tự; nhiều nhất là %(most)s ký tự.",
                    length=len(field.data),
                    most=LONGEST_REASON,
                )
            )
