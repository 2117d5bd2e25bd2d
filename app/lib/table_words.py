"""What is wrong with a table that somebody sent, as the sender is told."""

from app.lib.csv_text import SAVE_AGAIN
from app.lib.messages import message

NO_HEADER = message(
    "Không tìm thấy dòng tiêu đề. Hãy để một dòng ghi tên các cột, như trong tệp mẫu."
)
OLD_ENCODING = message(
    "%(told)s Chữ trong tệp có vẻ dùng bảng mã cũ (TCVN3, VNI). %(mend)s",
    told=NO_HEADER,
    mend=SAVE_AGAIN,
)
TOO_LARGE = message(
    "Tệp lớn hơn 5 MB. Hãy chép riêng phần danh sách sang một tệp mới, hoặc chia nhỏ tệp."
)
TOO_LONG = message("Tệp có hơn 20.000 dòng. Hãy chia thành nhiều tệp nhỏ hơn.")
EMPTY = message("Tệp trống, không có dòng nào.")
UNREADABLE = message("Không đọc được tệp Excel này. %(mend)s", mend=SAVE_AGAIN)


def locked(filename: str) -> str:
    """What to say of a workbook that does not open."""
    return message(
        "Không đọc được tệp “%(file)s”: tệp kiểu cũ (.xls), có mật khẩu hoặc bị hỏng. "
        "Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại dạng .xlsx.",
        file=filename,
    )
