"""The answers of a course's tests without their learners, and how long each question took."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.content.models import Course
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from app.quizzes import actions
from app.quizzes.models import Attempt, AttemptAnswer
from app.quizzes.queries import answers_so_far, newest_answers
from tests.acts import rows
from tests.quizzes.exam import answer, begin, hand_in, wrong_option


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
        given = wrong_option(question) if missed else question.right[0]
        actions.save_answer(attempt, number, [given], operation_id())
    actions.submit(attempt, course, step, operation_id())
    db.session.commit()
    return attempt


def test_whole_attempts_the_newest_only(learner: Person, stranger: Person, course: Course) -> None:
    first, second = sat(learner, course, wrong=4), sat(stranger, course, wrong=5)
    everything = list(newest_answers("thu-nghiem", 100))
    assert [given.attempt_id for given in everything] == [first.id] * 12 + [second.id] * 12
    assert sum(given.points for given in everything) == 15
    for most in (12, 23):
        assert {given.attempt_id for given in newest_answers("thu-nghiem", most)} == {second.id}
    assert answers_so_far("thu-nghiem") == (24, second.id)


def test_no_learner_is_in_them(learner: Person, course: Course) -> None:
    sat(learner, course, wrong=0)
    given = next(newest_answers("thu-nghiem", 100))
    assert not [name for name in given._fields if "person" in name or "name" in name]


def test_open_attempts_and_other_courses_do_not_count(learner: Person, course: Course) -> None:
    actions.start(learner, course, course.steps[-1], operation_id())
    assert list(newest_answers("thu-nghiem", 100)) == list(newest_answers("khong-co", 100)) == []
    assert answers_so_far("thu-nghiem") == (0, 0)


@pytest.fixture
def minutes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The clock: minutes after a moment; the last one counts."""
    begun, passed = clock.now(), [0]
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=passed[-1]))
    return passed


def times(attempt: Attempt) -> list[float | None]:
    """How many minutes each question of the paper took."""
    graded = sorted(rows(AttemptAnswer, attempt_id=attempt.id), key=lambda row: row.position)
    return [
        (row.answered_at - row.shown_at).total_seconds() / 60 if row.answered_at else None
        for row in graded
    ]


def test_a_question_is_timed_from_the_act_before_to_its_first_answer(
    as_learner: FlaskClient, minutes: list[int]
) -> None:
    attempt = begin(as_learner)
    first, second = attempt.questions[:2]
    for minute, number, values in (
        (2, 1, first.right),
        (3, 2, ()),  # passed over
        (7, 3, attempt.questions[2].right),
        (9, 1, [wrong_option(first)]),  # changed one's mind
        (10, 2, second.right),
    ):
        minutes.append(minute)
        assert answer(as_learner, attempt, number, *values).status_code == 303
    hand_in(as_learner, attempt.id)
    assert times(attempt) == [2, 1, 4, None, None]
    assert rows(Attempt)[0].times is None


def test_what_comes_in_late_from_a_device_has_no_time(learner: Person, course: Course) -> None:
    assert times(sat(learner, course, wrong=1)) == [None] * 12
