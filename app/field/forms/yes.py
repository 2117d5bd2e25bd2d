"""A learner's yes that was not typed by themselves: by voice or on paper, before a witness."""

from wtforms import RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from app.field.actions.people import Yes
from app.lib.vietnamese import tidy_name
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said

CHANNELS = [
    SelectChoice("voice", _l("Nói đồng ý, có người nghe")),
    SelectChoice("paper", _l("Ký vào giấy, giấy giữ ở xã, phường")),
]


def trimmed(text: str | None) -> str:
    """What was typed into one line, with single spaces; "" for nothing."""
    return " ".join((text or "").split())


def name_or_invalid(field: StringField) -> None:
    """Keep a name tidy; ValidationError says what is wrong with it."""
    try:
        field.data = tidy_name(field.data or "")
    except ValueError as problem:
        raise ValidationError(said(problem)) from None


def place_field(label: str) -> StringField:
    """Where something happened, in one's own words."""
    return StringField(
        label, [DataRequired(_l("Hãy ghi tên nơi này.")), Length(max=120)], filters=[trimmed]
    )


def channel_field() -> RadioField:
    """Said or signed."""
    required = InputRequired(_l("Hãy chọn một cách."))
    return RadioField(_l("Người học đồng ý bằng cách nào?"), [required], choices=CHANNELS)


def witness_field() -> StringField:
    """Who was there."""
    required = DataRequired(_l("Hãy ghi họ tên người chứng kiến."))
    return StringField(_l("Ai có mặt lúc ấy?"), [required], filters=[trimmed])


def guardian_field() -> StringField:
    """Who agreed for a child."""
    return StringField(_l("Cha, mẹ hoặc người giám hộ đồng ý"), filters=[trimmed])


class YesFields(Form):
    """How a learner said yes where they typed nothing themselves: the rules of these fields."""

    def validate_witness(self, field: StringField) -> None:
        """A name, kept tidy."""
        name_or_invalid(field)

    def validate_guardian(self, field: StringField) -> None:
        """Under 16 somebody grown up must agree."""
        if self.is_child() and not field.data:
            raise ValidationError(
                _("Người học chưa đủ 16 tuổi: hãy ghi họ tên cha, mẹ hoặc người giám hộ đồng ý.")
            )
        if field.data:
            name_or_invalid(field)

    def is_child(self) -> bool:
        """Whether the learner is, or may be, under 16."""
        raise NotImplementedError

    @property
    def yes(self) -> Yes:
        """What a valid form records."""
        guardian = self.guardian.data if "guardian" in self else None
        return Yes(self.channel.data, self.witness.data, guardian or None)
