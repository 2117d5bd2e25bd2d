"""What may stand inside each kind of `///` block, and what must."""

import re
from dataclasses import dataclass, field

from app.content.blocks import FORMS, LANGUAGES, SCENES, Opening
from app.content.lines import indent_of
from app.content.problems import Findings, listed, nearest

_ITEM = re.compile(r" {0,3}\d{1,9}[.)] +(?=\S)")
_PICTURE = re.compile(r"!\[[^\]]*\][(\[]")
_LINK = re.compile(r"\]\(|<a\s|(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\w)")


@dataclass
class OpenBlock:
    """A block whose end has not come yet, and what was seen of it."""

    line: int
    opening: Opening
    options: dict[str, str] = field(default_factory=dict)
    in_options: bool = True
    filled: bool = False
    # of a list of steps
    items: int = 0
    content: int = 0  # column where the text of the item starts
    pictures: int = 0
    after_blank: bool = True
    strayed: bool = False  # what stands beside the list was told, once


def take_line(block: OpenBlock, line: str, number: int, findings: Findings) -> None:
    """Look at one line of the block's text."""
    if block.opening.name == "steps":
        _step_line(block, line, number, findings)
    elif block.opening.name == "drill":
        _scene_line(line, number, findings)
    block.filled = block.filled or bool(line.strip())
    block.after_blank = not line.strip()


def tell_at_end(block: OpenBlock, findings: Findings) -> None:
    """Say what the block lacks, now that it is closed."""
    name = block.opening.name
    for option in FORMS[name].required if name in FORMS else ():
        if not block.options.get(option):
            findings.error(
                block.line,
                f"Khối “{name}” thiếu dòng “{option}”.",
                f"Thêm dòng “    {option}: …” (lùi vào 4 dấu cách) ngay dưới dòng mở khối.",
            )
    if name == "drill":
        _check_option(block, "kind", SCENES, findings)
        _check_invented(block.options.get("from", ""), block.line, findings)
    if name == "listen":
        _check_option(block, "lang", LANGUAGES, findings)
    if not block.filled:
        findings.error(block.line, f"Khối “{name}” chưa có nội dung.", _EMPTY.get(name, _WRITE))
    elif name == "steps" and not block.items:
        findings.error(block.line, "Khối “steps” chưa có bước nào.", _STEPS)


_WRITE = "Viết nội dung giữa dòng mở và dòng đóng khối."
_STEPS = "Viết một danh sách “1. …”, “2. …”, mỗi bước một việc."
_EMPTY = {
    "steps": _STEPS,
    "drill": "Viết nguyên văn tin nhắn, lời gọi hay bài đăng giả.",
    "listen": "Viết lời của bản ghi âm, để người không nghe được cũng đọc được.",
}


def _check_option(
    block: OpenBlock, option: str, known: dict[str, str] | dict[str, tuple[str, str]],
    findings: Findings,
) -> None:  # fmt: skip
    value = block.options.get(option, "")
    if value and value not in known:
        meant = nearest(value, known)
        findings.error(
            block.line,
            f"Mục “{option}” của khối “{block.opening.name}” không đúng: “{value[:40]}”.",
            f"Có phải “{meant}” không?" if meant else f"Dùng một trong: {listed(known)}.",
        )


def _step_line(block: OpenBlock, line: str, number: int, findings: Findings) -> None:
    if item := _ITEM.match(line):
        block.items += 1
        block.content, block.pictures = item.end(), 0
    elif line.strip() and not block.strayed and not _belongs_to_item(block, line):
        block.strayed = True
        findings.error(
            number,
            "Trong khối “steps” chỉ có một danh sách đánh số.",
            "Viết việc làm ở dòng “1. …”; hình và lời thêm thì lùi vào 4 dấu cách dưới bước ấy.",
        )
    block.pictures += len(_PICTURE.findall(line))
    if block.pictures == 2:
        block.pictures += 1  # told once for a step
        findings.error(
            number, "Một bước có hai hình.", "Tách thành hai bước, mỗi bước một việc và một hình."
        )


def _belongs_to_item(block: OpenBlock, line: str) -> bool:
    if not block.items:
        return False
    goes_on = not block.after_blank and not _PICTURE.match(line.lstrip())
    return indent_of(line) >= block.content or (goes_on and line.lstrip()[0] not in "-*+#>|")


def _scene_line(line: str, number: int, findings: Findings) -> None:
    _check_invented(line, number, findings)
    if line.lstrip().startswith("#"):
        findings.error(
            number, "Trong cảnh tập có tiêu đề.", "Viết như tin nhắn thật: chỉ có lời, không có #."
        )


def _check_invented(text: str, number: int, findings: Findings) -> None:
    """Nothing in a scene may lead anywhere or ring anybody's telephone."""
    if any("xxx" not in link[0].lower() for link in _LINK.finditer(text)):
        findings.error(
            number,
            "Trong cảnh tập có liên kết thật.",
            "Viết địa chỉ bịa có “xxx”, ví dụ nhan-qua-xxx.vn, không kèm http.",
        )
    if _PHONE.search(text):
        findings.error(
            number,
            "Trong cảnh tập có số điện thoại đủ số.",
            "Thay vài số cuối bằng xxx, ví dụ 0889 123 xxx.",
        )
