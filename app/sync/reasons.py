"""Why an act was not taken in, in words for the learner; the code stands in the table."""

from app.ui.i18n import lazy_gettext as _l

# refused: the rules say no, and sending it again changes nothing
REFUSED = {
    "malformed": _l("Nội dung gửi lên không đọc được. Hãy tải lại trang rồi làm lại việc này."),
    "conflict": _l("Mã của việc này đã dùng cho một việc khác. Việc trước được giữ nguyên."),
    "not_yours": _l("Bài kiểm tra này không phải của người đang gửi, nên không chấm được."),
    "submitted": _l("Bài kiểm tra này đã nộp trước đó. Kết quả lần nộp trước được giữ nguyên."),
    "helped": _l("Bài kiểm tra phải do chính người học làm, không nộp từ phiên có người hỗ trợ."),
    "answers_unfit": _l(
        "Có câu trả lời không khớp với đề. Bài vẫn còn mở: hãy mở lại khi có mạng để làm tiếp."
    ),
    "too_long": _l("Nội dung dài quá mức cho phép. Hãy viết ngắn lại."),
    "asked_enough": _l("Các câu đã hỏi về bài này còn chờ trả lời. Xin chờ thêm."),
}
# quarantined: kept for somebody to look at, since it may count after all
QUARANTINED = {
    "course_gone": _l("Khóa học này hiện không còn trên hệ thống. Việc đã làm được giữ lại."),
    "step_gone": _l("Khóa học đã đổi và không còn bài này. Việc đã làm được giữ lại."),
    "test_gone": _l("Bài kiểm tra đang được biên soạn lại. Bài làm được giữ lại, chưa chấm."),
    "paper_elsewhere": _l("Đề này đã được mang sang máy khác. Bài làm ở máy này được giữ lại."),
    "unknown_kind": _l("Hệ thống chưa biết loại việc này. Việc đã làm được giữ lại."),
    "fault": _l("Hệ thống gặp trục trặc khi nhận việc này. Việc đã làm được giữ lại."),
}
REASONS = REFUSED | QUARANTINED


class NotTaken(Exception):
    """An act was not taken in; `reason` is a key of REASONS. Nothing of it was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def words(reason: str) -> str:
    """The reason in the reader's language; empty for what was taken in."""
    return str(REASONS.get(reason, ""))
