"""Which column of a roster is what: known by its heading in any wording, or as somebody said."""

import re
from collections.abc import Mapping, Sequence

from app.lib.hashing import canonical_json, digest
from app.lib.messages import message
from app.lib.spreadsheets import heading_key

# a column of the file (from 0) for each field that stands in it
Columns = Mapping[str, int]

# the first wording of each column is how messages and the sample file call it
WORDINGS = {
    "name": (
        "Họ và tên", "Họ tên", "Họ, tên", "Họ và tên đầy đủ", "Tên đầy đủ", "Họ đệm và tên",
        "Họ, chữ đệm và tên", "Họ và tên cán bộ", "Họ tên nhân viên", "Họ và tên học sinh",
    ),
    "family": (
        "Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ lót", "Họ và tên lót", "Họ và chữ đệm",
        "Họ, chữ đệm", "Họ",
    ),
    "given": ("Tên",),
    "birth": (
        "Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Ngày/tháng/năm sinh",
        "Năm sinh", "Sinh ngày", "Ngày sinh/Năm sinh", "NTNS",
    ),
    "personal_number": (
        "Số định danh", "Số định danh cá nhân", "Mã định danh", "CCCD", "Số CCCD", "Căn cước",
        "Số căn cước", "Số căn cước công dân", "Số thẻ căn cước", "CMND/CCCD", "Số CMND/CCCD",
        "CCCD/CMND", "Số định danh/CCCD", "Số CCCD/Số định danh", "CMND", "Số CMND",
    ),
    "phone": (
        "Số điện thoại", "Điện thoại", "SĐT", "Số ĐT", "ĐT", "ĐTDĐ", "Di động", "Số di động",
        "Điện thoại di động",
    ),
    "position": (
        "Chức vụ/Chức danh", "Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức danh/Chức vụ",
        "Chức danh, chức vụ", "Vị trí việc làm", "Công việc",
    ),
    "unit": (
        "Đơn vị", "Phòng ban", "Phòng/Ban", "Bộ phận", "Đơn vị công tác", "Đơn vị/Phòng ban",
        "Phòng, ban", "Mã đơn vị", "Tên đơn vị",
    ),
    "vneid_on": ("Xác nhận VNeID", "Ngày xác nhận VNeID", "VNeID"),
    "place": ("STT", "TT", "Số TT", "Số thứ tự"),
}  # fmt: skip
# headings that say nothing to us but help to find the header row
OTHERS = ("Thư điện tử", "Email", "E-mail", "Giới tính", "Ghi chú", "Khóa học", "Kết quả")
TITLES = {field: wordings[0] for field, wordings in WORDINGS.items()}
# what may be chosen for a column, in this order
CHOICES = {
    "name": message("Họ và tên"),
    "family": message("Họ và tên đệm"),
    "given": message("Tên"),
    "birth": message("Ngày sinh"),
    "personal_number": message("Số định danh"),
    "phone": message("Số điện thoại"),
    "position": message("Chức vụ/Chức danh"),
    "unit": message("Đơn vị"),
    "vneid_on": message("Xác nhận VNeID"),
    "place": message("STT"),
}
# words in the headings that offices make up; of two fields the first one is meant
_SIGNS = {
    "vneid_on": r"\bvneid\b",
    "personal_number": r"\b(cccd|cmnd|cmt|cmtnd|dinh danh|can cuoc|chung minh)\b",
    "phone": r"\b(dien thoai|sdt|dtdd|so dt|di dong)\b|^dt (lien he|lien lac|ca nhan)\b",
    "name": r"\bho( va)? (chu |ten )?(dem )?(va )?ten\b|^ten (can bo|nhan vien|hoc sinh|nguoi)\b",
    "birth": r"\b(ngay|thang|nam)\b.*\bsinh\b|\bsinh (ngay|nam)\b",
    "position": r"\b(chuc vu|chuc danh|vi tri viec lam|ngach)\b",
    "unit": r"\b(don vi|phong ban|bo phan|co quan|noi cong tac)\b",
}
# whose name or number it is then, or what about the card
_NOT_MEANT = re.compile(
    r"\b(cha|me|bo|vo|chong|con|chu ho|phu huynh|than nhan|giam ho|quan ly|hoc sinh gioi)\b"
    r"|\b(ngay|noi|han) cap\b|\bngay (vao|nhan|bo nhiem|cong tac)\b|\bnoi sinh\b"
)
_EXACT = {
    heading_key(wording): field for field, wordings in WORDINGS.items() for wording in wordings
}
HEADINGS = (*(wording for wordings in WORDINGS.values() for wording in wordings), *OTHERS)


def meaning(heading: str) -> str:
    """The field that a heading means; "" for none."""
    key = heading_key(heading)
    if key in _EXACT:
        return _EXACT[key]
    if not key or len(key) > 80 or _NOT_MEANT.search(key):
        return ""
    return next((field for field, sign in _SIGNS.items() if re.search(sign, key)), "")


def guessed(header: Sequence[str]) -> dict[str, int]:
    """The column of each field: known wordings first, then what a heading seems to mean.

    "Tên" alone, without a column for the family name, is the whole name.
    """
    found: dict[str, int] = {}
    exact = [_EXACT.get(heading_key(heading), "") for heading in header]
    for fields in (exact, [meaning(heading) for heading in header]):
        for index, field in enumerate(fields):
            if field and index not in found.values():
                found.setdefault(field, index)
    if "given" in found and not {"name", "family"} & found.keys():
        found["name"] = found.pop("given")
    return found


def fitting(said: Mapping[str, int], header: Sequence[str]) -> dict[str, int] | None:
    """What somebody said about the columns, as far as this file has them; None for nothing."""
    kept = {field: index for field, index in said.items() if field in CHOICES}
    inside = {field: index for field, index in kept.items() if 0 <= index < len(header)}
    return inside or None


def has_names(columns: Columns) -> bool:
    """Whether people can be named."""
    return "name" in columns or {"family", "given"} <= columns.keys()


def header_hash(header: Sequence[str]) -> str:
    """The same for headings of the same wording in the same order."""
    return digest(canonical_json([heading_key(heading) for heading in header]))
