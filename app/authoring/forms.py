"""Forms of the studio."""

from flask_wtf.file import FileField
from wtforms import StringField, ValidationError

from app.content.source import SLUG
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

LONGEST_SLUG = 80


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
