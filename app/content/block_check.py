"""Faults of the `///` blocks of a lesson, told by their lines before anything is rendered."""

from collections.abc import Mapping

from app.content import blocks
from app.content.block_content import OpenBlock, take_line, tell_at_end
from app.content.blocks import FORMS, Opening
from app.content.problems import Findings, listed, nearest

SCENES_OF_A_DRILL = range(2, 5)
MOST = 200  # blocks of one text
DEEPEST = 4


class BlockChecker:
    """Follows the blocks of one text, line by line. `groups`: known groups by id, empty: any.

    `bounded` turns False for what must not be rendered.
    """

    def __init__(self, findings: Findings, groups: Mapping[str, str]) -> None:
        self.findings = findings
        self.words = {
            "device": ("loại máy", tuple(blocks.DEVICES)),
            "for": ("nhóm người học", tuple(groups)),
            "lang": ("ngôn ngữ", tuple(blocks.LANGUAGES)),
        }
        self.stack: list[OpenBlock] = []
        self.scenes: list[int] = []
        self.unanswered = 0  # line of a scene that no question follows yet
        self.opened = 0
        self.bounded = True

    def take(self, line: str, number: int) -> None:
        """Look at a line that is not code."""
        if found := blocks.opening(line):
            self.open(found, number)
        elif slashes := blocks.closing(line):
            self.close(slashes, number)
        elif name := blocks.misplaced(line):
            self.findings.error(
                number,
                f"Khối “/// {name}” nằm trong danh sách hoặc trích dẫn.",
                "Viết /// sát lề trái, sau một dòng trống.",
            )
            self.bounded = False
        elif self.stack:
            self.inside(self.stack[-1], line, number)

    def take_code(self, line: str, number: int) -> None:
        """Look at a line of code, or at its fence."""
        if self.stack:
            self.stack[-1].in_options = False
            take_line(self.stack[-1], line, number, self.findings)

    def question(self) -> None:
        """A question begins: no block goes on, and the scene above has its answer."""
        self.end_all()
        self.unanswered = 0

    def finish(self) -> None:
        """The text is over."""
        self.end_all()
        self.check_answered()
        if self.scenes and len(self.scenes) not in SCENES_OF_A_DRILL:
            self.findings.warning(
                self.scenes[0],
                f"Bài tập nhận diện lừa đảo có {len(self.scenes)} cảnh.",
                "Nên có 2 đến 4 cảnh: tin đầu tiên, lời dụ tiếp theo, lời dọa…",
            )

    def open(self, found: Opening, number: int) -> None:
        self.bound(number)
        self.check_nesting(found, number)
        self.check_argument(found, number)
        self.stack.append(OpenBlock(number, found))
        if found.name == "drill":
            self.check_answered()
            self.scenes.append(number)
            self.unanswered = number

    def bound(self, number: int) -> None:
        """Refuse what would take the renderer minutes."""
        self.opened += 1
        if self.bounded and (self.opened > MOST or len(self.stack) >= DEEPEST):
            many = self.opened > MOST
            self.findings.error(
                number,
                f"Bài có quá {MOST} khối ///." if many else "Các khối /// lồng quá sâu.",
                "Chia thành nhiều bài." if many else f"Viết lại, lồng tối đa {DEEPEST} bậc.",
            )
            self.bounded = False

    def check_argument(self, found: Opening, number: int) -> None:
        form = FORMS.get(found.name)
        if form is None:
            meant = nearest(found.name, FORMS)
            mend = f"Có phải “/// {meant}” không?" if meant else f"Có các khối {listed(FORMS)}."
            self.findings.error(number, f"Không có khối “{found.name}”.", mend)
        elif not found.argument:
            self.findings.error(
                number,
                f"Khối “{found.name}” chưa có phần sau dấu |.",
                f"Viết “/// {found.name} | {form.argument}”.",
            )
        else:
            name, known = self.words.get(found.name, ("", ()))
            self.check_word(found.argument, name, known, number)

    def check_word(self, word: str, name: str, known: tuple[str, ...], number: int) -> None:
        if not known or word in known:
            return
        meant = nearest(word, known)
        mend = f"Có phải “{meant}” không?" if meant else f"Dùng một trong: {listed(known)}."
        self.findings.error(number, f"Không có {name} “{word}”.", mend)

    def check_nesting(self, found: Opening, number: int) -> None:
        """An inner block has fewer slashes than the one around it, and may stand there."""
        while self.stack and found.slashes >= self.stack[-1].opening.slashes:
            self.unclosed(self.stack.pop())
        if not self.stack:
            return
        outer = self.stack[-1]
        outer.in_options, outer.filled = False, True
        form = FORMS.get(outer.opening.name)
        if form and found.name in FORMS and found.name not in form.holds:
            self.findings.error(
                number,
                f"Khối “{found.name}” không đặt được trong khối “{outer.opening.name}”.",
                "Đóng khối ngoài trước, rồi viết khối này riêng.",
            )

    def close(self, slashes: int, number: int) -> None:
        if all(block.opening.slashes != slashes for block in self.stack):
            mark = "/" * slashes
            self.findings.error(
                number,
                f"Dấu {mark} đóng một khối chưa mở.",
                "Bỏ dòng này, hoặc viết đúng số dấu / như dòng mở khối.",
            )
            return
        while (block := self.stack.pop()).opening.slashes != slashes:
            self.unclosed(block)
        tell_at_end(block, self.findings)

    def inside(self, block: OpenBlock, line: str, number: int) -> None:
        if block.in_options and blocks.is_option(line):
            self.option(block, line, number)
            return
        block.in_options = False
        take_line(block, line, number, self.findings)

    def option(self, block: OpenBlock, line: str, number: int) -> None:
        name = block.opening.name
        found = blocks.option(line)
        known = FORMS[name].options if name in FORMS else ()
        if found is None or found[0] not in known or found[0] in block.options:
            wanted = f"Viết “    {known[0]}: …”, mỗi dòng một mục" if known else "Bỏ dòng này"
            self.findings.error(
                number,
                f"Không hiểu dòng “{line.strip()[:40]}” ở đầu khối “{name}”.",
                f"{wanted}; nếu là nội dung thì để một dòng trống phía trên.",
            )
            self.bounded = False  # what reads options there is not ours
        else:
            block.options[found[0]] = found[1]

    def check_answered(self) -> None:
        if self.unanswered:
            self.findings.error(
                self.unanswered,
                "Sau cảnh tập này chưa có câu hỏi nào.",
                "Thêm ít nhất một câu “### ? …” ngay sau khối drill.",
            )
        self.unanswered = 0

    def end_all(self) -> None:
        while self.stack:
            self.unclosed(self.stack.pop())

    def unclosed(self, block: OpenBlock) -> None:
        mark = "/" * block.opening.slashes
        self.findings.error(
            block.line,
            f"Khối {mark} chưa đóng.",
            f"Thêm một dòng {mark} ở cuối khối, trước câu hỏi; khối bọc ngoài viết bốn dấu ////.",
        )
