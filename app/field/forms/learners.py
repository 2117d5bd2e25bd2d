"""Somebody registers on the spot; somebody is found; a learner shows that it is them."""

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    PasswordField,
    SearchField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import EqualTo, InputRequired, Length, Optional

from app.accounts.ages import is_child
from app.accounts.forms import PhoneField
from app.field.actions.people import Newcomer
from app.field.actions.sessions import Meeting
from app.field.forms.yes import (
    YesFields,
    channel_field,
    guardian_field,
    name_or_invalid,
    place_field,
    trimmed,
    witness_field,
)
from app.lib.clock import now
from app.lib.dates import local_date, parse_vietnamese_date
from app.lib.ids import PIN_LENGTH, weak_pin
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said


class NewcomerForm(YesFields):
    """Somebody registers on the spot, beside a helper; no phone is needed."""

    another = BooleanField(_l("Đã hỏi kỹ: đây là người khác, chưa có trong danh sách"))
    full_name = StringField(_l("Họ và tên"), [InputRequired(_l("Chưa có họ và tên."))])
    birth = StringField(_l("Năm sinh"), [InputRequired(_l("Chưa có năm sinh."))])
    phone = PhoneField(_l("Số điện thoại"), [Optional()])
    commune = SelectField(
        _l("Ở xã, phường nào?"),
        [InputRequired(_l("Hãy chọn xã, phường."))],
        coerce=lambda value: int(value) if value else None,
    )
    village = StringField(_l("Thôn, tổ dân phố"), [Optional(), Length(max=120)], filters=[trimmed])
    group = SelectField(_l("Học bài dành cho ai?"), [InputRequired(_l("Hãy chọn một nhóm."))])
    channel = channel_field()
    witness = witness_field()
    guardian = guardian_field()
    place = place_field(_l("Học ở đâu?"))

    def validate_full_name(self, field: StringField) -> None:
        """Keep the name tidy; say what is wrong with it."""
        name_or_invalid(field)

    def validate_birth(self, field: StringField) -> None:
        """A year or a day; it becomes `born` and `precision`."""
        try:
            self.born, self.precision = parse_vietnamese_date(field.data)
        except ValueError as problem:
            raise ValidationError(said(problem)) from None
        if not 1900 <= self.born.year <= local_date(now()).year:
            raise ValidationError(_("Năm sinh phải từ 1900 đến năm nay."))

    def is_child(self) -> bool:
        """By the birth just read; what is no date is said at its own field."""
        return is_child(getattr(self, "born", None), getattr(self, "precision", "day"))

    @property
    def newcomer(self) -> Newcomer:
        """Who a valid form registers."""
        return Newcomer(
            self.full_name.data,
            (self.born, self.precision),
            self.group.data,
            self.phone.data or None,
            self.village.data,
        )


class SearchForm(Form):
    """Somebody who is not yet one's own: found by exactly this phone and name."""

    phone = PhoneField(_l("Số điện thoại"), [InputRequired(_l("Chưa có số điện thoại."))])
    full_name = SearchField(_l("Họ và tên"), [InputRequired(_l("Chưa có họ và tên."))])

    def validate_full_name(self, field: StringField) -> None:
        """Keep the name tidy."""
        name_or_invalid(field)


def _pin() -> PasswordField:
    return PasswordField(_l("Mã PIN của người học"), [Length(max=64)])


def _card() -> StringField:
    return StringField(_l("Mã in trên thẻ học"), [Length(max=40)])


class ProofFields(Form):
    """The learner's PIN, typed by the learner, or the code on their card."""

    def ask_for(self, ways: frozenset[str]) -> None:
        """Keep only the ways that this learner has."""
        for way in {"pin", "card"} - ways:
            delattr(self, way)

    @property
    def proof(self) -> tuple[str, str] | None:
        """(way, secret) as typed, the PIN first; None when nothing was typed."""
        typed = [(way, self[way].data) for way in ("pin", "card") if way in self and self[way].data]
        return typed[0] if typed else None

    def say(self, problem: str) -> None:
        """Put a problem at the first of the ways."""
        field = next(self[way] for way in ("pin", "card", "once") if way in self)
        field.errors = [problem]


class StartForm(ProofFields, YesFields):
    """A learner agrees to study with the helper: by PIN or card, else by voice or paper."""

    pin = _pin()
    card = _card()
    channel = channel_field()
    witness = witness_field()
    guardian = guardian_field()
    place = place_field(_l("Học ở đâu?"))

    def __init__(
        self, ways: frozenset[str], born: date | None, precision: str, consented: bool, **facts: Any
    ) -> None:
        super().__init__(**facts)
        self._birth = born, precision
        self.ask_for(ways)
        self.ways, self.consented = ways, consented
        if consented or not self.is_child():
            del self.guardian
        if ways and consented:
            del self.channel, self.witness

    def is_child(self) -> bool:
        """By what is on record."""
        return is_child(*self._birth)

    def meeting(self, way: str | None) -> Meeting:
        """What a valid form begins; `way`: the proof that was right, None by voice or paper."""
        if "channel" not in self:
            return Meeting(self.place.data, way or "")
        yes = self.yes
        noted = None if self.consented else yes
        return Meeting(self.place.data, way or yes.channel, yes.witness, noted)


class HandOverForm(ProofFields):
    """The learner takes the device for a test: by PIN or card, else by a PIN for this test."""

    pin = _pin()
    card = _card()
    once = PasswordField(_l("Chọn 6 chữ số cho lần kiểm tra này"), [Length(max=64)])
    once_again = PasswordField(
        _l("Nhập lại 6 chữ số ấy"), [EqualTo("once", _l("Hai lần nhập không giống nhau."))]
    )

    def __init__(self, ways: frozenset[str]) -> None:
        super().__init__()
        self.ask_for(ways)
        if ways:
            del self.once, self.once_again

    def validate_once(self, field: PasswordField) -> None:
        """Six digits, not too easy to guess."""
        digits = field.data or ""
        if not (digits.isascii() and digits.isdigit() and len(digits) == PIN_LENGTH):
            raise ValidationError(_("Hãy chọn đúng 6 chữ số."))
        if problem := weak_pin(digits):
            raise ValidationError(said(problem))


class GiveBackForm(Form):
    """The learner gives the device back by what they took it with."""

    secret = PasswordField(_l("Mã PIN"), [InputRequired(_l("Chưa nhập mã.")), Length(max=64)])
