"""Handing in: graded once, by the frozen paper, and the award in the same transaction."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Operation, Person
from app.accounts.operations import OperationConflict
from app.certificates.models import Award, RegisterYear
from app.content.models import Course
from app.counts.models import Attainment
from app.extensions import db
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from app.quizzes import actions, queries
from app.quizzes.models import Attempt, AttemptAnswer
from tests.acts import finish_lessons, post, rows
from tests.quizzes.exam import answer_all, begin, hand_in, newest, sit


def passing(learner: Person, course: Course) -> Attempt:
    """An open attempt with all answers right, committed."""
    attempt = actions.start(learner, course, course.steps[-1], operation_id())
    for number, question in enumerate(attempt.questions, start=1):
        actions.save_answer(attempt, number, list(question.right), operation_id())
    db.session.commit()
    return attempt


def test_all_right_is_a_hundred(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner)
    assert (done.percent, done.passed) == (100, True)
    assert [row.score for row in rows(StepCredit)] == [100]


def test_below_the_mark_is_not_passed(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner, wrong=2)
    assert (done.percent, done.passed) == (60, False)
    assert rows(StepCredit) == []


def test_the_mark_itself_is_passed(as_learner: FlaskClient, course: Course) -> None:
    assert sit(as_learner, wrong=1).passed


def test_an_empty_paper_is_nought(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    assert hand_in(as_learner, attempt.id).location == f"/attempts/{attempt.id}"
    assert newest().percent == 0


def test_each_answer_is_kept_for_the_trainer(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner, wrong=1)
    graded = rows(AttemptAnswer)
    assert [row.position for row in graded] == [1, 2, 3, 4, 5]
    assert [row.points for row in graded] == [0, 1, 1, 1, 1]
    assert [row.chosen for row in graded] == [done.answer(q.id) for q in done.questions]
    assert {row.skill for row in graded} == {"K3", "K4"}


def test_a_grade_leaves_an_audit_line(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner, wrong=2)
    (line,) = rows(AuditLine, verb="grade")
    assert line.subject == f"attempt {done.id}"
    assert "60/100 · chưa đạt" in line.detail


def test_handing_in_twice_is_one_grade(as_learner: FlaskClient, course: Course) -> None:
    done = sit(as_learner)
    assert hand_in(as_learner, done.id).location == f"/attempts/{done.id}"
    assert len(rows(AttemptAnswer)) == 5
    assert len(rows(AuditLine, verb="grade")) == 1


def test_a_double_click_is_one_grade(as_learner: FlaskClient, course: Course) -> None:
    attempt, op_id = begin(as_learner), operation_id()
    for _ in range(2):
        post(as_learner, f"/attempts/{attempt.id}/submission", op_id=op_id)
    assert len(rows(AuditLine, verb="grade")) == 1


def test_the_last_step_passed_brings_the_award(
    as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    finish_lessons(learner, course)
    sit(as_learner, wrong=1)
    (award,) = rows(Award)
    assert (award.number, award.result) == (1, "Đạt, 80/100 điểm")
    assert len(rows(Attainment)) == 2


def test_grade_award_and_count_go_back_together(learner: Person, course: Course) -> None:
    finish_lessons(learner, course)
    attempt = passing(learner, course)
    actions.submit(attempt, course, course.steps[-1], operation_id())
    assert rows(Award)
    db.session.rollback()
    assert rows(Attempt)[0].is_open
    assert len(rows(StepCredit)) == 3
    assert rows(Award) == rows(AttemptAnswer) == rows(Attainment) == rows(RegisterYear) == []


def test_an_award_that_fails_takes_the_grade_with_it(
    as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    finish_lessons(learner, course)
    attempt_id = passing(learner, course).id
    # the id under which the step would be credited is taken by another act
    db.session.add(Operation(id=f"attempt-{attempt_id}", verb="khác", content_hash="0" * 64))
    db.session.commit()
    assert hand_in(as_learner, attempt_id).status_code == 409
    assert rows(Attempt)[0].is_open
    assert rows(Award) == rows(AttemptAnswer) == []


def test_racing_submissions_give_one_award(app: Flask, learner: Person, course: Course) -> None:
    finish_lessons(learner, course)
    attempt_id, person_id = passing(learner, course).id, learner.id
    db.session.rollback()

    def submit(_: int) -> actions.Result:
        with app.app_context():
            attempt = queries.attempt_of(person_id, attempt_id)
            assert attempt is not None
            result = actions.submit(attempt, course, course.steps[-1], operation_id())
            db.session.commit()
            return result

    with ThreadPoolExecutor(10) as pool:
        results = set(pool.map(submit, range(50)))
    assert results == {actions.Result(100, True)}
    assert [award.number for award in rows(Award)] == [1]
    assert len(rows(AttemptAnswer)) == 5


def test_it_is_graded_by_the_paper_of_the_start(learner: Person, course: Course) -> None:
    attempt = passing(learner, course)
    wrong_now = tuple(
        question.model_copy(update={"right": (question.options[0].id,)})
        for question in course.steps[-1].questions
    )
    step = course.steps[-1].model_copy(update={"questions": wrong_now})
    edited = course.model_copy(update={"version": "f" * 12})
    assert actions.submit(attempt, edited, step, operation_id()).percent == 100


def test_points_are_rounded_down() -> None:
    assert actions.percent_of([1 / 3, 1 / 3, 1 / 3, 1, 1]) == 60
    assert actions.percent_of([1, 1, 0]) == 66
    assert actions.percent_of([]) == 0


def test_the_id_of_another_act_is_refused(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    answer_all(as_learner, attempt)
    op_id = operation_id()
    post(as_learner, f"/attempts/{attempt.id}/1", op_id=op_id)
    assert post(as_learner, f"/attempts/{attempt.id}/submission", op_id=op_id).status_code == 409
    assert newest().is_open
    with pytest.raises(OperationConflict):
        actions.submit(newest(), course, course.steps[-1], op_id)


def test_an_old_page_is_told_to_try_again(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    response = post(as_learner, f"/attempts/{attempt.id}/submission", op_id="rác")
    assert response.status_code == 400
    assert "Trang mở đã lâu" in response.text
    assert newest().is_open


def test_someone_elses_and_unknown_ones_are_missing(
    as_stranger: FlaskClient, learner: Person, course: Course
) -> None:
    attempt_id = passing(learner, course).id
    for number in (attempt_id, attempt_id + 1):
        assert hand_in(as_stranger, number).status_code == 404
    assert newest().is_open


def test_signed_out_one_signs_in_first(
    client: FlaskClient, learner: Person, course: Course
) -> None:
    attempt_id = passing(learner, course).id
    assert "/login" in hand_in(client, attempt_id).location
    assert newest().is_open


def test_it_is_only_posted_to(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    assert as_learner.get(f"/attempts/{attempt.id}/submission").status_code == 405
