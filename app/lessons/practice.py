"""Practice questions as they are shown in a lesson: never with a hint of the answer."""

import random

from app.content.drawing import blind, shuffled
from app.content.models import Course, Question, QuestionKind

LAID_OUT_BY_AUTHOR = (QuestionKind.ORDER, QuestionKind.MATCH)


def shown(course: Course, question: Question) -> Question:
    """The question without answer and explanation, the same for everybody in one version.

    What the file lists in its right order is shuffled, since that order is the answer.
    """
    if question.kind in LAID_OUT_BY_AUTHOR:
        question = shuffled(question, random.Random(course.version + question.id))
    return blind(question)


def answer_given(question: Question, typed: list[str]) -> bool:
    """Whether a form holds an answer at all; a question of several rows wants every row."""
    if question.kind in LAID_OUT_BY_AUTHOR:
        return bool(typed) and all(typed)
    return any(text.strip() for text in typed)
