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
