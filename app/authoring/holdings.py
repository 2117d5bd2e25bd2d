"""What the studio keeps about a person: the courses that they may write.

Who wrote, reviewed or drew something belongs to the history of the course, and stays with it.
"""

from app.accounts.holdings import Holding, one_for
from app.authoring.models import CourseEditor
from app.ui.i18n import lazy_gettext as _l

HOLDINGS = (
    Holding(
        CourseEditor,
        _l("Khóa học được soạn"),
        "course_slug added_at",
        clash=one_for("course_slug"),
    ),
)
