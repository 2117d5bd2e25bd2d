"""The audit trail in words."""

from app.lib.messages import message

VERBS = {
    "add_editor": message("Thêm người soạn khóa học"),
    "add_team_member": message("Đưa người lên trang nhờ giúp"),
    "add_unit": message("Thêm đơn vị"),
    "award": message("Cấp giấy chứng nhận"),
    "backup": message("Sao lưu"),
    "change_password": message("Đổi mật khẩu"),
    "change_pin": message("Đổi mã PIN"),
    "claim": message("Nhận hồ sơ có sẵn"),
    "close_sync": message("Đóng một việc gửi muộn"),
    "confirm_letters": message("Xác nhận địa chỉ nhận thư"),
    "demo": message("Nạp dữ liệu mẫu"),
    "denominator": message("Nhập mẫu số"),
    "draft_approved": message("Duyệt bản soạn khóa học"),
    "draft_discarded": message("Bỏ bản soạn khóa học"),
    "draft_opened": message("Mở bản soạn khóa học"),
    "draft_published": message("Công bố khóa học"),
    "draft_returned": message("Gửi trả bản soạn khóa học"),
    "draft_submitted": message("Gửi duyệt bản soạn khóa học"),
    "draft_withdrawn": message("Rút bản soạn khóa học về"),
    "end_editor": message("Thôi giao soạn khóa học"),
    "dissolve_units": message("Giải thể đơn vị"),
    "end_grant": message("Thôi giao quyền"),
    "end_sessions": message("Thoát khỏi mọi máy"),
    "enrol_second_factor": message("Bật bảo vệ hai lớp"),
    "export": message("Tải danh sách"),
    "give_back": message("Người học trả máy sau bài kiểm tra"),
    "grade": message("Chấm bài kiểm tra"),
    "grant": message("Giao quyền"),
    "hand_over": message("Đưa máy cho người học làm bài kiểm tra"),
    "import": message("Nhập danh sách"),
    "import_course": message("Nhập khóa học"),
    "import_units": message("Nhập tệp đơn vị"),
    "issue_card": message("Cấp thẻ học"),
    "leave_letters": message("Thôi nhận thư"),
    "look_up": message("Tìm người ngoài danh sách mình giúp"),
    "make_password": message("Tạo mật khẩu đăng nhập"),
    "new_course": message("Tạo khóa học mới"),
    "merge_people": message("Hợp nhất hai hồ sơ"),
    "merge_units": message("Sáp nhập đơn vị"),
    "move_units": message("Chuyển cấp trên của đơn vị"),
    "observe": message("Xem người học thực hành"),
    "place_people": message("Xác nhận đơn vị của người thuộc đơn vị đã chia"),
    "recount": message("Đếm lại theo sổ"),
    "register_beside": message("Đăng ký tại chỗ cho người học"),
    "reminder_texts": message("Soạn lời nhắc học"),
    "remove_file": message("Bỏ một bài khỏi bản soạn"),
    "remove_team_member": message("Bỏ người khỏi trang nhờ giúp"),
    "rename_units": message("Đổi tên, mã, loại đơn vị"),
    "renew_codes": message("Tạo mã dự phòng mới"),
    "reset_password": message("Đặt lại mật khẩu"),
    "reset_pin": message("Giúp đặt lại mã PIN"),
    "reset_second_factor": message("Đặt lại bảo vệ hai lớp"),
    "restore": message("Khôi phục"),
    "restructure_units": message("Thay cây đơn vị"),
    "retry_sync": message("Thử ghi nhận lại việc gửi muộn"),
    "revoke": message("Thu hồi giấy chứng nhận"),
    "set_password": message("Đặt mật khẩu bằng thư"),
    "set_pin": message("Tự đặt mã PIN"),
    "split_units": message("Chia tách đơn vị"),
    "stop_helping": message("Thôi giúp một người"),
    "study_together": message("Học cùng người học"),
    "take_back": message("Bỏ dấu một việc đã xem"),
    "two_people": message("Ghi nhận hai hồ sơ là hai người"),
    "undo_merge": message("Hủy hợp nhất hồ sơ"),
    "undo_units": message("Hoàn tác việc về đơn vị"),
    "withdraw_card": message("Thu thẻ học"),
    "withdraw_ticket": message("Máy thôi gửi việc học của một người"),
}
THINGS = {
    "attempt": message("Bài làm"),
    "award": message("Giấy chứng nhận"),
    "counts": message("Bảng đếm"),
    "course": message("Khóa học"),
    "grant": message("Quyền"),
    "people": message("Danh sách người"),
    "person": message("Người"),
    "synced": message("Việc gửi muộn"),
    "ticket": message("Vé gửi của máy"),
    "unit": message("Đơn vị"),
    "unit_operation": message("Việc về đơn vị số"),
    "units": message("Cây đơn vị"),
    "want_letters": message("Ghi địa chỉ nhận thư"),
}


def verb_words(verb: str) -> str:
    """What was done ("award" gives "Cấp giấy chứng nhận"); an unknown verb stays as it is."""
    return VERBS.get(verb, verb)


def subject_words(subject: str) -> str:
    """What it was done to: "award 12" gives "Giấy chứng nhận 12"."""
    thing, _, rest = subject.partition(" ")
    named = THINGS.get(thing, thing)
    return message("%(thing)s %(which)s", thing=named, which=rest) if rest else named
