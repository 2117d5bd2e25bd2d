"""Forms of the studio."""

from flask_wtf.file import FileField
from wtforms import IntegerField, StringField, TextAreaField, ValidationError

from app.content.problems import Findings
from app.content.source import SLUG, decode
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

LONGEST_SLUG = 80
LONGEST_ALT = 300
MOST_NUMBER = 2**31 - 1


class ImportForm(Form):
    """A course to bring in: its file, and the name of its address if its own will not do."""

    file = FileField(_l("Tệp khóa học"))
    slug = StringField(_l("Tên trong địa chỉ (không bắt buộc)"))

    def validate_file(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Chưa chọn tệp. Hãy chọn tệp ZIP, Markdown hoặc tệp câu hỏi."))

    def validate_slug(self, field: StringField) -> None:
        """A slug, or nothing."""
        field.data = (field.data or "").strip()
        if field.data and not (SLUG.match(field.data) and len(field.data) <= LONGEST_SLUG):
            raise ValidationError(
                _("Viết bằng chữ thường không dấu, số và dấu gạch, ví dụ ky-nang-so.")
            )


def _one_kind_of_line_end(text: str | None) -> str | None:
    # browsers send CRLF; the page that sent it compares with what it holds
    return text.replace("\r\n", "\n") if text else text


def _bytes(text: str | None) -> bytes:
    return (text or "").encode("utf-8", "replace")


def _counted(field: IntegerField) -> int:
    number = field.data or 0
    if not 0 <= number <= MOST_NUMBER:
        raise ValidationError(_("Trang mở đã lâu. Hãy tải lại trang."))
    return number


class LookForm(Form):
    """A text of a file, and as whom one looks at it; stores nothing, so it needs no id."""

    op_id = None
    text = TextAreaField(_l("Nội dung"), filters=[_one_kind_of_line_end], id="studio-source")
    group = StringField()
    device = StringField()

    def validate_text(self, field: TextAreaField) -> None:
        """A text that a course file may hold."""
        findings = Findings("")
        if decode(_bytes(field.data), findings) is None:
            line = findings.found[0].line
            raise ValidationError(
                _("Dòng %(line)s quá dài. Hãy ngắt thành nhiều đoạn ngắn.", line=line)
            )

    @property
    def plain(self) -> str:
        """The text as files hold it: NFC, without control signs."""
        return decode(_bytes(self.text.data), Findings("")) or ""


class EditForm(LookForm):
    """The text of a file to save. `base`: the revision that it was made from; `merges`: the text
    set aside that went into it, 0 for none; `act`: "preview" only looks."""

    op_id = Form.op_id
    base = IntegerField(default=0)
    merges = IntegerField(default=0)
    act = StringField()

    def validate_base(self, field: IntegerField) -> None:
        """A number that a file may have."""
        field.data = _counted(field)

    def validate_merges(self, field: IntegerField) -> None:
        """The same."""
        field.data = _counted(field)


class PictureForm(Form):
    """A picture for a lesson, and what it shows."""

    picture = FileField(_l("Tệp hình"), id="studio-file")
    alt = StringField(_l("Hình cho thấy gì?"), id="studio-alt")

    def validate_picture(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Chưa chọn hình."))

    def validate_alt(self, field: StringField) -> None:
        """Some words, for those who do not see it."""
        field.data = " ".join((field.data or "").split())
        if not field.data:
            raise ValidationError(_("Chưa ghi hình có gì. Người không nhìn thấy hình cần câu này."))
        if len(field.data) > LONGEST_ALT:
            raise ValidationError(_("Dài quá 300 chữ cái. Hãy viết ngắn hơn."))


class RestoreForm(Form):
    """A text of the history that shall stand again."""

    revision_id = IntegerField()
