"""How learners do per question: the statistics of the tests, joined with a course's pool."""

from dataclasses import dataclass
from enum import StrEnum

from app.authoring.pool import tests_of
from app.content.grading import grade
from app.content.models import Course, Question, Step
from app.lib.messages import message
from app.quizzes.queries import QuestionStatistics, question_statistics

ENOUGH_ANSWERS = 20
HARD, EASY = 0.30, 0.95
MOST_QUESTIONS = 2000


class Mark(StrEnum):
    """Why a question should be looked at again."""

    HARD = "hard"
    EASY = "easy"


MARK_WORDS = {
    Mark.HARD: message("ít người đúng"),
    Mark.EASY: message("gần như ai cũng đúng"),
}


@dataclass(frozen=True)
class QuestionLine:
    """A question of a course's tests and how it is answered.

    `right_share` 0…1, None while nobody was asked; `wrong_html`: the commonest wrong answer as
    pieces of safe HTML, given `wrong_times` times.
    """

    question: Question
    test: Step
    times: int = 0
    right_share: float | None = None
    wrong_html: tuple[str, ...] = ()
    wrong_times: int = 0

    @property
    def mark(self) -> Mark | None:
        """Too hard or too easy, once enough people answered."""
        if self.right_share is None or self.times < ENOUGH_ANSWERS:
            return None
        if self.right_share < HARD:
            return Mark.HARD
        return Mark.EASY if self.right_share > EASY else None


@dataclass(frozen=True)
class Statistics:
    """`lines`: hardest first, questions never asked last, in the order of their files.
    `retired`: how many questions have answers but are no longer in any pool."""

    lines: list[QuestionLine]
    retired: int

    @property
    def marked(self) -> int:
        """How many questions should be looked at again."""
        return sum(line.mark is not None for line in self.lines)


def statistics(course: Course) -> Statistics:
    """Every question in the pools of a course's tests, with how it is answered."""
    pool = {
        question.id: (question, test) for test in tests_of(course) for question in test.questions
    }
    asked = question_statistics(course.slug, limit=MOST_QUESTIONS)
    known = [found for found in asked if found.question_id in pool]
    lines = [_line(*pool.pop(found.question_id), found) for found in known]
    unasked = [QuestionLine(question, test) for question, test in pool.values()]
    return Statistics(lines + unasked, len(asked) - len(known))


def _line(question: Question, test: Step, found: QuestionStatistics) -> QuestionLine:
    wrong = found.wrong_answers[0] if found.wrong_answers else None
    return QuestionLine(
        question,
        test,
        found.times,
        found.right_share,
        grade(question, wrong.chosen).given_html if wrong else (),
        wrong.times if wrong else 0,
    )
