"""How the landing page greets each audience group."""

from dataclasses import dataclass

from markupsafe import Markup

from app.content.programme import Group
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Welcome:
    """The headline, HTML with one marked phrase, and the sentences under it."""

    title: str
    lead: str


EVERYBODY = Welcome(
    _l("Ngày trước thắp đèn học chữ, nay mở máy <mark>học số</mark>"),
    _l(
        "Mỗi bài vài phút, chỉ từng bước trên điện thoại. Học xong làm bài kiểm tra, "
        "đạt thì được giấy chứng nhận."
    ),
)
WELCOMES = {
    "can-bo": Welcome(
        _l("Thạo việc trên mạng, dân <mark>đỡ phải đi lại</mark>"),
        _l(
            "Anh chị học từng bài ngắn lúc rảnh, làm bài kiểm tra ngay trên máy. "
            "Học xong, tên tự vào danh sách hoàn thành của cơ quan."
        ),
    ),
    "hoc-sinh-sinh-vien": Welcome(
        _l("Giỏi mạng là <mark>biết kiểm chứng</mark>, đâu phải lướt nhanh"),
        _l("Em học từng bài ngắn, tự thử ngay, rồi về chỉ lại cho ông bà, cha mẹ."),
    ),
    "nguoi-lao-dong": Welcome(
        _l("Nghỉ tay mươi phút, biết <mark>thêm một việc</mark>"),
        _l(
            "Anh chị tan ca học một bài: trả tiền, làm giấy tờ, giữ tài khoản khỏi kẻ lừa. "
            "Bận thì dừng, lần sau học tiếp từ chỗ dở."
        ),
    ),
    "nguoi-dan": Welcome(
        _l("Giấy tờ, tiền nong, mua bán: làm ngay <mark>trên điện thoại</mark>"),
        _l(
            "Anh chị cầm máy của mình làm theo từng bước. Chưa biết gì cũng học được, "
            "mỗi bài chỉ vài phút."
        ),
    ),
    "nguoi-cao-tuoi": Welcome(
        _l("Bác mới dùng điện thoại? Mình học <mark>chậm mà chắc</mark>"),
        _l("Mỗi bài một hai việc, câu ngắn, làm từng bước. Bác quên thì đọc lại, không ai giục."),
    ),
    "nguoi-khuyet-tat": Welcome(
        _l("Học <mark>theo cách của mình</mark>, không ai giục"),
        _l(
            "Bài học dùng được với máy đọc màn hình, chữ phóng to và bàn phím, không tính giờ. "
            "Anh chị dừng lúc nào cũng được, lần sau học tiếp."
        ),
    ),
    "dan-toc-thieu-so": Welcome(
        _l("Bà con mình học cái điện thoại, <mark>từng bước một</mark>"),
        _l("Có người ở thôn chỉ tận tay. Bà con học ở nhà, ở nhà làng, lúc nào rảnh cũng được."),
    ),
    "cho-so-nong-thon-so": Welcome(
        _l("Khách quét mã, mình <mark>nhận đủ tiền</mark>"),
        _l(
            "Cô bác học từng bài vài phút lúc vắng khách: trả tiền bằng mã QR, mua bán trên mạng, "
            "nhận ra kẻ lừa."
        ),
    ),
}


def welcome(group: Group | None) -> Welcome:
    """The greeting of a group; one added to the programme is greeted by its own invitation."""
    said = WELCOMES.get(group.id) if group else EVERYBODY
    if said is None:
        said = Welcome(
            EVERYBODY.title, _(group.invite) if group and group.invite else EVERYBODY.lead
        )
    return Welcome(Markup(said.title), str(said.lead))
