"""The audit trail in words."""

from app.lib.messages import message

VERBS = {
    "acknowledge_request": message("Xác nhận đã nhận yêu cầu về dữ liệu"),
    "add_editor": message("Thêm người soạn khóa học"),
    "add_team_member": message("Đưa người lên trang nhờ giúp"),
    "answer_request": message("Trả lời yêu cầu về dữ liệu"),
    "award": message("Cấp giấy chứng nhận"),
    "backup": message("Sao lưu"),
    "change_incident": message("Cập nhật sự cố dữ liệu"),
    "change_password": message("Đổi mật khẩu"),
    "change_pin": message("Đổi mã PIN"),
    "claim": message("Nhận hồ sơ có sẵn"),
    "close_sync": message("Đóng một việc gửi muộn"),
    "consent": message("Ghi lời đồng ý"),
    "correct_person": message("Sửa dữ liệu cá nhân theo yêu cầu"),
    "demo": message("Nạp dữ liệu mẫu"),
    "denominator": message("Nhập mẫu số"),
    "dissolve_units": message("Giải thể đơn vị"),
    "draft_approved": message("Duyệt bản nháp"),
    "draft_discarded": message("Bỏ bản nháp"),
    "draft_opened": message("Mở bản nháp khóa học"),
    "draft_published": message("Công bố khóa học"),
    "draft_returned": message("Trả lại bản nháp"),
    "draft_submitted": message("Gửi duyệt bản nháp"),
    "draft_withdrawn": message("Rút bản nháp khỏi duyệt"),
    "end_editor": message("Thôi cho soạn khóa học"),
    "end_grant": message("Thôi giao quyền"),
    "end_sessions": message("Thoát khỏi mọi máy"),
    "enrol_second_factor": message("Bật bảo vệ hai lớp"),
    "erase_person": message("Xóa dữ liệu cá nhân"),
    "export": message("Tải danh sách"),
    "export_own": message("Tải dữ liệu của chính mình"),
    "file_request": message("Ghi yêu cầu về dữ liệu cá nhân"),
    "give_back": message("Người học trả máy sau bài kiểm tra"),
    "grade": message("Chấm bài kiểm tra"),
    "grant": message("Giao quyền"),
    "hand_over": message("Đưa máy cho người học làm bài kiểm tra"),
    "import": message("Nhập danh sách"),
    "import_course": message("Nhập khóa học"),
    "import_units": message("Nhập tệp đơn vị"),
    "issue_card": message("Cấp thẻ học"),
    "look_up": message("Tìm người ngoài danh sách mình giúp"),
    "make_password": message("Tạo mật khẩu đăng nhập"),
    "merge_people": message("Hợp nhất hai hồ sơ"),
    "merge_units": message("Sáp nhập đơn vị"),
    "move_units": message("Chuyển đơn vị sang cấp trên khác"),
    "new_course": message("Tạo khóa học mới"),
    "new_incident": message("Ghi sự cố dữ liệu"),
    "observe": message("Xem người học thực hành"),
    "place_people": message("Xếp người vào đơn vị kế tiếp"),
    "recount": message("Đếm lại theo sổ"),
    "register_beside": message("Đăng ký tại chỗ cho người học"),
    "reminder_texts": message("Soạn lời nhắc học"),
    "remove_file": message("Xóa một tệp của khóa học"),
    "remove_team_member": message("Bỏ người khỏi trang nhờ giúp"),
    "rename_units": message("Đổi tên, mã đơn vị"),
    "renew_codes": message("Tạo mã dự phòng mới"),
    "reset_password": message("Đặt lại mật khẩu"),
    "reset_pin": message("Giúp đặt lại mã PIN"),
    "reset_second_factor": message("Đặt lại bảo vệ hai lớp"),
    "restore": message("Khôi phục"),
    "restructure_units": message("Đưa cây đơn vị mới vào hiệu lực"),
    "retention": message("Dọn dữ liệu hết hạn giữ"),
    "retry_sync": message("Thử ghi nhận lại việc gửi muộn"),
    "revoke": message("Thu hồi giấy chứng nhận"),
    "set_password": message("Đặt mật khẩu bằng thư"),
    "set_pin": message("Tự đặt mã PIN"),
    "split_units": message("Chia đơn vị"),
    "stop_helping": message("Thôi giúp một người"),
    "study_together": message("Học cùng người học"),
    "take_back": message("Bỏ dấu một việc đã xem"),
    "two_people": message("Ghi là hai người khác nhau"),
    "undo_import": message("Hủy một lần nhập danh sách"),
    "undo_merge": message("Hủy hợp nhất hồ sơ"),
    "undo_units": message("Hủy việc về đơn vị"),
    "withdraw_card": message("Thu thẻ học"),
    "withdraw_consent": message("Rút lời đồng ý"),
    "withdraw_ticket": message("Máy thôi gửi việc học của một người"),
}
THINGS = {
    "ask": message("Câu hỏi"),
    "attempt": message("Bài làm"),
    "audit": message("Nhật ký"),
    "award": message("Giấy chứng nhận"),
    "counts": message("Bảng đếm"),
    "course": message("Khóa học"),
    "grant": message("Quyền"),
    "import": message("Lần nhập danh sách"),
    "incident": message("Sự cố dữ liệu"),
    "people": message("Danh sách người"),
    "person": message("Người"),
    "records": message("Dữ liệu hết hạn"),
    "request": message("Yêu cầu về dữ liệu"),
    "synced": message("Việc gửi muộn"),
    "ticket": message("Vé gửi của máy"),
    "unit": message("Đơn vị"),
    "unit_operation": message("Việc về đơn vị"),
    "units": message("Cây đơn vị"),
}
PAGES = {
    "certificates.register": message("Sổ cấp giấy"),
    "field.asks": message("Câu hỏi của người học"),
    "field.home": message("Người tôi giúp"),
    "field.one_ask": message("Một câu hỏi của người học"),
    "field.person": message("Trang người học (người hỗ trợ)"),
    "field.reminders": message("Lời nhắc học"),
    "ops.audit": message("Nhật ký"),
    "ops.grants": message("Giao quyền"),
    "ops.views": message("Ai đã xem"),
    "persons.merges": message("Hồ sơ đã hợp nhất"),
    "persons.pair": message("So hai hồ sơ"),
    "persons.twins": message("Hồ sơ có thể trùng"),
    "staff.one_import": message("Lần nhập danh sách"),
    "staff.people": message("Danh sách cán bộ, người lao động"),
    "staff.person": message("Trang của một người"),
    "sync.quarantine": message("Việc gửi muộn"),
    "units.cards": message("Thẻ học"),
}


def verb_words(verb: str) -> str:
    """What was done ("award" gives "Cấp giấy chứng nhận"); an unknown verb stays as it is."""
    return VERBS.get(verb, verb)


def subject_words(subject: str) -> str:
    """What it was done to: "award 12" gives "Giấy chứng nhận 12"."""
    thing, _, rest = subject.partition(" ")
    named = THINGS.get(thing, thing)
    return message("%(thing)s %(which)s", thing=named, which=rest) if rest else named


def page_words(page: str) -> str:
    """What was looked at ("staff.people" gives its name); an unknown page stays as it is."""
    return PAGES.get(page, page)
