"""Facts that age (numbers to ring, laws, fees) in a file without the day they were checked."""

import re

from app.content.problems import Findings

_NUMBER = r"(?:11[1-5]|1022|156|5656|1[89]00[ .]?\d{2,4}(?:[ .]?\d{2,4})?)(?![\d%]|[.,]\d)"
_AGING = (
    re.compile(
        rf"\b(?:gọi|số|tổng đài|đầu số|đường dây nóng|nhắn|bấm)\W{{1,4}}"
        rf"(?:[^\W\d]{{1,12}}\W{{1,3}}){{0,3}}{_NUMBER}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị)"
        r" (?:số )?\d{1,5}\b"
    ),
    re.compile(r"\b\d{1,5}/(?:20\d\d/)?(?:QH|NĐ|TT|QĐ|NQ|CT)\d{0,2}\b"),
    re.compile(
        r"\b(?:lệ phí|phí|thuế|ngưỡng|hạn mức|mức phạt|trợ cấp|lương tối thiểu)\b[^.;\n]{0,40}?"
        r"\d[\d.,]{0,12} ?(?:đồng|nghìn|ngàn|triệu|tỷ|%)",
        re.IGNORECASE,
    ),
)


def check_dated(body: str, first_line: int, findings: Findings) -> None:
    """Warn of the first fact of a body that ages; for files without a date of checking."""
    for number, line in enumerate(body.split("\n"), first_line):
        found = next((match for kind in _AGING if (match := kind.search(line))), None)
        if found:
            words = found[0].replace("*", "")
            findings.warning(
                number,
                f"Bài nhắc “{words}” mà chưa ghi ngày kiểm tra.",
                "Đối chiếu rồi thêm dòng “checked: năm-tháng-ngày” ở đầu tệp.",
            )
            return
