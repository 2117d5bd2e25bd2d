"""Faults of lesson text that show in its lines, before anything is rendered."""

import re
from collections.abc import Mapping

from app.content.block_check import BlockChecker
from app.content.lines import Fences, indent_of
from app.content.problems import Findings

DEEPEST = 10

_HEADING = re.compile(r" {0,3}(#{1,6})(?: (.*))?$")
_QUOTES = re.compile(r"(?: {0,3}> ?)+")
_LOST_MARK = re.compile(r"\{#[\w-][^{}]*\}$")

# Markdown takes quadratic time in the length of a paragraph and in the marks of one. `?` stands
# for questions, `#` for headings.
_LONGEST_PARAGRAPH = 40_000
_MARKS = ("[", "<", "$")
_MOST_MARKS = 300  # in a paragraph
_MOST = {"[": 5_000, "<": 5_000, "$": 5_000, "```": 400, "#": 2_000, "?": 500}
_MOST_PARAGRAPHS = 8_000
_MOST_ITEMS = 8_000
_ITEM = re.compile(r"[ \t>]{0,99}(?:[-*+]|\d{1,9}[.)])[ \t]")


def check_prose(body: str, first_line: int, findings: Findings, groups: Mapping[str, str]) -> bool:
    """Note what is wrong with headings, `///` blocks, code fences and nesting. `groups`: titles
    of the programme's groups by id.

    False when the text is so nested or so long that it must not be rendered.
    """
    checker = _Checker(findings, groups)
    for number, line in enumerate(body.split("\n"), first_line):
        checker.take(line, number)
        if not (checker.bounded and checker.blocks.bounded):
            return False
    checker.finish()
    return True


class _Checker:
    def __init__(self, findings: Findings, groups: Mapping[str, str]) -> None:
        self.findings = findings
        self.blocks = BlockChecker(findings, groups)
        self.fences = Fences()
        self.fence_line = 0
        self.level = 1
        self.paragraph = dict.fromkeys(("length", *_MARKS), 0)
        self.marks = dict.fromkeys(_MOST, 0)
        self.paragraphs = self.items = 0
        self.bounded = True

    def take(self, line: str, number: int) -> None:
        was_open = self.fences.unclosed
        self.bound(line, number)
        if self.fences.inside(line):
            self.blocks.take_code(line, number)
            if not was_open:
                self.fence_line = number
                self.marks["```"] += 1
            return
        self.nesting(line, number)
        self.blocks.take(line, number)
        if heading := _HEADING.match(line):
            self.heading(len(heading[1]), (heading[2] or "").strip(), number)

    def finish(self) -> None:
        if self.fences.unclosed:
            self.findings.error(
                self.fence_line, "Khối mã ``` chưa đóng.", "Thêm một dòng ``` sau khối mã."
            )
        self.blocks.finish()

    def heading(self, level: int, text: str, number: int) -> None:
        self.marks["#"] += 1
        if text.startswith("?"):
            self.marks["?"] += 1
            self.blocks.question()
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

    def nesting(self, line: str, number: int) -> None:
        quotes = _QUOTES.match(line)
        depth = quotes[0].count(">") if quotes else 0
        if depth > DEEPEST or (line.strip() and indent_of(line) > 4 * (DEEPEST + 1)):
            self.refuse(number, "Chữ lồng quá sâu.", "Viết lại cho phẳng hơn, tối đa 10 bậc.")

    def bound(self, line: str, number: int) -> None:
        """Refuse what would take the renderer minutes."""
        if not line.strip() or line.startswith("#"):
            self.paragraph = dict.fromkeys(self.paragraph, 0)
        self.paragraph["length"] += len(line)
        for mark in _MARKS:
            if found := line.count(mark):
                self.paragraph[mark] += found
                self.marks[mark] += found
        self.count(line, number)
        if self.paragraph["length"] > _LONGEST_PARAGRAPH:
            self.refuse(number, "Đoạn quá dài.", "Ngắt thành nhiều đoạn ngắn.")
        for mark, most in _MOST.items():
            if self.paragraph.get(mark, 0) > _MOST_MARKS:
                self.refuse(number, f"Đoạn có quá nhiều dấu {mark}.", "Ngắt thành nhiều đoạn.")
            elif self.marks[mark] > most:
                self.refuse(number, f"Bài có quá nhiều dấu {mark}.", "Chia thành nhiều bài.")

    def count(self, line: str, number: int) -> None:
        """Each paragraph and item is an element of its own; thousands of them take seconds."""
        self.paragraphs += not line.strip()
        self.items += bool(_ITEM.match(line))
        if self.paragraphs > _MOST_PARAGRAPHS:
            self.refuse(number, "Bài có quá nhiều đoạn.", "Chia thành nhiều bài.")
        elif self.items > _MOST_ITEMS:
            self.refuse(number, "Bài có danh sách quá dài.", "Chia thành nhiều bài.")

    def refuse(self, number: int, message: str, mend: str) -> None:
        """Note that the text must not be rendered."""
        self.findings.error(number, message, mend)
        self.bounded = False
