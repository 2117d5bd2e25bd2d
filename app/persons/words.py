"""What pages say of merging and of personal data."""

from app.ui.i18n import lazy_gettext as _l

REFUSED = {
    "merged": _l("Một trong hai hồ sơ đã được hợp nhất từ trước. Hãy xem lại danh sách."),
    "numbers": _l(
        "Hai hồ sơ có hai số định danh khác nhau nên là hai người. Nếu một số ghi nhầm thì sửa "
        "số trước."
    ),
    "role": _l(
        "Một trong hai hồ sơ có quyền của cán bộ. Chỉ người quản trị toàn tỉnh, thành phố được "
        "hợp nhất."
    ),
    "later": _l("Sau lần này còn lần hợp nhất khác. Hãy hủy lần sau trước."),
    "kept": _l("Đã quá hạn hủy: phần cất lại để hủy không còn nữa."),
}
ALIKE = {
    "all": _l("Trùng họ tên, ngày sinh và số điện thoại"),
    "birth": _l("Trùng họ tên và ngày sinh"),
    "phone": _l("Trùng họ tên và số điện thoại"),
}
FILLED = {
    "birth": _l("ngày sinh"),
    "phone": _l("số điện thoại"),
    "group": _l("nhóm người học"),
    "number": _l("số định danh"),
}
PLACES = {"residence": _l("nơi ở"), "work": _l("nơi làm việc"), "school": _l("nơi học")}
WISHES = {
    "view": _l("Xem dữ liệu của mình"),
    "copy": _l("Xin bản sao"),
    "correct": _l("Sửa chỗ ghi sai"),
    "withdraw": _l("Rút lời đồng ý"),
    "restrict": _l("Hạn chế việc dùng dữ liệu"),
    "object": _l("Phản đối việc dùng dữ liệu"),
    "erase": _l("Xóa dữ liệu"),
}
OUTCOMES = {"done": _l("Đã làm"), "refused": _l("Không làm được, có nêu lý do")}
PURPOSES = {
    "learning": _l("Ghi lại việc học, cấp giấy chứng nhận"),
    "letters": _l("Nhận thư điện tử"),
}
CHANNELS = {
    "web": _l("tự bấm trên trang"),
    "voice": _l("nói miệng"),
    "paper": _l("giấy có chữ ký"),
    "pin": _l("mã PIN"),
    "card": _l("thẻ học"),
    "self": _l("tự gửi"),
    "helper": _l("người hỗ trợ ghi giúp"),
    "office": _l("cán bộ ghi giúp"),
}
FACTS = {
    "full_name": _l("Họ và tên"),
    "birth_date": _l("Ngày sinh"),
    "phone": _l("Số điện thoại"),
}
WISH_LEADS = {
    "view": _l("Muốn có người giải thích dữ liệu của mình thì gửi ở đây."),
    "copy": _l("Tự tải được ngay ở trang trước. Cần bản in có người giao thì gửi ở đây."),
    "correct": _l("Sửa lại ô ghi sai. Cán bộ xem giấy tờ rồi sửa, chậm nhất 10 ngày làm việc."),
    "withdraw": _l("Tự rút được ngay ở trang trước. Cần người làm giúp thì gửi ở đây."),
    "restrict": _l("Nói rõ muốn thôi dùng dữ liệu vào việc gì."),
    "object": _l("Nói rõ không đồng ý với việc dùng dữ liệu nào, vì sao."),
    "erase": _l(
        "Xóa rồi không lấy lại được: không đăng nhập được nữa, giấy chứng nhận không còn hiện tên."
    ),
}
