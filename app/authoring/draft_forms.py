"""Forms about a whole draft: a new course, its outline, its review, its editors."""

import unicodedata
from collections.abc import Iterable

from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from app.authoring.actions.outline import DOWN, UP
from app.content.source import LARGEST_FILE, SLUG
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_CODE, LONGEST_SLUG = 150, 300, 20, 60
LONGEST_WORDS = 2_000
KINDS = (
    SelectChoice("lesson", _l("Bài học")),
    SelectChoice("test", _l("Bài kiểm tra")),
    SelectChoice("practical", _l("Bài thực hành")),
)


def squeezed(value: str | None) -> str:
    """One line of text in NFC, without spaces at its ends."""
    return " ".join(unicodedata.normalize("NFC", value or "").split())


def lines(value: str | None) -> str:
    """A text in NFC with our line ends, as files have them."""
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def choices(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Values and what they are called, as a field takes them."""
    return [SelectChoice(value, label) for value, label in pairs]


def _filled(form: Form, field: Field) -> None:
    if not field.data:
        raise ValidationError(_("Chưa điền ô này."))


def _slug(form: Form, field: Field) -> None:
    if field.data and not SLUG.match(field.data):
        raise ValidationError(
            _("Viết bằng chữ thường không dấu, số và dấu gạch, ví dụ ky-nang-so.")
        )


def _short(most: int) -> Length:
    return Length(max=most, message=_l("Dài quá, tối đa %(max)d chữ cái."))


class TitleForm(Form):
    """A new module."""

    name = StringField(
        _l("Tên phần mới"), filters=[squeezed], validators=[_filled, _short(LONGEST_TITLE)]
    )


class StepForm(Form):
    """A new step, and the module that it goes into ("" for the top of the course)."""

    title = StringField(
        _l("Tên bài mới"), filters=[squeezed], validators=[_filled, _short(LONGEST_TITLE)]
    )
    module = SelectField(_l("Nằm trong phần"))
    kind = RadioField(_l("Loại bài"), choices=KINDS, default="lesson")

    def __init__(self, modules: list[tuple[str, str]]) -> None:
        super().__init__()
        self.module.choices = choices([*modules, ("", _("Ngoài các phần, ở cuối khóa"))])


class NewCourseForm(Form):
    """What a course begins with."""

    title = StringField(
        _l("Tên khóa học"), filters=[squeezed], validators=[_filled, _short(LONGEST_TITLE)]
    )
    summary = StringField(
        _l("Một câu giới thiệu"),
        filters=[squeezed],
        validators=[_filled, _short(LONGEST_SUMMARY)],
    )
    code = StringField(
        _l("Mã khóa"), filters=[squeezed], validators=[_filled, _short(LONGEST_CODE)]
    )
    audience = SelectMultipleField(
        _l("Dành cho ai?"), validators=[InputRequired(_l("Hãy chọn ít nhất một nhóm."))]
    )
    slug = StringField(
        _l("Tên trong địa chỉ"),
        filters=[squeezed],
        validators=[Optional(), _slug, _short(LONGEST_SLUG)],
    )

    def __init__(self, groups: list[tuple[str, str]]) -> None:
        super().__init__()
        self.audience.choices = choices(groups)


class NameForm(Form):
    """Another title for a file, and for a step another name in its address."""

    title = StringField(_l("Tên"), filters=[squeezed], validators=[_filled, _short(LONGEST_TITLE)])
    slug = StringField(
        _l("Tên trong địa chỉ"),
        filters=[squeezed],
        validators=[Optional(), _slug, _short(LONGEST_SLUG)],
    )


class MoveForm(Form):
    """One place up or down (`way`), or to the end of another module."""

    way = SelectField(choices=[SelectChoice(way) for way in ("", UP, DOWN)], default="")
    module = SelectField(_l("Chuyển sang phần"), validate_choice=False, default="")


class RemoveForm(Form):
    """A step goes; perhaps its credit counts for another one."""

    heir = SelectField(_l("Người đã học bài này"), coerce=int, validate_choice=False, default=0)


class WordsForm(Form):
    """Something to say to the reviewers."""

    words = TextAreaField(
        _l("Nhắn người duyệt"),
        filters=[lines, str.strip],
        validators=[Optional(), _short(LONGEST_WORDS)],
    )


class ReviewForm(Form):
    """What a reviewer says of a draft."""

    verdict = SelectField(choices=[SelectChoice("approve"), SelectChoice("return")])
    words = TextAreaField(
        _l("Nhận xét"),
        filters=[lines, str.strip],
        validators=[_short(LONGEST_WORDS)],
    )

    def validate_words(self, field: Field) -> None:
        """Who sends a draft back says why."""
        if self.verdict.data == "return" and not field.data:
            raise ValidationError(_("Hãy ghi cần sửa gì trước khi gửi trả."))


class SettleForm(Form):
    """What becomes of a file that was changed here and on disk: `keep` a text, or `remove` it."""

    seen = HiddenField(default="")
    base = IntegerField(validators=[InputRequired()])
    act = SelectField(choices=[SelectChoice("keep"), SelectChoice("remove")])
    text = TextAreaField(_l("Bản ghép"), filters=[lines])

    def validate_text(self, field: Field) -> None:
        """Not larger than a file may be."""
        if len(field.data.encode()) > LARGEST_FILE:
            raise ValidationError(_("Bài dài quá 1 MB. Hãy chia thành nhiều bài."))


class EditorForm(Form):
    """Who shall write a course too."""

    person = SelectField(_l("Người dạy"), coerce=int)

    def __init__(self, trainers: list[tuple[int, str]]) -> None:
        super().__init__()
        self.person.choices = choices(trainers)
