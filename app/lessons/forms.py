"""What readers send from a lesson."""

from wtforms import HiddenField, IntegerField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from app.learning.asks import LONGEST_ASK
from app.lessons.models import LONGEST_NOTE
from app.lib.ids import read_operation_id
from app.ui.forms import Form
from app.ui.i18n import lazy_gettext as _l

MOST_PARAGRAPHS = 100_000
MOST_REPLACED = 50


class AskForm(Form):
    """What is not clear; may stay empty."""

    text = TextAreaField(
        _l("Chỗ nào chưa rõ?"),
        [Length(max=LONGEST_ASK, message=_l("Dài quá 500 chữ. Hãy viết ngắn lại."))],
    )


class MarkForm(Form):
    """`replaces`: operation ids, separated by spaces, of the marks that were on the page."""

    replaces = HiddenField()

    @property
    def replaced(self) -> list[str]:
        """The ids of `replaces`."""
        return [read_operation_id(word) for word in (self.replaces.data or "").split()]

    def validate_replaces(self, field: HiddenField) -> None:
        """Only operation ids, and not without end."""
        try:
            known = len(self.replaced) <= MOST_REPLACED
        except ValueError:
            known = False
        if not known:
            raise ValidationError(_l("Trang mở đã lâu. Hãy xem lại rồi gửi lần nữa."))


class NoteForm(MarkForm):
    """A note beside a lesson; empty takes it off."""

    text = TextAreaField(
        _l("Ghi chép của tôi"),
        [Length(max=LONGEST_NOTE, message=_l("Ghi chép dài quá 4.000 chữ. Hãy viết ngắn lại."))],
    )


class PlaceForm(Form):
    """The paragraph being read, counted from 0; of all places the last one stands."""

    op_id = None

    paragraph = IntegerField(validators=[InputRequired(), NumberRange(0, MOST_PARAGRAPHS)])
