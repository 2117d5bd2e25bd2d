"""What people hear by letter of their requests: that it was received, what became of it."""

from app.accounts.letters import after_commit
from app.accounts.queries import reads_letters_at
from app.accounts.second_step import settings
from app.lib.mail import Letter
from app.lib.vietnamese import given_name
from app.persons.queries.requests import Asked
from app.persons.words import OUTCOMES, WISHES
from app.ui.i18n import gettext as _


def send_answer(asked: Asked, *, received: bool = False, erased: bool = False) -> None:
    """Hand in a letter to whoever asks, after the commit; nothing where they have no address.

    What stands in the request when this is called is told.
    """
    address = reads_letters_at(asked.person.id)
    if address is None or not settings().sends_letters:
        return
    subject = _("Yêu cầu số %(number)s về dữ liệu cá nhân", number=asked.request.id)
    words = _received(asked) if received else _erased() if erased else _answered(asked)
    text = _(
        "Chào %(name)s,\n\n%(words)s\n\nYêu cầu: %(wish)s. Cần hỏi thêm thì gọi %(number)s.\n",
        name=given_name(asked.person.full_name),
        words=words,
        wish=str(WISHES[asked.request.kind]).lower(),
        number=settings().hotline,
    )
    after_commit(Letter(address, f"{subject} · {settings().site_name}", text))


def _received(asked: Asked) -> str:
    day = asked.request.answer_by
    return _("Yêu cầu đã được nhận. Chậm nhất ngày %(day)s có trả lời.", day=f"{day:%d/%m/%Y}")


def _answered(asked: Asked) -> str:
    return f"{OUTCOMES[asked.request.outcome or 'done']}. {asked.request.answer}"


def _erased() -> str:
    return _(
        "Dữ liệu đã được xóa và không lấy lại được. Sổ cấp giấy chứng nhận còn dòng đã ghi, "
        "nhưng trang kiểm tra giấy không còn hiện tên."
    )
