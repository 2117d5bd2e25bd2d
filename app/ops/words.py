"""The audit trail in Vietnamese words."""

VERBS = {
    "award": "Cấp giấy chứng nhận",
    "backup": "Sao lưu",
    "claim": "Nhận hồ sơ có sẵn",
    "demo": "Nạp dữ liệu mẫu",
    "denominator": "Nhập mẫu số",
    "end_grant": "Thôi giao quyền",
    "export": "Tải danh sách",
    "grade": "Chấm bài kiểm tra",
    "grant": "Giao quyền",
    "make_password": "Tạo mật khẩu đăng nhập",
    "import": "Nhập danh sách",
    "import_units": "Nhập tệp đơn vị",
    "recount": "Đếm lại theo sổ",
    "reset_password": "Đặt lại mật khẩu",
    "restore": "Khôi phục",
    "revoke": "Thu hồi giấy chứng nhận",
}
THINGS = {
    "attempt": "Bài làm",
    "award": "Giấy chứng nhận",
    "counts": "Bảng đếm",
    "grant": "Quyền",
    "person": "Người",
    "unit": "Đơn vị",
    "units": "Cây đơn vị",
}


def verb_words(verb: str) -> str:
    """What was done ("award" gives "Cấp giấy chứng nhận"); an unknown verb stays as it is."""
    return VERBS.get(verb, verb)


def subject_words(subject: str) -> str:
    """What it was done to: "award 12" gives "Giấy chứng nhận 12"."""
    thing, _, rest = subject.partition(" ")
    return f"{THINGS.get(thing, thing)} {rest}".rstrip()
