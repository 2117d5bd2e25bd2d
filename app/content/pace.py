"""How long a lesson takes: its words, questions and their explanations among them, at the pace of
those whom the course is for. Of variants for machines a reader has one: the longest counts."""

import re
from collections.abc import Iterator

from app.content.models import Question, Step, StepKind
from app.content.problems import Findings
from app.content.strict_yaml import Document

SHORTEST, LONGEST = 5, 8  # minutes of a good lesson
NEAR = 1.5  # minutes by which a lesson may differ from what it says

_TAG = re.compile(r"(<[^>]*>)")
_DEVICE = re.compile(r'data-device="([a-z-]+)"')


def words_of(step: Step) -> int:
    """The words that a reader with one machine reads in a step."""
    counts: dict[str, int] = {}
    for device, text in _texts(step.html):
        counts[device] = counts.get(device, 0) + len(text.split())
    common = counts.pop("", 0)
    asked = sum(len(_TAG.sub(" ", html).split()) for q in step.questions for html in _parts(q))
    return common + max(counts.values(), default=0) + asked


def check_pace(
    step: Step, words: int, pace: int, document: Document, findings: Findings
) -> None:  # fmt: skip
    """Warn of a lesson that says another time than its words take at `pace` words a minute, and
    of one that is too long or too short for one sitting."""
    if step.kind is not StepKind.LESSON:
        return
    line, taken = document.line(("minutes",)), words / pace
    if abs(step.minutes - taken) > NEAR:
        findings.warning(
            line,
            f"Bài ghi {step.minutes} phút, mà {words} chữ đọc {pace} chữ một phút là"
            f" {_shown(taken)} phút.",
            f"Ghi “minutes: {max(round(taken), 1)}”, hoặc viết bài ngắn lại, dài thêm.",
        )
    elif not SHORTEST <= step.minutes <= LONGEST:
        findings.warning(
            line,
            f"Bài {step.minutes} phút: một bài nên từ {SHORTEST} đến {LONGEST} phút.",
            "Tách làm hai bài, hay gộp với bài bên cạnh.",
        )


def _texts(html: str) -> Iterator[tuple[str, str]]:
    """(device it is for or "", text) of each stretch of text between two tags."""
    open_sections: list[str] = []
    for piece in _TAG.split(html):
        if piece.startswith("<section"):
            found = _DEVICE.search(piece)
            inside = open_sections[-1] if open_sections else ""
            open_sections.append(found[1] if found else inside)
        elif piece.startswith("</section"):
            del open_sections[-1:]
        elif not piece.startswith("<"):
            yield open_sections[-1] if open_sections else "", piece


def _parts(question: Question) -> Iterator[str]:
    yield question.prompt_html
    yield from (option.html for option in (*question.left, *question.options))
    yield question.explanation_html


def _shown(minutes: float) -> str:
    return f"{minutes:.1f}".replace(".", ",")
