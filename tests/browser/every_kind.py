"""Questions of every kind, and what answers them."""

from app.content.models import Question, QuestionKind
from app.content.shelf import shelf
from app.quizzes.models import Attempt

RESIDENTS = "c4-nguoi-dan"


def one_of_each_kind() -> list[Question]:
    """From the residents' final test, the first question of each kind."""
    course = shelf.library.course(RESIDENTS)
    assert course
    found: dict[str, Question] = {}
    for question in course.steps[-1].questions:
        found.setdefault(question.kind, question)
    assert set(found) == set(QuestionKind)
    return list(found.values())


def number_of(attempt: Attempt, kind: QuestionKind) -> int:
    """The number of the first question of this kind in an attempt."""
    return 1 + [question.kind for question in attempt.questions].index(kind)


def right_answer(question: Question) -> list[str]:
    """What a form posts for a wholly right answer."""
    return list(question.right[:1] if question.kind is QuestionKind.SHORT else question.right)
