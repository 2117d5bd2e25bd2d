"""What the script of a device says, and the names of acts: gathered here to be translated."""

from app.content.shelf import shelf
from app.ui.i18n import SOURCE, catalogue
from app.ui.i18n import lazy_gettext as _l

KINDS = {
    "enrol": _l("Ghi tên vào khóa học"),
    "complete": _l("Học xong bài"),
    "test": _l("Nộp bài kiểm tra"),
    "note": _l("Ghi chú"),
    "bookmark": _l("Đánh dấu bài"),
    "unbookmark": _l("Bỏ đánh dấu bài"),
    "place": _l("Chỗ đang đọc"),
    "ask": _l("Hỏi người hỗ trợ"),
}
# {n}, {size} … are filled in by the script
SPOKEN = {
    "waiting": _l("{n} mục chờ gửi"),
    "not_taken": _l("{n} mục chưa được ghi nhận"),
    "nothing_waiting": _l("Không có mục nào chờ gửi."),
    "will_send": _l("{n} mục chờ gửi. Có mạng là tự gửi đi."),
    "sending": _l("Đang gửi…"),
    "sent": _l("Đã gửi xong {n} mục."),
    "no_network": _l("Máy đang không có mạng. Các mục vẫn được giữ trong máy."),
    "sign_in": _l("Phiên đăng nhập đã hết. Đăng nhập lại là các mục này được gửi đi."),
    "of_another": _l("Của {name}. Khi {name} đăng nhập ở máy này, các mục được gửi đi."),
    "reload": _l("Có bản mới, mở lại trang"),
    "server_busy": _l("Hệ thống đang bận. Máy sẽ tự gửi lại sau ít phút."),
    "refused": _l("Không ghi nhận: {why}"),
    "quarantined": _l("Đã gửi, đang chờ người quản trị xem: {why}"),
    "seen": _l("Đã đọc, bỏ khỏi danh sách"),
    "discard": _l("Bỏ mục này"),
    "kept_at": _l("làm lúc {when}"),
    "download": _l("Tải về máy"),
    "download_size": _l("Tải về máy · {size}"),
    "what_is_in_it": _l("{pages} trang. Tải một lần, học không cần mạng."),
    "what_is_in_it_too": _l(
        "{pages} trang, {files} hình và tiếng. Tải một lần, học không cần mạng."
    ),
    "update": _l("Cập nhật bản đã tải · {size}"),
    "update_there": _l("Khóa học có bản mới. Bản đã tải vẫn học được."),
    "downloading": _l("Đang tải: {percent}%, {done} trên {size}"),
    "downloaded": _l("Đã tải về máy, chiếm {size}. Học được khi không có mạng."),
    "download_broke": _l("Mạng bị ngắt giữa chừng. Phần đã tải được giữ lại, bấm để tải tiếp."),
    "no_room": _l("Máy không còn đủ chỗ. Hãy xóa bớt ảnh, phim rồi tải lại."),
    "take_sounds": _l("Tải thêm phần nghe · chừng {size}"),
    "taking_sounds": _l("Đang tải phần nghe: {done} trên {total} bài"),
    "remove": _l("Xóa bản đã tải"),
    "removed": _l("Đã xóa bản tải về. Việc học đã ghi nhận vẫn còn."),
    "open_offline": _l("Xem các khóa đã tải"),
    "take_paper": _l("Mang bài kiểm tra theo"),
    "take_paper_why": _l(
        "Lấy đề về máy để làm khi không có mạng. "
        "Đề không có đáp án; có mạng lại thì bài tự gửi đi để chấm."
    ),
    "paper_taken": _l("Bài kiểm tra đã ở trong máy, làm được khi không có mạng."),
    "open_paper": _l("Mở bài kiểm tra đã mang theo"),
    "paper_elsewhere": _l(
        "Bài kiểm tra này đang ở một máy khác. "
        "Mang sang máy này thì bài làm ở máy kia không được chấm."
    ),
    "move_paper": _l("Mang sang máy này"),
    "try_later": _l("Chưa làm được. Xem lại mạng rồi bấm lần nữa."),
    "who": _l("Việc học được ghi cho {name}."),
    "nobody": _l("Chưa có người học nào đăng nhập ở máy này, nên việc học chưa được ghi lại."),
    "company": _l("Buổi học có người hỗ trợ"),
    "beside": _l("Đang học cùng"),
    "end_beside": _l("Kết thúc"),
    "done_here": _l("Đã học"),
    "done_waiting": _l("Đã học, chờ gửi"),
    "go_on": _l("Học tiếp: {title}"),
    "progress": _l("Đã học {done} trên {total} bài."),
    "size_here": _l("Chiếm {size}, tải ngày {day}"),
    "paper_here": _l("Đã mang theo, chưa nộp"),
    "paper_waiting": _l("Đã nộp, chờ gửi"),
    "question": _l("Câu {n} trên {total}"),
    "question_left": _l("Còn {n} câu chưa trả lời. Câu bỏ trống không có điểm."),
    "question_none_left": _l("Đã trả lời hết các câu. Nộp rồi thì không sửa được nữa."),
    "answered": _l("Đã trả lời"),
    "unanswered": _l("Chưa trả lời"),
    "grade_passed": _l("Được {percent}/100 điểm. Đạt."),
    "grade_failed": _l(
        "Được {percent}/100 điểm. Lần này chưa đạt; có mạng thì xem câu nào cần đọc lại."
    ),
    "leave": _l("Kết thúc, xóa khỏi máy này"),
    "leave_title": _l("Còn {n} mục chưa gửi"),
    "leave_why": _l("Kết thúc bây giờ thì những mục này mất. Hãy bắt mạng và gửi trước đã."),
    "leave_send": _l("Gửi rồi mới kết thúc"),
    "leave_discard": _l("Bỏ các mục này và kết thúc"),
    "leave_stay": _l("Chưa kết thúc"),
    "left_offline": _l("Đã xóa việc học của người này khỏi máy. Khi có mạng, máy sẽ thoát hẳn."),
    "bytes_kb": _l("{n} KB"),
    "bytes_mb": _l("{n} MB"),
}


def spoken(tongue: str) -> dict[str, str]:
    """Everything the script says, in one language; the names of acts under "kind_<kind>"."""
    named = {f"kind_{kind}": words for kind, words in KINDS.items()}
    return {key: _in(tongue, str(words)) for key, words in (SPOKEN | named).items()}


def _in(tongue: str, text: str) -> str:
    return text if tongue == SOURCE else catalogue(tongue).get(text, (text, text))[0]


def title(course_slug: str, step_slug: str) -> str:
    """The title of a step or course as it is now; what is gone is named by its slug."""
    course = shelf.library.course(course_slug)
    step = course.present(step_slug) if course and step_slug else None
    if step:
        return step.title
    return " · ".join(filter(None, (course.title if course else course_slug, step_slug)))
