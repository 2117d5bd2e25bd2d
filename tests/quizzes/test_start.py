"""Starting a test: one open attempt, its own paper, the rule of waits and attempts."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.accounts.operations import OperationConflict
from app.content.models import Course
from app.extensions import db
from app.learning.models import Enrolment
from app.lib import clock
from app.lib.ids import operation_id
from app.quizzes.actions import AlreadyPassed, MustWait, NoAttemptsLeft, start, submit
from app.quizzes.models import Attempt
from tests.acts import pass_course, post, rows
from tests.quizzes.exam import INTRO, LENGTH, START, answer, begin, newest, sit

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def fail(learner: Person, course: Course) -> Attempt:
    step = course.steps[-1]
    attempt = start(learner, course, step, operation_id())
    submit(attempt, course, step, operation_id())
    db.session.commit()
    return attempt


def test_it_leads_to_the_first_question(as_learner: FlaskClient, course: Course) -> None:
    response = post(as_learner, START)
    assert response.location == f"/attempts/{newest().id}/1"


def test_the_paper_is_drawn_by_the_rule(as_learner: FlaskClient, course: Course) -> None:
    skills = [question.skill for question in begin(as_learner).questions]
    assert (len(skills), skills.count("K3"), skills.count("K4")) == (LENGTH, 3, 2)


def test_the_version_and_titles_of_the_start_are_kept(
    as_learner: FlaskClient, course: Course
) -> None:
    attempt = begin(as_learner)
    assert (attempt.version, attempt.pass_percent) == (course.version, 80)
    assert (attempt.course_title, attempt.step_title) == (course.title, "Bài kiểm tra thử")


def test_who_starts_a_test_takes_the_course(as_learner: FlaskClient, course: Course) -> None:
    begin(as_learner)
    assert [row.course_slug for row in rows(Enrolment)] == ["thu-nghiem"]


def test_options_stand_in_different_orders(learner: Person, course: Course) -> None:
    orders = set()
    for seed in range(12):
        attempt = start(learner, course, course.steps[-1], operation_id(), random.Random(seed))
        orders |= {
            tuple(question.right[0] == option.id for option in question.options)
            for question in attempt.questions
        }
        db.session.rollback()
    assert len(orders) == 3


def test_papers_differ(learner: Person, course: Course) -> None:
    papers = set()
    for seed in range(12):
        attempt = start(learner, course, course.steps[-1], operation_id(), random.Random(seed))
        papers.add(tuple(question.id for question in attempt.questions))
        db.session.rollback()
    assert len(papers) > 6


def test_the_same_operation_starts_once(as_learner: FlaskClient, course: Course) -> None:
    op_id = operation_id()
    first, second = (post(as_learner, START, op_id=op_id) for _ in range(2))
    assert first.location == second.location
    assert len(rows(Attempt)) == 1


def test_starting_again_goes_on_where_one_left(as_learner: FlaskClient, course: Course) -> None:
    attempt = begin(as_learner)
    for number in (1, 2):
        answer(as_learner, attempt, number, attempt.questions[number - 1].options[0].id)
    response = post(as_learner, START)
    assert response.location == f"/attempts/{attempt.id}/3"
    assert len(rows(Attempt)) == 1


def test_a_replay_after_the_end_starts_nothing(learner: Person, course: Course) -> None:
    op_id, step = operation_id(), course.steps[-1]
    with clock.frozen(NINE):
        first = start(learner, course, step, op_id)
        submit(first, course, step, operation_id())
    with clock.frozen(NINE + timedelta(hours=1)):
        assert start(learner, course, step, op_id).id == first.id
    assert len(rows(Attempt)) == 1


def test_the_id_of_another_act_is_refused(as_learner: FlaskClient, course: Course) -> None:
    op_id = operation_id()
    post(as_learner, "/courses/thu-nghiem/enrolment", op_id=op_id)
    assert post(as_learner, START, op_id=op_id).status_code == 409
    assert rows(Attempt) == []


def test_someone_elses_operation_is_refused(
    learner: Person, stranger: Person, course: Course
) -> None:
    op_id = operation_id()
    start(learner, course, course.steps[-1], op_id)
    with pytest.raises(OperationConflict):
        start(stranger, course, course.steps[-1], op_id)


def test_after_a_failure_one_waits(learner: Person, course: Course) -> None:
    with clock.frozen(NINE):
        fail(learner, course)
    with clock.frozen(NINE + timedelta(minutes=9, seconds=59)), pytest.raises(MustWait) as wait:
        start(learner, course, course.steps[-1], operation_id())
    assert wait.value.until == NINE + timedelta(minutes=10)
    with clock.frozen(NINE + timedelta(minutes=10)):
        assert start(learner, course, course.steps[-1], operation_id()).is_open


def test_after_the_last_attempt_there_is_none(learner: Person, course: Course) -> None:
    for hour in range(3):
        with clock.frozen(NINE + timedelta(hours=hour)):
            fail(learner, course)
    with clock.frozen(NINE + timedelta(days=9)), pytest.raises(NoAttemptsLeft):
        start(learner, course, course.steps[-1], operation_id())


def test_a_passed_test_is_not_taken_again(learner: Person, course: Course) -> None:
    pass_course(learner, course)
    with pytest.raises(AlreadyPassed):
        start(learner, course, course.steps[-1], operation_id())


def test_who_must_wait_is_sent_to_the_first_page(as_learner: FlaskClient, course: Course) -> None:
    sit(as_learner, wrong=5)
    assert post(as_learner, START).location == INTRO
    assert len(rows(Attempt)) == 1


def test_who_used_all_attempts_is_told_whom_to_ask(
    as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    for hour in range(3):
        with clock.frozen(NINE + timedelta(hours=hour)):
            fail(learner, course)
    page = as_learner.get(INTRO).text
    assert "Đã làm hết số lần cho phép" in page
    assert "tel:1022" in page


def test_racing_starts_open_one_attempt(app: Flask, learner: Person, course: Course) -> None:
    person_id = learner.id
    db.session.rollback()

    def begin_anew(_: int) -> int:
        with app.app_context():
            person = db.session.get_one(Person, person_id)
            attempt = start(person, course, course.steps[-1], operation_id())
            db.session.commit()
            return attempt.id

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(begin_anew, range(20)))) == 1
    assert len(rows(Attempt)) == 1


def test_the_database_keeps_one_open_attempt(learner: Person, course: Course) -> None:
    attempt = start(learner, course, course.steps[-1], operation_id())
    columns = [c.key for c in Attempt.__mapper__.columns if c.key != "id"]
    twin = Attempt(**{name: getattr(attempt, name) for name in columns} | {"op_id": "x"})
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_people_have_an_attempt_each(learner: Person, stranger: Person, course: Course) -> None:
    for person in (learner, stranger):
        start(person, course, course.steps[-1], operation_id())
    assert len(rows(Attempt)) == 2


def test_an_old_page_is_told_to_try_again(as_learner: FlaskClient, course: Course) -> None:
    response = post(as_learner, START, op_id="rác")
    assert response.status_code == 400
    assert "Trang mở đã lâu" in response.text
    assert rows(Attempt) == []


def test_a_form_of_another_site_is_refused(as_learner: FlaskClient, course: Course) -> None:
    as_learner.application.config["WTF_CSRF_ENABLED"] = True
    try:
        assert post(as_learner, START).status_code == 400
    finally:
        as_learner.application.config["WTF_CSRF_ENABLED"] = False
    assert rows(Attempt) == []


def test_signed_out_one_signs_in_first(client: FlaskClient, course: Course) -> None:
    assert "/login" in post(client, START).location
    assert rows(Attempt) == []


def test_only_published_tests_are_started(as_learner: FlaskClient, course: Course) -> None:
    for path in ("khong-co/kiem-tra", "thu-nghiem/khong-co", "thu-nghiem/mot"):
        assert post(as_learner, f"/courses/{path}/attempts").status_code == 404


def test_it_is_only_posted_to(as_learner: FlaskClient, course: Course) -> None:
    assert as_learner.get(START).status_code == 405
