"""Marks one answer to one question."""

import html
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from app.content.models import Question, QuestionKind
from app.content.numbers import readings, written_number
from app.lib.messages import Message, message
from app.lib.vietnamese import fold

Answer = Sequence[str]

LONGEST = 200

_NOTHING = "(chưa trả lời)"
_EDGES = " .,;:!?\"'()“”‘’"
_SEPARATORS = re.compile(r"[\s.,\-]")


class Grade(NamedTuple):
    """`points` 0..1; `right` only for full points; what was given, and what is right, as HTML."""

    points: float
    right: bool
    given_html: tuple[str, ...]
    right_html: tuple[str, ...]


def grade(question: Question, answer: Answer) -> Grade:
    """Mark an answer as a form posts it: option ids, or texts.

    single: 1 or 0. multiple: right ticks minus wrong ticks, over the number of right options,
    never below 0. short: 1 when it equals an accepted text, case, marks, spaces and outer
    punctuation aside. number: 1 within the tolerance. order: the ids in the learner's order;
    share of items in their right place. match: the chosen id for each row of `left`; share of
    right pairs. Ids that are not of this question and surplus answers earn nothing.
    """
    share, given = _MARKERS[question.kind](question, list(answer))
    points = max(0.0, min(1.0, share))
    return Grade(points, points == 1, given, _right_html(question))


def how_marked(question: Question) -> Message:
    """What an answer to this question earns, in a sentence for the learner."""
    return _HOW[question.kind]


_HOW = {
    QuestionKind.SINGLE: message("Một ý đúng. Chọn trúng được trọn điểm."),
    QuestionKind.MULTIPLE: message(
        "Có thể đúng nhiều ý. Mỗi ý đúng được một phần điểm, mỗi ý sai mất một phần;"
        " thấp nhất là 0 điểm."
    ),
    QuestionKind.SHORT: message(
        "Viết đúng được trọn điểm. Chữ hoa, dấu tiếng Việt và dấu câu không tính."
    ),
    QuestionKind.NUMBER: message("Viết đúng số được trọn điểm."),
    QuestionKind.ORDER: message("Mỗi việc đứng đúng chỗ được một phần điểm."),
    QuestionKind.MATCH: message("Mỗi cặp đúng được một phần điểm."),
}


def _single(question: Question, answer: list[str]) -> tuple[float, tuple[str, ...]]:
    chosen = _known(question, answer)
    return float(tuple(chosen) == question.right), _shown(question, chosen)


def _multiple(question: Question, answer: list[str]) -> tuple[float, tuple[str, ...]]:
    chosen = _known(question, answer)
    hits = sum(option_id in question.right for option_id in chosen)
    misses = len(chosen) - hits
    return (hits - misses) / len(question.right), _shown(question, chosen)


def _short(question: Question, answer: list[str]) -> tuple[float, tuple[str, ...]]:
    text = _text(answer)
    right = any(_same_words(text, accepted) for accepted in question.right)
    return float(right), (html.escape(text) or _NOTHING,)


def _number(question: Question, answer: list[str]) -> tuple[float, tuple[str, ...]]:
    text = _text(answer)
    wanted = written_number(question.right[0])
    tolerance = Decimal(str(question.tolerance or 0))
    right = wanted is not None and any(abs(n - wanted) <= tolerance for n in readings(text))
    return float(right), (html.escape(text) or _NOTHING,)


def _order(question: Question, answer: list[str]) -> tuple[float, tuple[str, ...]]:
    given = answer[: len(question.right)]
    return _share(given, question.right), _shown(question, given)


def _match(question: Question, answer: list[str]) -> tuple[float, tuple[str, ...]]:
    given = (answer + [""] * len(question.left))[: len(question.left)]
    return _share(given, question.right), _pairs(question, given)


_MARKERS: dict[QuestionKind, Callable[[Question, list[str]], tuple[float, tuple[str, ...]]]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SHORT: _short,
    QuestionKind.NUMBER: _number,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
}


def _share(given: Sequence[str], right: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(given, right, strict=False)) / len(right)


def _known(question: Question, answer: list[str]) -> list[str]:
    """The chosen options, each once, in the question's order."""
    return [option.id for option in question.options if option.id in answer]


def _text(answer: list[str]) -> str:
    return answer[0][:LONGEST].strip() if answer else ""


def _same_words(given: str, accepted: str) -> bool:
    wanted = fold(accepted).strip(_EDGES)
    if wanted.isdigit():  # telephone numbers are written 1900 1234, 1900.1234, …
        return _SEPARATORS.sub("", fold(given).strip(_EDGES)) == wanted
    return fold(given).strip(_EDGES) == wanted


def _shown(question: Question, ids: Sequence[str]) -> tuple[str, ...]:
    words = {option.id: option.html for option in question.options}
    return tuple(words[option_id] for option_id in ids if option_id in words) or (_NOTHING,)


def _pairs(question: Question, ids: Sequence[str]) -> tuple[str, ...]:
    words = {option.id: option.html for option in question.options}
    return tuple(
        f"{row.html} → {words.get(option_id, _NOTHING)}"
        for row, option_id in zip(question.left, ids, strict=True)
    )


def _right_html(question: Question) -> tuple[str, ...]:
    if question.kind is QuestionKind.SHORT:
        return (html.escape(question.right[0]),)
    if question.kind is QuestionKind.NUMBER:
        return (html.escape(question.right[0]),)
    if question.kind is QuestionKind.MATCH:
        return _pairs(question, question.right)
    if question.kind is QuestionKind.ORDER:
        return _shown(question, question.right)
    return _shown(question, _known(question, list(question.right)))
