"""The letter of reminder, in plain Vietnamese, and the link by which one tap ends them."""

from itsdangerous import BadSignature, URLSafeSerializer

from app.content.programme import Programme
from app.learning.assignments import Due
from app.learning.reminders import Resting
from app.lib.dates import short_date
from app.lib.mail import Letter
from app.lib.vietnamese import addressed, given_name

TEXT = """Chào {who},

{course} còn {left} bài. {next_one}, lúc nào rảnh thì học tiếp ở đây:

{go_on}

Bận thì cứ để đó. Phần đã học vẫn còn nguyên, {due}.

Không muốn nhận thư nhắc nữa thì mở địa chỉ dưới đây rồi bấm một nút:

{off}

{site}
"""


def reminder(
    email: str,
    one: Resting,
    programme: Programme,
    site: str,
    go_on: str,
    off: str,
    due: Due | None = None,
) -> Letter:
    """The letter to somebody who rests; `go_on` and `off` are the addresses of its two links,
    `due`: by when their office asks for the course.

    It names no course whose audience tells of health or origin.
    """
    text = TEXT.format(
        who=addressed(programme.address((one.group or "",)), given_name(one.full_name)),
        course=_course_words(one, programme),
        left=len(one.going_on.left),
        next_one=_next_words(one),
        due=_due_words(due),
        go_on=go_on,
        off=off,
        site=site,
    )
    # RFC 8058: the mail program's own button ends the letters with one tap
    headers = (
        ("List-Unsubscribe", f"<{off}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )
    return Letter(email, f"Rảnh thì học tiếp nhé · {site}", text, headers)


def _course_words(one: Resting, programme: Programme) -> str:
    course = one.going_on.course
    private = {group.id for group in programme.groups if group.sensitive}
    return "Khóa đang học" if private & set(course.audience) else f"Khóa “{course.title}”"


def _due_words(due: Due | None) -> str:
    if due is None:
        return "không có hạn nào cả"
    day = short_date(due.day)
    if due.passed:
        return f"ngày đơn vị hẹn ({day}) qua rồi nhưng học xong lúc nào cũng vẫn được tính"
    return f"đơn vị hẹn học xong chậm nhất ngày {day}"


def _next_words(one: Resting) -> str:
    minutes = one.going_on.next_step.minutes
    return f"Bài tiếp theo chừng {minutes} phút" if minutes else "Bài tiếp theo đang chờ"


def sign_off(person_id: int, key: str) -> str:
    """What the link that ends the letters to this person carries; it never runs out."""
    return str(_signer(key).dumps(person_id))


def signed_off(signed: str, key: str) -> int | None:
    """Whose letters such a link ends; None when it is none of ours."""
    try:
        return int(_signer(key).loads(signed))
    except BadSignature:
        return None


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="no more reminders")
