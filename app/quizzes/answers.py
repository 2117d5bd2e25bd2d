"""What a question page may send: an answer is read strictly, and its state said in one word."""

import unicodedata
from enum import StrEnum

from app.content.models import Question, QuestionKind
from app.content.numbers import readings
from app.lib.messages import message
from app.lib.vietnamese import nfc

LONGEST_ANSWER = 500


class BadAnswer(ValueError):
    """The values cannot come from this question's form; the message says what to mend."""


class Filled(StrEnum):
    """How far a question is answered."""

    DONE = "done"
    PARTLY = "partly"
    EMPTY = "empty"


def read_answer(question: Question, values: list[str]) -> list[str]:
    """The answer in the values that a form posted; an empty list when nothing was answered.

    single, multiple: option ids; order, match: one option id or "" per place; short, number:
    one tidy text. Raises BadAnswer, in Vietnamese.
    """
    if question.kind in (QuestionKind.SHORT, QuestionKind.NUMBER):
        return _typed(question, values)
    if question.kind in (QuestionKind.ORDER, QuestionKind.MATCH):
        return _placed(question, values)
    return _chosen(question, values)


def filled(question: Question, answer: list[str]) -> Filled:
    """Whether a question is answered wholly, partly or not yet."""
    if not any(answer):
        return Filled.EMPTY
    twice = question.kind is QuestionKind.ORDER and len(set(answer)) < len(answer)
    return Filled.PARTLY if twice or not all(answer) else Filled.DONE


def _chosen(question: Question, values: list[str]) -> list[str]:
    chosen = list(dict.fromkeys(value for value in values if value))
    _refuse_unknown(question, chosen)
    if question.kind is QuestionKind.SINGLE and len(chosen) > 1:
        raise BadAnswer(message("Câu này chỉ chọn một ý."))
    return chosen


def _placed(question: Question, values: list[str]) -> list[str]:
    places = question.left if question.kind is QuestionKind.MATCH else question.options
    if not any(values):
        return []
    if len(values) != len(places):
        raise BadAnswer(
            message(
                "Câu này có %(places)s chỗ để chọn. Hãy tải lại trang rồi trả lời lại.",
                places=len(places),
            )
        )
    _refuse_unknown(question, [value for value in values if value])
    return list(values)


def _refuse_unknown(question: Question, chosen: list[str]) -> None:
    if not {option.id for option in question.options}.issuperset(chosen):
        raise BadAnswer(message("Có ý không thuộc câu hỏi này. Hãy tải lại trang rồi trả lời lại."))


def _typed(question: Question, values: list[str]) -> list[str]:
    if len(values) > 1:
        raise BadAnswer(message("Câu này chỉ có một ô trả lời. Hãy tải lại trang rồi trả lời lại."))
    spaced = " ".join(nfc("".join(values)).split())
    text = "".join(c for c in spaced if unicodedata.category(c) != "Cc")
    if len(text) > LONGEST_ANSWER:
        raise BadAnswer(
            message("Câu trả lời dài quá %(most)s ký tự. Hãy viết ngắn lại.", most=LONGEST_ANSWER)
        )
    if text and question.kind is QuestionKind.NUMBER and not readings(text):
        raise BadAnswer(message("Câu này trả lời bằng một số, như 12 hoặc 1,5."))
    return [text] if text else []
