"""How learners do per question."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person
from app.authoring.queries import Mark, QuestionLine, statistics
from app.content.models import Course, Question
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from app.quizzes.models import Attempt, AttemptAnswer

PAGE = "/studio/thu-nghiem/questions"


def answered(course: Course, question: Question, right: int, wrong: int) -> None:
    """So many people answered a question right and wrong (its first wrong option)."""
    mistake = next(option.id for option in question.options if option.id not in question.right)
    for place in range(right + wrong):
        good = place < right
        db.session.add(
            AttemptAnswer(
                attempt_id=_attempt(course),
                position=1,
                question_id=question.id,
                course_slug=course.slug,
                points=float(good),
                right=good,
                chosen=[question.right[0] if good else mistake],
            )
        )
    db.session.commit()


def _attempt(course: Course) -> int:
    attempt = Attempt(
        person_id=add_person("Nguyễn Văn An").id,
        course_slug=course.slug,
        step_slug="kiem-tra",
        course_title=course.title,
        step_title="Kiểm tra",
        version=course.version,
        paper=[],
        pass_percent=80,
        submitted_at=clock.now(),
        percent=0,
        passed=False,
        op_id=operation_id(),
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def pool(course: Course) -> tuple[Question, ...]:
    """The pool of the course's test."""
    return course.steps[-1].questions


def test_times_share_and_the_commonest_wrong_answer(
    as_trainer: FlaskClient, course: Course
) -> None:
    answered(course, pool(course)[4], right=1, wrong=2)
    page = " ".join(as_trainer.get(PAGE).text.split())
    assert "33,3 %" in page
    assert "Ý sai thứ nhất của câu 5 <small>(2 lượt)</small>" in page


def test_hardest_first_and_unasked_last_in_the_files_order(course: Course) -> None:
    answered(course, pool(course)[2], right=1, wrong=1)
    answered(course, pool(course)[5], right=0, wrong=1)
    lines = statistics(course).lines
    assert [line.question.id for line in lines][:4] == ["thu-6", "thu-3", "thu-1", "thu-2"]
    assert len(lines) == 12
    assert (lines[2].times, lines[2].right_share) == (0, None)


@pytest.mark.parametrize(
    ("times", "share", "mark"),
    [
        (20, 0.29, Mark.HARD),
        (20, 0.30, None),
        (20, 0.95, None),
        (21, 0.96, Mark.EASY),
        (19, 0.0, None),
        (0, None, None),
    ],
)
def test_marks(course: Course, times: int, share: float | None, mark: Mark | None) -> None:
    line = QuestionLine(pool(course)[0], course.steps[-1], times, share)
    assert line.mark is mark


def test_a_hard_question_is_marked_on_the_page(as_trainer: FlaskClient, course: Course) -> None:
    answered(course, pool(course)[0], right=2, wrong=18)
    page = as_trainer.get(PAGE).text
    assert "Nên xem lại</span> ít người đúng" in page
    assert "12 câu; 1 câu nên xem lại." in page


def test_questions_no_longer_in_the_pool_are_counted_apart(course: Course) -> None:
    answered(course, pool(course)[0].model_copy(update={"id": "da-bo"}), right=1, wrong=0)
    found = statistics(course)
    assert (len(found.lines), found.retired) == (12, 1)


def test_nobody_answered_yet(as_trainer: FlaskClient) -> None:
    assert as_trainer.get(PAGE).text.count("Chưa ai làm") == 12


@pytest.mark.usefixtures("course_files")
def test_of_a_draft(as_trainer: FlaskClient) -> None:
    assert as_trainer.get("/studio/nhap/questions").status_code == 200


@pytest.mark.parametrize("page", ["2", "x", "-1", "999999999999"])
def test_any_page_number(as_trainer: FlaskClient, page: str) -> None:
    assert as_trainer.get(f"{PAGE}?trang={page}").status_code == 200


def test_unknown_course(as_trainer: FlaskClient) -> None:
    assert as_trainer.get("/studio/khong-co/questions").status_code == 404


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(PAGE).location == f"/login?next={PAGE}"


def test_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.post(PAGE).status_code == 405


def test_few_queries(as_trainer: FlaskClient, course: Course) -> None:
    for question in pool(course):
        answered(course, question, right=1, wrong=1)
    as_trainer.get(PAGE)
    assert as_trainer.queries == 3
