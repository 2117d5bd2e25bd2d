"""Finds questions in the lines of a lesson and takes them apart. What they mean is decided in
`questions`; here nothing is judged but the shape of the text."""

import re
from dataclasses import dataclass, field

from app.content.blocks import opening
from app.content.lines import Fences
from app.content.problems import Findings, nearest

HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_QUESTION = re.compile(r" {0,3}#{1,6} +\?(.*)$")
_ATTRIBUTES = re.compile(r"\{([^{}]*)\}$")
_CHOICE = re.compile(r" {0,3}[-*+] +\[([ xX]?)\](?: +(.*))?$")
_BULLET = re.compile(r" {0,3}[-*+] +\S")
_ACCEPT = re.compile(r" {0,3}=(?!=)\s*(.*)$")
_ITEM = re.compile(r" {0,3}\d{1,3}[.)](?: +(.*))?$")
_ROW = re.compile(r" {0,3}\|(.*)$")
_RULER = re.compile(r" {0,3}\|?[ :]*-+[ :]*(?:\|[ :]*-+[ :]*)+\|?$")
_QUOTE = re.compile(r" {0,3}> ?(.*)$")
_COMMENT = re.compile(r"<!--.*-->$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:\s*\S")

_KNOWN = ("skill", "lesson")


@dataclass
class Part:
    """A piece of an answer: its text, the line where it starts, and whether it was ticked."""

    text: str
    line: int
    ticked: bool = False


@dataclass
class RawQuestion:
    """A question as it was written. Lines count from 1 in the file."""

    line: int
    id: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    prompt: list[str] = field(default_factory=list)
    choices: list[Part] = field(default_factory=list)
    accepted: list[Part] = field(default_factory=list)
    items: list[Part] = field(default_factory=list)
    rows: list[Part] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)

    @property
    def forms(self) -> list[str]:
        """Which ways of answering were used: choices, accepted, items, rows."""
        return [name for name in ("choices", "accepted", "items", "rows") if getattr(self, name)]


@dataclass
class Body:
    """A body in two: `text` with a token in place of each question, and the questions."""

    text: str
    questions: list[RawQuestion]
    token: str

    def token_of(self, place: int) -> str:
        """The word that stands for the question at this place in `questions`."""
        return f"{self.token}{place}z"


def split_body(body: str, first_line: int, token: str, findings: Findings) -> Body:
    """Part the questions from the prose. `token` must not occur in the body."""
    splitter = _Splitter(first_line, token, findings)
    lines = body.split("\n")
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        splitter.take(line, following, first_line + index)
    text = "\n".join([*splitter.prose, "", *splitter.references])
    return Body(text, splitter.questions, token)


class _Splitter:
    def __init__(self, first_line: int, token: str, findings: Findings) -> None:
        self.token = token
        self.findings = findings
        self.fences = Fences()
        self.prose: list[str] = []
        self.references: list[str] = []
        self.questions: list[RawQuestion] = []
        self.reader: _Reader | None = None
        self.in_reference = False

    def take(self, line: str, following: str, number: int) -> None:
        code = self.fences.inside(line)
        if not code and HEADING.match(line):
            self.heading(line, number)
        elif not code and opening(line):
            self.reader, self.in_reference = None, False
            self.prose.append(line)
        elif self.reader is None:
            self.prose.append(line)
        elif not code and self.is_reference(line):
            self.references.append(line)
        else:
            self.reader.take(line, following, number, code)

    def heading(self, line: str, number: int) -> None:
        match = _QUESTION.match(line)
        self.in_reference = False
        if match is None:
            self.reader = None
            self.prose.append(line)
            return
        question = RawQuestion(number)
        self.prose += ["", f"{self.token}{len(self.questions)}z", ""]
        self.questions.append(question)
        self.reader = _Reader(question, self.findings)
        self.reader.title(match[1])

    def is_reference(self, line: str) -> bool:
        """Footnotes and link addresses below the last question belong to the text."""
        self.in_reference = bool(
            REFERENCE.match(line) or (self.in_reference and line.startswith(("    ", "\t")))
        )
        return self.in_reference


class _Reader:
    """Reads the lines of one question: prompt, then answers, then explanation."""

    def __init__(self, question: RawQuestion, findings: Findings) -> None:
        self.question = question
        self.findings = findings
        self.stage = "prompt"
        self.last: Part | None = None
        self.blank = True

    def title(self, text: str) -> None:
        text = text.strip()
        match = _ATTRIBUTES.search(text)
        self.question.prompt.append(text[: match.start()].strip() if match else text)
        for word in match[1].split() if match else ():
            self.attribute(word)

    def attribute(self, word: str) -> None:
        key, equals, value = word.partition("=")
        if word.startswith("#") and len(word) > 1:
            self.question.id = word[1:]
        elif equals and key in _KNOWN and value:
            self.question.attributes[key] = value.strip("\"'")
        else:
            meant = nearest(key, _KNOWN)
            self.findings.error(
                self.question.line,
                f"Không hiểu “{word}” trong ngoặc nhọn của câu hỏi.",
                f"Có phải “{meant}=…” không?" if meant else "Viết {#ma skill=K1 lesson=ten-bai}.",
            )

    def take(self, line: str, following: str, number: int, code: bool) -> None:
        if code:
            self.continue_with(line)
        elif not line.strip() or _COMMENT.match(line.strip()):
            self.blank = True
            self.gap()
            return
        elif self.stage == "explanation":
            self.explain(line, number)
        elif not self.answer(line, following, number):
            self.other(line, number)
        self.blank = False

    def gap(self) -> None:
        if self.stage == "prompt":
            self.question.prompt.append("")
        elif self.stage == "explanation":
            self.question.explanation.append("")

    def answer(self, line: str, following: str, number: int) -> bool:
        """Take the line as a part of the answer; False when it is none."""
        part, parts = self.read_part(line, following, number)
        if parts is None:
            return False
        self.stage = "answer"
        if part is not None:
            parts.append(part)
            self.last = part
        return True

    def read_part(
        self, line: str, following: str, number: int
    ) -> tuple[Part | None, list[Part] | None]:
        question = self.question
        if match := _CHOICE.match(line):
            return Part((match[2] or "").strip(), number, match[1] in ("x", "X")), question.choices
        if match := _ACCEPT.match(line):
            return Part(match[1].strip(), number), question.accepted
        if match := _ITEM.match(line):
            return Part((match[1] or "").strip(), number), question.items
        if match := _ROW.match(line):
            if _RULER.match(line.rstrip()) or _RULER.match(following.rstrip()):
                return None, question.rows  # the line of titles and the line below it
            return Part(line.strip(), number), question.rows if self.stage == "answer" else None
        return None, None

    def other(self, line: str, number: int) -> None:
        quote = _QUOTE.match(line)
        if self.stage == "prompt":
            self.question.prompt.append(line)
        elif quote:
            self.stage = "explanation"
            self.question.explanation.append(quote[1])
        elif line.startswith("  ") or not (self.blank or _BULLET.match(line)):
            self.continue_with(line)
        elif _BULLET.match(line):
            self.stray(number, "Phương án thiếu ô [ ].", "Viết “- [ ] …”, ý đúng viết “- [x] …”.")
        else:
            self.stray(
                number,
                "Có chữ lạ giữa các phương án.",
                "Đưa đoạn này lên trước phương án đầu tiên, hoặc viết “> …” nếu là lời giải thích.",
            )

    def continue_with(self, line: str) -> None:
        if self.stage == "prompt":
            self.question.prompt.append(line)
        elif self.stage == "explanation":
            self.question.explanation.append(line)
        elif self.last is not None:
            self.last.text += "\n" + line.strip()

    def explain(self, line: str, number: int) -> None:
        quote = _QUOTE.match(line)
        if quote:
            self.question.explanation.append(quote[1])
        elif _CHOICE.match(line) or _ACCEPT.match(line):
            self.stray(
                number,
                "Phương án đứng sau lời giải thích.",
                "Chuyển lời giải thích (các dòng “> …”) xuống cuối câu hỏi.",
            )
        elif self.blank:
            self.stray(
                number,
                "Có chữ đứng sau lời giải thích.",
                "Thêm một tiêu đề (## …) trước đoạn này, hoặc viết “> …” nếu còn giải thích.",
            )
        else:
            self.question.explanation.append(line)

    def stray(self, number: int, message: str, mend: str) -> None:
        self.findings.error(number, message, mend)


def cells(row: str) -> list[str]:
    """The cells of a table row, without the outer bars."""
    inner = row.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(inner)]
