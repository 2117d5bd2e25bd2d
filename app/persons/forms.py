"""Forms about whole records."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.accounts.models import Person
from app.lib import clock
from app.lib.dates import LOCAL, parse_vietnamese_date, short_date
from app.lib.free_text import free_text
from app.lib.phones import normalise
from app.lib.vietnamese import nfc, tidy_name
from app.persons.models import Wish
from app.persons.words import FACTS, PURPOSES
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said
from app.units.queries import today

HOUR = r"([01]?\d|2[0-3]):([0-5]\d)"
TOO_LONG = _l("Dài quá. Hãy viết ngắn lại.")


def nfc_lines(text: str | None) -> str:
    """Free text as it is kept: composed letters, lines kept, nothing around it."""
    return free_text(text or "")


class MergeForm(Form):
    """Two records are of one human being: which one stays, and it was looked at."""

    keep = RadioField(_l("Giữ hồ sơ nào?"), coerce=int)
    sure = BooleanField(
        _l("Tôi đã xem lại: hai hồ sơ này là của cùng một người."),
        [InputRequired(_l("Hãy xem lại hai hồ sơ rồi đánh dấu ô này."))],
    )


def _one_line(text: str | None) -> str:
    return " ".join(nfc(text or "").split())


class AskForm(Form):
    """What somebody asks about their data, in their own words."""

    text = TextAreaField(
        _l("Nói rõ thêm"), [Length(max=1000, message=TOO_LONG)], filters=[nfc_lines]
    )

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says, as JSON knows it."""
        return {"text": self.text.data}


class WithdrawalForm(AskForm):
    """Somebody has a yes taken back that they gave."""

    purpose = RadioField(
        _l("Rút lời đồng ý nào?"),
        [InputRequired(_l("Hãy chọn một mục."))],
        choices=[SelectChoice(purpose, title) for purpose, title in PURPOSES.items()],
    )

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form asks for, as JSON knows it."""
        return {"text": self.text.data, "wanted": {"purpose": self.purpose.data}}


class FactsForm(Form):
    """Name, birth date and telephone as they should stand."""

    full_name = StringField(
        _l("Họ và tên"), [InputRequired(_l("Chưa có họ và tên."))], filters=[_one_line]
    )
    birth = StringField(_l("Ngày sinh"), filters=[_one_line])
    phone = StringField(_l("Số điện thoại"), filters=[_one_line])

    def show(self, facts: dict[str, Any]) -> None:
        """Fill in these facts, unless the form was sent."""
        if not self.is_submitted():
            born, precision = facts.get("birth_date"), facts.get("birth_precision", "day")
            day = date.fromisoformat(born) if isinstance(born, str) else born
            self.full_name.data = facts.get("full_name", "")
            self.birth.data = short_date(day, precision) if day else ""
            self.phone.data = facts.get("phone") or ""

    def validate_full_name(self, field: StringField) -> None:
        """Keep the name tidy; say what is wrong with it."""
        field.data = _understood(tidy_name, field.data)

    def validate_birth(self, field: StringField) -> None:
        """Understand the birth date, if there is one."""
        self.born: tuple[date | None, str] = (None, "day")
        if field.data:
            self.born = _understood(parse_vietnamese_date, field.data)
            if not date(1900, 1, 1) <= (self.born[0] or date.min) <= today():
                raise ValidationError(_("Năm sinh phải từ 1900 đến năm nay."))

    def validate_phone(self, field: StringField) -> None:
        """Understand the number, if there is one."""
        field.data = _understood(normalise, field.data) if field.data else ""

    @property
    def facts(self) -> dict[str, Any]:
        """What a valid form says, by attribute of a person."""
        return {
            "full_name": self.full_name.data,
            "birth_date": self.born[0],
            "birth_precision": self.born[1],
            "phone": self.phone.data or None,
        }


class CorrectionForm(FactsForm):
    """Somebody asks that their name, birth date or telephone be put right."""

    text = TextAreaField(
        _l("Vì sao sửa"), [Length(max=1000, message=TOO_LONG)], filters=[nfc_lines]
    )

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form asks for, as JSON knows it."""
        born = self.born[0]
        wanted = {**self.facts, "birth_date": born.isoformat() if born else None}
        return {"text": self.text.data, "wanted": wanted}


class CorrectForm(FactsForm):
    """An office puts it right, having looked at a paper."""

    answer = TextAreaField(
        _l("Trả lời người yêu cầu"),
        [InputRequired(_l("Chưa có câu trả lời.")), Length(max=2000, message=TOO_LONG)],
        filters=[nfc_lines],
    )
    sure = BooleanField(
        _l("Tôi đã xem giấy tờ của người này."),
        [InputRequired(_l("Hãy xem giấy tờ rồi đánh dấu ô này."))],
    )


class AnswerForm(Form):
    """What became of a request."""

    outcome = RadioField(
        _l("Kết quả"),
        [InputRequired(_l("Hãy chọn một trong hai."))],
        choices=[
            SelectChoice("done", _l("Đã làm")),
            SelectChoice("refused", _l("Không làm được, lý do nêu dưới đây")),
        ],
    )
    answer = TextAreaField(
        _l("Trả lời người yêu cầu"),
        [InputRequired(_l("Chưa có câu trả lời.")), Length(max=2000, message=TOO_LONG)],
        filters=[nfc_lines],
    )


class ErasureForm(Form):
    """Data of somebody goes for good."""

    sure = BooleanField(
        _l("Tôi đã xem giấy tờ, đã hỏi lại người này và biết rằng xóa rồi không lấy lại được."),
        [InputRequired(_l("Hãy hỏi lại người này rồi đánh dấu ô này."))],
    )


class WorkForm(Form):
    """What is known of an incident, and what was done."""

    happened = TextAreaField(
        _l("Chuyện gì đã xảy ra, dữ liệu nào, của ai"),
        [InputRequired(_l("Chưa ghi chuyện gì đã xảy ra.")), Length(max=2000, message=TOO_LONG)],
        filters=[nfc_lines],
    )
    people = StringField(_l("Khoảng bao nhiêu người"), [Optional()], filters=[_one_line])
    measures = TextAreaField(
        _l("Đã làm gì"), [Length(max=2000, message=TOO_LONG)], filters=[nfc_lines]
    )

    def validate_people(self, field: StringField) -> None:
        """A number, or nothing while it is not known."""
        text = str(field.data or "").replace(".", "")
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValidationError(_("Hãy ghi một số nguyên."))
        field.data = text

    @property
    def number(self) -> int | None:
        """How many people, of a valid form."""
        return int(self.people.data) if self.people.data else None

    @property
    def facts(self) -> tuple[str, int | None, str]:
        """What happened, to how many, what was done."""
        return self.happened.data, self.number, self.measures.data


class IncidentForm(WorkForm):
    """An incident is noted."""

    measures = None
    title = StringField(
        _l("Tên sự cố"),
        [InputRequired(_l("Chưa có tên sự cố.")), Length(max=200, message=TOO_LONG)],
        filters=[_one_line],
    )
    day = StringField(
        _l("Phát hiện ngày nào"), [InputRequired(_l("Chưa có ngày."))], filters=[_one_line]
    )
    hour = StringField(
        _l("Lúc mấy giờ"),
        [InputRequired(_l("Chưa có giờ.")), Regexp(HOUR, message=_l("Hãy ghi như 14:05."))],
        filters=[_one_line],
    )

    def validate_day(self, field: StringField) -> None:
        """Understand the moment; it becomes `found_at`."""
        day, precision = _understood(parse_vietnamese_date, field.data)
        if precision != "day":
            raise ValidationError(_("Hãy ghi đủ ngày, tháng, năm."))
        hour = re.fullmatch(HOUR, self.hour.data or "")
        hours, minutes = map(int, hour.groups()) if hour else (0, 0)
        self.found_at = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=LOCAL)
        if self.found_at > clock.now():
            raise ValidationError(_("Lúc này chưa tới."))

    @property
    def facts(self) -> tuple[str, str, int | None, datetime]:  # type: ignore[override]
        """Its name, what happened, to how many, and when it was found."""
        return self.title.data, self.happened.data, self.number, self.found_at


def form_for(wish: Wish, person: Person) -> AskForm | CorrectionForm:
    """The form by which something is asked about this person's data."""
    if wish is Wish.WITHDRAW:
        return WithdrawalForm()
    if wish is not Wish.CORRECT:
        return AskForm()
    form = CorrectionForm()
    form.show({name: getattr(person, name) for name in (*FACTS, "birth_precision")})
    return form


def _understood(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError as problem:
        raise ValidationError(said(problem)) from None
