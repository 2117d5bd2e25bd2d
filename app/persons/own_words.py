"""What is kept about a person, in the words of a page or a paper."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.accounts.models import ROLE_TITLES, Role
from app.content.shelf import shelf
from app.counts.models import EVIDENCE_TITLES, Evidence
from app.lib.dates import local_time, short_date
from app.lib.messages import message
from app.persons.words import CHANNELS, OUTCOMES, PLACES, PURPOSES, WISHES
from app.ui.i18n import lazy_gettext as _l
from app.ui.i18n import said

COLUMNS = {
    "acknowledged_at": _l("Báo đã nhận lúc"),
    "active_at": _l("Học gần nhất"),
    "added_at": _l("Từ lúc"),
    "after": _l("Sau khi nhập"),
    "agreed": _l("Đồng ý bằng"),
    "answer": _l("Trả lời"),
    "answer_by": _l("Hạn trả lời"),
    "answered_at": _l("Trả lời lúc"),
    "answers": _l("Đã trả lời"),
    "asked_at": _l("Hỏi lúc"),
    "at": _l("Lúc"),
    "awarded_on": _l("Ngày cấp"),
    "before": _l("Trước khi nhập"),
    "began_at": _l("Bắt đầu"),
    "birth_date": _l("Ngày sinh"),
    "birth_precision": _l("Biết rõ đến"),
    "channel": _l("Cách nói"),
    "chosen_at": _l("Chọn lúc"),
    "claimed_at": _l("Làm lúc (theo máy)"),
    "confirmed_at": _l("Xác nhận lúc"),
    "confirmed_on": _l("Ngày xác nhận"),
    "course_slug": _l("Khóa học"),
    "course_title": _l("Khóa học"),
    "created_at": _l("Ghi vào lúc"),
    "credited_at": _l("Học xong lúc"),
    "email": _l("Thư điện tử"),
    "ended_at": _l("Kết thúc"),
    "enrolled_at": _l("Ghi tên lúc"),
    "entered_at": _l("Nhập lúc"),
    "evidence": _l("Cách học"),
    "expires_at": _l("Hết hạn"),
    "filed_at": _l("Gửi lúc"),
    "finished_at": _l("Xong lúc"),
    "full_name": _l("Họ và tên"),
    "given_at": _l("Đồng ý lúc"),
    "granted_at": _l("Giao lúc"),
    "group": _l("Nhóm người học"),
    "guardian_name": _l("Có người giám hộ đồng ý"),
    "hours": _l("Số giờ"),
    "how": _l("Quen nhau"),
    "id": _l("Hồ sơ số"),
    "indicator": _l("Chỉ tiêu"),
    "issued_at": _l("Cấp lúc"),
    "issuer": _l("Đăng nhập bằng"),
    "item_id": _l("Việc"),
    "kind": _l("Loại"),
    "last_day": _l("Ngày làm việc cuối"),
    "last_sent_at": _l("Thư gần nhất"),
    "last_step": _l("Bài đang học"),
    "linked_at": _l("Nối lúc"),
    "login": _l("Tên đăng nhập"),
    "made": _l("Đã ghi"),
    "made_at": _l("Ghi lúc"),
    "marked_at": _l("Ghi lúc"),
    "message": _l("Kết quả"),
    "name": _l("Tên khóa"),
    "need": _l("Cách học"),
    "note": _l("Ghi chú"),
    "observed_on": _l("Ngày xem"),
    "off_at": _l("Thôi nhắc từ"),
    "outcome": _l("Kết quả"),
    "page": _l("Trang"),
    "paragraph": _l("Đoạn"),
    "passed": _l("Đạt"),
    "percent": _l("Điểm phần trăm"),
    "phone": _l("Số điện thoại"),
    "place": _l("Nơi học"),
    "position": _l("Chức vụ"),
    "printed_number": _l("Số giấy"),
    "purpose": _l("Mục đích"),
    "quarter": _l("Từ lúc"),
    "read_at": _l("Đọc lúc"),
    "reason": _l("Lý do"),
    "received_at": _l("Nhận lúc"),
    "result": _l("Kết quả"),
    "revoked_at": _l("Thu hồi lúc"),
    "role": _l("Quyền"),
    "score": _l("Điểm phần trăm"),
    "shown_name": _l("Tên hiện ra"),
    "since": _l("Từ lúc"),
    "source": _l("Nguồn"),
    "started_at": _l("Bắt đầu"),
    "state": _l("Tình trạng"),
    "step_slug": _l("Bài"),
    "submitted_at": _l("Nộp lúc"),
    "text": _l("Lời ghi"),
    "text_version": _l("Bản lời xin đồng ý"),
    "undone_at": _l("Hủy lúc"),
    "unit_id": _l("Đơn vị"),
    "unit_name": _l("Đơn vị"),
    "used_at": _l("Dùng gần nhất"),
    "valid_from": _l("Từ ngày"),
    "valid_to": _l("Đến ngày"),
    "verb": _l("Việc"),
    "village": _l("Thôn, tổ"),
    "wanted": _l("Muốn sửa thành"),
    "withdrawn_at": _l("Thôi lúc"),
    "witness": _l("Có người chứng kiến"),
}
# what a code of the database means, by column
MEANINGS: dict[str, Mapping[Any, Any]] = {
    "agreed": CHANNELS,
    "channel": CHANNELS,
    "evidence": {level.value: EVIDENCE_TITLES[level] for level in Evidence},
    "how": {"registered": _l("được ghi tên hộ"), "agreed": _l("cùng học")},
    "birth_precision": {"day": _l("ngày"), "year": _l("năm")},
    "made": {
        "person": _l("hồ sơ mới"), "facts": _l("thông tin"), "place": _l("nơi làm việc, nơi học"),
        "moved": _l("chuyển đơn vị"), "vneid": _l("xác nhận VNeID"),
    },
    "need": {
        "large_text": _l("chữ to"), "read_aloud": _l("đọc to"), "captions": _l("phụ đề"),
        "own_language": _l("tiếng nói của mình"),
    },
    "outcome": OUTCOMES,
    "purpose": PURPOSES,
    "role": {role.value: ROLE_TITLES[role] for role in Role},
    "state": {
        "applied": _l("đã ghi nhận"), "refused": _l("không ghi nhận"),
        "quarantined": _l("đang chờ xem"), "closed": _l("đã đóng"), "waiting": _l("đang chờ"),
        "running": _l("đang làm"), "done": _l("đã xong"), "failed": _l("không xong"),
    },
    "kind": {
        **PLACES, **WISHES, "pin": _l("mã PIN"), "password": _l("mật khẩu"),
        "note": _l("ghi chú"), "bookmark": _l("đánh dấu"),
    },
}  # fmt: skip
NOTHING = "–"


def shown(name: str, value: Any, units: Mapping[int, str]) -> str:
    """A value of this column as a person reads it; NOTHING where there is none."""
    if value is None or value in ("", {}, []):
        return NOTHING
    if isinstance(value, bool):
        return said(message("có") if value else message("không"))
    if isinstance(value, datetime):
        moment = local_time(value)
        return f"{moment:%H:%M} {short_date(moment.date())}"
    if isinstance(value, date):
        return short_date(value)
    if name == "unit_id":
        return units.get(value, NOTHING)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return said(str(MEANINGS.get(name, {}).get(value) or _titled(name, str(value))))


def _titled(name: str, value: str) -> str:
    if name == "course_slug":
        course = shelf.course(value)
        return course.title if course else value
    if name == "indicator":
        found = (one.title for one in shelf.programme.indicators if one.id == value)
        return next(found, value)
    if name == "group":
        groups = (one.title for one in shelf.programme.groups if one.id == value)
        return next(groups, value)
    return value
