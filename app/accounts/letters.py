"""Letters of accounts, handed in after the answer went out, so that its time tells nothing."""

import logging
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException
from typing import Any

from flask import Response, after_this_request

from app.accounts.keys import LASTS
from app.accounts.models import Person
from app.accounts.second_step import settings
from app.lib.mail import Letter, PostOffice
from app.lib.vietnamese import given_name
from app.ui.i18n import gettext as _

log = logging.getLogger(__name__)
_queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


def reset_letter(email: str, person: Person, kind: str, link: str) -> Letter:
    """The letter with the link that sets a new PIN or password."""
    facts = {
        "site": settings().site_name,
        "name": given_name(person.full_name),
        "link": link,
        "minutes": int(LASTS.total_seconds() // 60),
        "number": settings().hotline,
    }
    return _about_pin(email, facts) if kind == "pin" else _about_password(email, facts)


def _about_pin(email: str, facts: dict[str, Any]) -> Letter:
    text = _(
        "Chào %(name)s,\n\n"
        "Có người vừa xin đặt lại mã PIN ở %(site)s. Nếu đúng là mình, hãy mở địa chỉ dưới đây "
        "trong vòng %(minutes)s phút rồi đặt mã PIN mới:\n\n%(link)s\n\n"
        "Nếu không phải mình, hãy bỏ qua thư này: mã PIN cũ vẫn dùng được. "
        "Không chuyển thư này cho ai. Cần giúp thì gọi %(number)s.\n",
        **facts,
    )
    return Letter(email, _("Đặt lại mã PIN · %(site)s", site=facts["site"]), text)


def _about_password(email: str, facts: dict[str, Any]) -> Letter:
    text = _(
        "Chào %(name)s,\n\n"
        "Có người vừa xin đặt lại mật khẩu ở %(site)s. Nếu đúng là mình, hãy mở địa chỉ dưới đây "
        "trong vòng %(minutes)s phút rồi đặt mật khẩu mới:\n\n%(link)s\n\n"
        "Nếu không phải mình, hãy bỏ qua thư này: mật khẩu cũ vẫn dùng được. "
        "Không chuyển thư này cho ai. Cần giúp thì gọi %(number)s.\n",
        **facts,
    )
    return Letter(email, _("Đặt lại mật khẩu · %(site)s", site=facts["site"]), text)


def confirmation(email: str, person: Person, link: str) -> Letter:
    """The letter that asks whether its reader wants letters here."""
    facts = {"site": settings().site_name, "name": given_name(person.full_name), "link": link}
    text = _(
        "Chào %(name)s,\n\n"
        "Có người vừa ghi địa chỉ này để nhận thư nhắc học và đặt lại mã PIN ở %(site)s. Nếu đúng "
        "là mình, hãy mở địa chỉ dưới đây trong vòng 3 ngày rồi bấm một nút:\n\n%(link)s\n\n"
        "Nếu không phải mình, hãy bỏ qua thư này: sẽ không có thư nào nữa.\n",
        **facts,
    )
    return Letter(email, _("Xác nhận địa chỉ nhận thư · %(site)s", site=facts["site"]), text)


def after_commit(letter: Letter) -> None:
    """Hand the letter in when this request is over; a failure is logged without its receiver."""
    office = PostOffice(settings().smtp_url.get_secret_value(), settings().mail_from)

    @after_this_request
    def hand_in(response: Response) -> Response:
        if response.status_code < 400:
            _queue.submit(_send, office, letter)
        return response


def _send(office: PostOffice, letter: Letter) -> None:
    try:
        office.send(letter)
    except (OSError, SMTPException) as error:
        log.error("a letter was not taken: %s", type(error).__name__)
