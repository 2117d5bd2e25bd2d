"""The form that searches the audit trail."""

from datetime import date

from wtforms import Form, SearchField, SelectField, StringField, ValidationError

from app.lib.dates import parse_vietnamese_date
from app.ops import words
from app.ops.trail import Asked
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said
from app.units.queries import EVERYWHERE, unit_by_code, unit_named


def _typed(text: str | None) -> str:
    return " ".join((text or "").split())[:80]


class TrailForm(Form):
    """What is looked for in the audit trail. It is sent by GET, so it carries no tokens."""

    actor = SearchField(_l("Người làm"), filters=[_typed])
    verb = SelectField(_l("Loại việc"), validate_choice=False)
    thing = SelectField(_l("Với"))
    which = StringField(_l("Số mấy"), filters=[_typed])
    unit = StringField(_l("Đơn vị"), filters=[_typed])
    since = StringField(_l("Từ ngày"), filters=[_typed])
    until = StringField(_l("Đến ngày"), filters=[_typed])

    def offer(self, verbs: list[str]) -> None:
        """Let one of these verbs be chosen, and one of the things that have words."""
        told = sorted((said(words.verb_words(verb)), verb) for verb in verbs)
        self.verb.choices = [("", _("Mọi việc")), *((verb, text) for text, verb in told)]
        things = sorted((said(text), thing) for thing, text in words.THINGS.items())
        self.thing.choices = [("", _("Mọi thứ")), *((thing, text) for text, thing in things)]
        self.verb.data, self.thing.data = self.verb.data or "", self.thing.data or ""

    def validate_unit(self, field: StringField) -> None:
        """A code or a name; it becomes the unit."""
        self.found_unit = None
        if field.data:
            self.found_unit = unit_by_code(field.data) or unit_named(field.data, (EVERYWHERE,))
            if self.found_unit is None:
                raise ValidationError(_("Không thấy đơn vị này. Hãy ghi mã hoặc đúng tên đơn vị."))

    def validate_since(self, field: StringField) -> None:
        """The first day; it becomes a date."""
        self.first_day = _day(field)

    def validate_until(self, field: StringField) -> None:
        """The last day; it becomes a date."""
        self.last_day = _day(field)

    @property
    def asked(self) -> Asked:
        """What a valid form looks for."""
        return Asked(
            self.actor.data,
            self.verb.data,
            self.thing.data,
            self.which.data,
            self.found_unit,
            self.first_day,
            self.last_day,
        )

    @property
    def address(self) -> dict[str, str]:
        """The same as arguments of an address; only what was asked."""
        return {name: value for name, value in self.data.items() if value}


def _day(field: StringField) -> date | None:
    if not field.data:
        return None
    try:
        return parse_vietnamese_date(field.data)[0]
    except ValueError as problem:
        raise ValidationError(said(problem)) from None
