"""How the landing page greets each audience group."""

from dataclasses import dataclass

from markupsafe import Markup

from app.content.programme import Group


@dataclass(frozen=True)
class Welcome:
    """The headline, with one marked phrase, and the sentences under it."""

    title: Markup
    lead: str


EVERYBODY = Welcome(
    Markup("Ngày trước thắp đèn học chữ, nay mở máy <mark>học số</mark>"),
    "Mỗi bài vài phút, chỉ từng bước trên điện thoại. Học xong làm bài kiểm tra, "
    "đạt thì được giấy chứng nhận.",
)
WELCOMES = {
    "can-bo": Welcome(
        Markup("Thạo việc trên mạng, dân <mark>đỡ phải đi lại</mark>"),
        "Anh chị học từng bài ngắn lúc rảnh, làm bài kiểm tra ngay trên máy. "
        "Học xong, tên tự vào danh sách hoàn thành của cơ quan.",
    ),
    "hoc-sinh-sinh-vien": Welcome(
        Markup("Giỏi mạng là <mark>biết kiểm chứng</mark>, đâu phải lướt nhanh"),
        "Em học từng bài ngắn, tự thử ngay, rồi về chỉ lại cho ông bà, cha mẹ.",
    ),
    "nguoi-lao-dong": Welcome(
        Markup("Nghỉ tay mươi phút, biết <mark>thêm một việc</mark>"),
        "Anh chị tan ca học một bài: trả tiền, làm giấy tờ, giữ tài khoản khỏi kẻ lừa. "
        "Bận thì dừng, lần sau học tiếp từ chỗ dở.",
    ),
    "nguoi-dan": Welcome(
        Markup("Giấy tờ, tiền nong, mua bán: làm ngay <mark>trên điện thoại</mark>"),
        "Anh chị cầm máy của mình làm theo từng bước. Chưa biết gì cũng học được, "
        "mỗi bài chỉ vài phút.",
    ),
    "nguoi-cao-tuoi": Welcome(
        Markup("Bác mới dùng điện thoại? Mình học <mark>chậm mà chắc</mark>"),
        "Mỗi bài một hai việc, câu ngắn, làm từng bước. Bác quên thì đọc lại, không ai giục.",
    ),
    "nguoi-khuyet-tat": Welcome(
        Markup("Học <mark>theo cách của mình</mark>, không ai giục"),
        "Bài học dùng được với máy đọc màn hình, chữ phóng to và bàn phím, không tính giờ. "
        "Anh chị dừng lúc nào cũng được, lần sau học tiếp.",
    ),
    "dan-toc-thieu-so": Welcome(
        Markup("Bà con mình học cái điện thoại, <mark>từng bước một</mark>"),
        "Có người ở thôn chỉ tận tay. Bà con học ở nhà, ở nhà làng, lúc nào rảnh cũng được.",
    ),
    "cho-so-nong-thon-so": Welcome(
        Markup("Khách quét mã, mình <mark>nhận đủ tiền</mark>"),
        "Cô bác học từng bài vài phút lúc vắng khách: trả tiền bằng mã QR, mua bán trên mạng, "
        "nhận ra kẻ lừa.",
    ),
}


def welcome(group: Group | None) -> Welcome:
    """The greeting of a group; one added to the programme is greeted by its own invitation."""
    if group is None:
        return EVERYBODY
    return WELCOMES.get(group.id) or Welcome(EVERYBODY.title, group.invite or EVERYBODY.lead)
