"""From a question as written to a Question: which kind it is, what is right, what is amiss."""

import hashlib
import re
from collections.abc import Callable, Iterable

from app.content.models import Option, Question, QuestionKind
from app.content.numbers import split_tolerance, written_number
from app.content.problems import Findings
from app.content.question_text import Part, RawQuestion, cells
from app.lib.vietnamese import fold

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_EXAMPLES = {
    "choices": "phương án [ ]",
    "accepted": "đáp án =",
    "items": "danh sách đánh số",
    "rows": "bảng",
}

Render = Callable[[str], str]


class QuestionBuilder:
    """Builds the questions of one file. `inline`, `prompt` and `block` turn Markdown into HTML."""

    def __init__(self, findings: Findings, inline: Render, prompt: Render, block: Render) -> None:
        self.findings = findings
        self.inline = inline
        self.prompt = prompt
        self.block = block

    def build(self, raw: RawQuestion) -> Question | None:
        """The question, or None with the reasons in the findings."""
        before = len(self.findings.found)
        self._check_frame(raw)
        answer = self._answer(raw)
        if answer is None or any(p.severity == "error" for p in self.findings.found[before:]):
            return None
        return Question(
            id=raw.id,
            prompt_html=self.prompt("\n".join(raw.prompt).strip()),
            explanation_html=self.block("\n".join(raw.explanation).strip()).strip(),
            skill=raw.attributes.get("skill"),
            lesson=raw.attributes.get("lesson"),
            **answer,
        )

    def _check_frame(self, raw: RawQuestion) -> None:
        if not raw.id:
            self._error(raw.line, "Câu hỏi chưa có mã.", "Thêm {#ma-cau} ở cuối dòng câu hỏi.")
        elif not _ID.match(raw.id):
            self._error(
                raw.line,
                f"Mã câu hỏi “{raw.id}” không đúng.",
                "Chỉ dùng chữ thường không dấu, số và dấu gạch, ví dụ {#otp-1}.",
            )
        if not "".join(raw.prompt).strip():
            self._error(raw.line, "Câu hỏi chưa có lời.", "Viết câu hỏi sau dấu “### ?”.")
        if not "".join(raw.explanation).strip():
            self._error(
                raw.line,
                "Câu hỏi chưa có lời giải thích.",
                "Thêm dòng “> …” ở cuối câu, nói vì sao ý đó đúng.",
            )

    def _answer(self, raw: RawQuestion) -> dict[str, object] | None:
        """The fields of Question that hold the answer."""
        forms = raw.forms
        if not forms:
            self._error(
                raw.line,
                "Câu hỏi chưa có phương án trả lời.",
                "Thêm “- [ ] …”, “= …”, danh sách “1. …” hoặc bảng hai cột.",
            )
            return None
        if len(forms) > 1:
            self._error(
                raw.line,
                f"Câu hỏi trộn nhiều cách trả lời: {', '.join(_EXAMPLES[name] for name in forms)}.",
                "Chỉ giữ một cách; danh sách trong lời câu hỏi thì dùng dấu gạch “- …”.",
            )
            return None
        build = getattr(self, f"_{forms[0]}")
        fields: dict[str, object] | None = build(raw)
        return fields

    def _choices(self, raw: RawQuestion) -> dict[str, object] | None:
        if len(raw.choices) < 2:
            self._error(raw.line, "Câu hỏi chỉ có một phương án.", "Thêm phương án để chọn.")
        right = [part for part in raw.choices if part.ticked]
        if not right:
            self._error(raw.line, "Câu hỏi chưa có phương án đúng.", "Đổi [ ] ở ý đúng thành [x].")
        options = self._options(raw, raw.choices)
        kind = QuestionKind.SINGLE if len(right) == 1 else QuestionKind.MULTIPLE
        return {
            "kind": kind,
            "options": options,
            "right": tuple(_option_id(raw, part.text) for part in right),
        }

    def _accepted(self, raw: RawQuestion) -> dict[str, object] | None:
        numbers = [part for part in raw.accepted if split_tolerance(part.text)]
        if numbers:
            return self._number(raw, numbers[0])
        for part in raw.accepted:
            if not fold(part.text).strip(" .,;:!?\"'()"):
                self._error(part.line, "Đáp án để trống.", "Viết đáp án sau dấu “=”.")
        return {"kind": QuestionKind.SHORT, "right": tuple(part.text for part in raw.accepted)}

    def _number(self, raw: RawQuestion, part: Part) -> dict[str, object] | None:
        text, tolerance_text = split_tolerance(part.text) or ("", "")
        value, tolerance = written_number(text), written_number(tolerance_text)
        if value is None or tolerance is None or tolerance < 0:
            self._error(
                part.line,
                f"Không đọc được số “{part.text}”.",
                "Viết số, dấu ± rồi sai số, ví dụ “= 10 ± 0.5”.",
            )
            return None
        if len(raw.accepted) > 1:
            self._error(
                raw.accepted[1].line, "Câu hỏi về số có hai đáp án.", "Chỉ giữ một dòng “= …”."
            )
        return {"kind": QuestionKind.NUMBER, "right": (text,), "tolerance": float(tolerance)}

    def _items(self, raw: RawQuestion) -> dict[str, object] | None:
        if len(raw.items) < 2:
            self._error(raw.line, "Không đủ việc để sắp thứ tự.", "Viết ít nhất hai dòng.")
        options = self._options(raw, raw.items)
        right = tuple(_option_id(raw, part.text) for part in raw.items)
        return {"kind": QuestionKind.ORDER, "options": _by_hash(options, right), "right": right}

    def _rows(self, raw: RawQuestion) -> dict[str, object] | None:
        pairs = [(row, cells(row.text)) for row in raw.rows]
        for row, found in pairs:
            if len(found) != 2 or not all(found):
                self._error(
                    row.line,
                    "Dòng của bảng ghép cặp cần đúng hai ô có chữ.",
                    "Viết | trái | phải |.",
                )
                return None
        if len(pairs) < 2:
            self._error(raw.line, "Bảng ghép cặp cần ít nhất hai dòng.", "Thêm một cặp nữa.")
        lefts = [Part(found[0], row.line) for row, found in pairs]
        rights = {found[1]: Part(found[1], row.line) for row, found in pairs}
        right = tuple(_option_id(raw, found[1]) for _, found in pairs)
        return {
            "kind": QuestionKind.MATCH,
            "left": self._options(raw, lefts),
            "options": _by_hash(self._options(raw, rights.values()), right),
            "right": right,
        }

    def _options(self, raw: RawQuestion, parts: Iterable[Part]) -> tuple[Option, ...]:
        options: dict[str, Option] = {}
        for part in parts:
            option = Option(id=_option_id(raw, part.text), html=self.inline(part.text))
            if not part.text or not option.html:
                self._error(part.line, "Phương án để trống.", "Viết lời cho phương án này.")
            elif option.id in options:
                self._error(part.line, f"Phương án “{part.text}” viết hai lần.", "Bỏ bớt một ý.")
            options[option.id] = option
        return tuple(options.values())

    def _error(self, line: int, message: str, mend: str) -> None:
        self.findings.error(line, message, mend)


def _option_id(raw: RawQuestion, text: str) -> str:
    words = " ".join(text.split())
    return hashlib.sha256(f"{raw.id}\0{words}".encode()).hexdigest()[:10]


def _by_hash(options: tuple[Option, ...], right: tuple[str, ...]) -> tuple[Option, ...]:
    """The options in an order that does not tell the right one, the same in every version."""
    ordered = tuple(sorted(options, key=lambda option: option.id))
    if tuple(option.id for option in ordered) == right:
        return ordered[::-1]
    return ordered
