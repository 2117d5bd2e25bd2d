"""Faults of lesson text that show in its lines, before anything is rendered."""

import re
from collections import Counter

from app.content.lines import Fences, indent_of
from app.content.markup import DEVICES
from app.content.problems import Findings, listed, nearest

DEEPEST = 10

_HEADING = re.compile(r" {0,3}(#{1,6})(?: (.*))?$")
_BLOCK = re.compile(r"/{3,}(?: +([^\s|]+) *(?:\|(.*))?)?$")
_QUOTES = re.compile(r"(?: {0,3}> ?)+")
_LOST_MARK = re.compile(r"\{#[\w-][^{}]*\}$")

# Markdown takes quadratic time in the length of a paragraph and in the marks of one.
_LONGEST_PARAGRAPH = 40_000
_MARKS = ("[", "<")
_MOST_MARKS = 300  # in a paragraph
_MOST_MARKS_ALTOGETHER = 5_000
_MOST_FENCES = 400


def check_prose(body: str, first_line: int, findings: Findings) -> bool:
    """Note what is wrong with headings, `///` blocks, code fences and nesting.

    False when the text is so nested or so long that it must not be rendered.
    """
    checker = _Checker(findings)
    for number, line in enumerate(body.split("\n"), first_line):
        checker.take(line, number)
    checker.finish()
    return checker.bounded


class _Checker:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.fences = Fences()
        self.fence_line = 0
        self.level = 1
        self.block_line = 0
        self.paragraph = Counter[str]()
        self.marks = Counter[str]()
        self.bounded = True

    def take(self, line: str, number: int) -> None:
        was_open = self.fences.unclosed
        self.bound(line, number)
        if self.fences.inside(line):
            if not was_open:
                self.fence_line = number
                self.marks["```"] += 1
            return
        self.nesting(line, number)
        if heading := _HEADING.match(line):
            self.heading(len(heading[1]), (heading[2] or "").strip(), number)
        elif block := _BLOCK.match(line.rstrip()):
            self.block(block[1], (block[2] or "").strip(), number)

    def finish(self) -> None:
        if self.fences.unclosed:
            self.findings.error(
                self.fence_line, "Khối mã ``` chưa đóng.", "Thêm một dòng ``` sau khối mã."
            )
        if self.block_line:
            self.unclosed_block()

    def heading(self, level: int, text: str, number: int) -> None:
        if text.startswith("?"):
            if self.block_line:
                self.unclosed_block()
            return
        if _LOST_MARK.search(text):
            self.findings.error(
                number,
                "Tiêu đề có {#…} nhưng không phải câu hỏi.",
                "Câu hỏi viết “### ? …”; tiêu đề thường thì bỏ {#…}.",
            )
        if level == 1:
            self.findings.warning(
                number, "Trong bài có tiêu đề #.", "Dùng ##: tên bài đã là tiêu đề lớn nhất."
            )
        elif level > self.level + 1:
            self.findings.warning(
                number,
                f"Tiêu đề nhảy từ bậc {self.level} xuống bậc {level}.",
                f"Dùng {'#' * (self.level + 1)}.",
            )
        self.level = max(level, 2)

    def block(self, name: str | None, argument: str, number: int) -> None:
        if name is None:
            if not self.block_line:
                self.findings.error(
                    number, "Dấu /// đóng một khối chưa mở.", "Bỏ dòng này, hoặc thêm dòng mở khối."
                )
            self.block_line = 0
            return
        if self.block_line:
            self.unclosed_block()
        self.block_line = number
        if name != "device":
            self.findings.error(number, f"Không có khối “{name}”.", "Viết “/// device | android”.")
        elif argument not in DEVICES:
            meant = nearest(argument, DEVICES)
            self.findings.error(
                number,
                f"Không có loại máy “{argument}”.",
                f"Có phải “{meant}” không?" if meant else f"Dùng một trong: {listed(DEVICES)}.",
            )

    def unclosed_block(self) -> None:
        self.findings.error(
            self.block_line, "Khối /// chưa đóng.", "Thêm một dòng /// ở cuối khối, trước câu hỏi."
        )
        self.block_line = 0

    def nesting(self, line: str, number: int) -> None:
        quotes = _QUOTES.match(line)
        depth = quotes[0].count(">") if quotes else 0
        if depth > DEEPEST or (line.strip() and indent_of(line) > 4 * (DEEPEST + 1)):
            self.refuse(number, "Chữ lồng quá sâu.", "Viết lại cho phẳng hơn, tối đa 10 bậc.")

    def bound(self, line: str, number: int) -> None:
        """Refuse what would take the renderer minutes."""
        if not line.strip() or line.startswith("#"):
            self.paragraph.clear()
        found = Counter({mark: line.count(mark) for mark in _MARKS})
        self.paragraph += found
        self.marks += found
        self.paragraph["length"] += len(line)
        if self.paragraph["length"] > _LONGEST_PARAGRAPH:
            self.refuse(number, "Đoạn quá dài.", "Ngắt thành nhiều đoạn ngắn.")
        if any(self.paragraph[mark] > _MOST_MARKS for mark in _MARKS):
            self.refuse(number, "Đoạn có quá nhiều dấu [ hoặc <.", "Ngắt thành nhiều đoạn.")
        most = max(self.marks[mark] for mark in _MARKS)
        if most > _MOST_MARKS_ALTOGETHER or self.marks["```"] > _MOST_FENCES:
            self.refuse(number, "Bài có quá nhiều dấu [, < hoặc ```.", "Chia thành nhiều bài.")

    def refuse(self, number: int, message: str, mend: str) -> None:
        """Note once that the text must not be rendered."""
        if self.bounded:
            self.findings.error(number, message, mend)
        self.bounded = False
