"""The questions of a test with their answers, as only trainers see them."""

from dataclasses import dataclass

from app.content.grading import grade
from app.content.models import Course, Question, QuestionKind, Step, StepKind
from app.lib.messages import message

KIND_WORDS = {
    QuestionKind.SINGLE: message("Chọn một ý"),
    QuestionKind.MULTIPLE: message("Chọn nhiều ý"),
    QuestionKind.SHORT: message("Viết câu trả lời"),
    QuestionKind.NUMBER: message("Viết một số"),
    QuestionKind.ORDER: message("Xếp thứ tự"),
    QuestionKind.MATCH: message("Ghép đôi"),
}


@dataclass(frozen=True)
class PoolQuestion:
    """One question: its kind in words, its right answers as safe HTML, its lesson or None."""

    question: Question
    kind: str
    right_html: tuple[str, ...]
    lesson: Step | None


def tests_of(course: Course) -> tuple[Step, ...]:
    """The steps of a course that are tests, in their order."""
    return tuple(step for step in course.steps if step.kind is StepKind.TEST)


def pool(course: Course, test: Step) -> list[PoolQuestion]:
    """All questions of a test, in the order of the file."""
    return [
        PoolQuestion(
            question,
            KIND_WORDS[question.kind],
            grade(question, []).right_html,
            course.step(question.lesson) if question.lesson else None,
        )
        for question in test.questions
    ]
