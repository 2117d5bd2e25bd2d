"""How a course's questions are answered, for the trainer."""

from app.accounts.models import Person
from app.content.models import Course
from app.extensions import db
from app.lib.ids import operation_id
from app.quizzes import actions
from app.quizzes.models import Attempt
from app.quizzes.queries import WrongAnswer, question_statistics
from tests.quizzes.exam import wrong_option


def sat(person: Person, course: Course, wrong: int) -> Attempt:
    """A submitted attempt at all twelve questions, the first `wrong` of the pool wrong."""
    rule = course.steps[-1].test
    assert rule is not None
    everything = rule.model_copy(update={"draw": {}, "wait_minutes": 0, "attempts": None})
    step = course.steps[-1].model_copy(update={"test": everything})
    attempt = actions.start(person, course, step, operation_id())
    pool = [question.id for question in step.questions]
    for number, question in enumerate(attempt.questions, start=1):
        missed = pool.index(question.id) < wrong
        answer = wrong_option(question) if missed else question.right[0]
        actions.save_answer(attempt, number, [answer], operation_id())
    actions.submit(attempt, course, step, operation_id())
    db.session.commit()
    return attempt


def test_hardest_first_then_by_id(learner: Person, stranger: Person, course: Course) -> None:
    sat(learner, course, wrong=4)
    sat(stranger, course, wrong=5)
    shares = [
        (row.question_id, row.times, row.right_share) for row in question_statistics("thu-nghiem")
    ]
    assert shares[:6] == [
        ("thu-1", 2, 0.0),
        ("thu-2", 2, 0.0),
        ("thu-3", 2, 0.0),
        ("thu-4", 2, 0.0),
        ("thu-5", 2, 0.5),
        ("thu-10", 2, 1.0),
    ]


def test_it_tells_the_commonest_wrong_answers(learner: Person, course: Course) -> None:
    attempt = sat(learner, course, wrong=3)
    chosen = attempt.answer("thu-1")
    assert question_statistics("thu-nghiem")[0].wrong_answers == [WrongAnswer(chosen, 1)]
    assert question_statistics("thu-nghiem")[-1].wrong_answers == []


def test_it_is_read_in_parts(learner: Person, course: Course) -> None:
    sat(learner, course, wrong=3)
    listed = question_statistics("thu-nghiem")
    assert question_statistics("thu-nghiem", limit=5, offset=5) == listed[5:10]
    assert len(listed) == 12


def test_unanswered_is_no_wrong_answer(learner: Person, course: Course) -> None:
    attempt = actions.start(learner, course, course.steps[-1], operation_id())
    actions.submit(attempt, course, course.steps[-1], operation_id())
    listed = question_statistics("thu-nghiem")
    assert [(row.mean_points, row.wrong_answers) for row in listed] == [(0.0, [])] * 5


def test_open_attempts_and_other_courses_do_not_count(learner: Person, course: Course) -> None:
    actions.start(learner, course, course.steps[-1], operation_id())
    assert question_statistics("thu-nghiem") == []
    assert question_statistics("khong-co") == []
