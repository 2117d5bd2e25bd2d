"""A test taken along: opened by the rules, blind on the device, graded on return."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.certificates.models import Award
from app.content.models import Course
from app.content.shelf import shelf
from app.learning.models import StepCredit
from app.lib import clock
from app.lib.ids import operation_id
from app.quizzes.models import Attempt, AttemptAnswer
from app.sync.models import SyncedOperation
from tests.acts import finish_lessons, rows
from tests.quizzes.exam import answer_all, hand_in, sit
from tests.sync.conftest import Send
from tests.sync.device import DEVICE, act, answered, statuses

PAPER = "/sync/courses/thu-nghiem/kiem-tra/paper"
OTHER_DEVICE = "e1" * 16


def take(client: FlaskClient, device: str = DEVICE, **more: object) -> TestResponse:
    """Ask for the paper of the test."""
    return client.post(PAPER, json={"op": operation_id(), "device": device, **more})


def test_a_paper_is_taken_along(as_learner: FlaskClient, course: Course) -> None:
    answer = take(as_learner)
    assert answer.status_code == 200
    paper = answer.json["paper"]
    assert (paper["course"], paper["step"], paper["version"]) == (
        "thu-nghiem",
        "kiem-tra",
        course.version,
    )
    assert len(paper["questions"]) == 5
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_right_answer_is_on_the_device(as_learner: FlaskClient, course: Course) -> None:
    told = take(as_learner).get_data(as_text=True)
    assert "Giải thích riêng" not in json.loads(f"[{told}]")[0]["paper"].__repr__()
    for question in course.steps[-1].questions:
        assert json.dumps(question.explanation_html)[1:-1] not in told
    assert not {"right", "tolerance", "explanation_html"} & set(_keys(json.loads(told)))


def _keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for one in value.values() for key in _keys(one))]
    return [key for one in value for key in _keys(one)] if isinstance(value, list) else []


def test_asked_again_it_is_the_same_paper(as_learner: FlaskClient, course: Course) -> None:
    first, second = take(as_learner), take(as_learner)
    assert first.json == second.json
    assert len(rows(Attempt)) == 1


def test_another_device_has_to_ask_for_it(
    as_learner: FlaskClient, course: Course, from_device: Send
) -> None:
    take(as_learner)
    refused = take(as_learner, OTHER_DEVICE)
    assert (refused.status_code, refused.json["error"]) == (409, "elsewhere")
    assert take(as_learner, OTHER_DEVICE, move=True).status_code == 200
    [attempt] = rows(Attempt)
    assert statuses(from_device(answered(attempt))) == ["quarantined:paper_elsewhere"]
    assert statuses(from_device(answered(attempt, device=OTHER_DEVICE))) == ["applied"]


def test_signed_out_nobody_gets_a_paper(client: FlaskClient, course: Course) -> None:
    assert take(client).status_code == 302


@pytest.mark.parametrize("step", ["mot", "khong-co"])
def test_only_a_test_has_a_paper(as_learner: FlaskClient, course: Course, step: str) -> None:
    body = {"op": operation_id(), "device": DEVICE}
    assert as_learner.post(f"/sync/courses/thu-nghiem/{step}/paper", json=body).status_code == 404


@pytest.mark.parametrize("body", [{}, [], {"op": "x", "device": DEVICE}, {"op": 7, "device": 7}])
def test_bad_input(as_learner: FlaskClient, course: Course, body: object) -> None:
    assert as_learner.post(PAPER, json=body).status_code == 400
    assert rows(Attempt) == []


def test_a_wrong_method(as_learner: FlaskClient, course: Course) -> None:
    assert as_learner.get(PAPER).status_code == 405


def test_it_is_graded_on_return(
    from_device: Send, carried: Attempt, learner: Person, course: Course
) -> None:
    finish_lessons(learner, course)
    answer = from_device(answered(carried, wrong=1))
    assert statuses(answer) == ["applied"]
    outcome = {"attempt": carried.id, "percent": 80, "passed": True}
    assert answer.json["results"][0]["outcome"] == outcome
    assert [row.score for row in rows(StepCredit, step_slug="kiem-tra")] == [80]
    assert len(rows(Award)) == 1
    assert len(rows(AttemptAnswer)) == 5


def test_handed_in_twice_the_grade_is_told_again(from_device: Send, carried: Attempt) -> None:
    paper = answered(carried, wrong=3)
    first, second = from_device(paper), from_device(paper)
    assert (statuses(first), statuses(second)) == (["applied"], ["already"])
    assert first.json["results"][0]["outcome"] == second.json["results"][0]["outcome"]
    assert [attempt.percent for attempt in rows(Attempt)] == [40]


def test_months_late_it_is_graded_all_the_same(from_device: Send, carried: Attempt) -> None:
    with clock.frozen(clock.now() + timedelta(days=89)):
        assert statuses(from_device(answered(carried))) == ["applied"]


def test_the_frozen_paper_decides_whatever_the_course_says_now(
    from_device: Send, edited_courses: Path, carried: Attempt
) -> None:
    test = edited_courses / "thu-nghiem" / "03-kiem-tra.md"
    swapped = (
        test.read_text()
        .replace("- [x]", "- [~]")
        .replace("- [ ] Ý sai thứ nhất", "- [x] Ý sai thứ nhất")
    )
    test.write_text(swapped.replace("- [~]", "- [ ]"))
    shelf.library.refresh()
    assert from_device(answered(carried)).json["results"][0]["outcome"]["percent"] == 100


def test_a_test_that_is_gone_waits_with_its_answers(
    from_device: Send, edited_courses: Path, carried: Attempt
) -> None:
    (edited_courses / "thu-nghiem" / "03-kiem-tra.md").unlink()
    shelf.library.refresh()
    paper = answered(carried)
    assert statuses(from_device(paper)) == ["quarantined:test_gone"]
    assert rows(SyncedOperation)[0].payload == paper["payload"]
    assert rows(Attempt)[0].is_open


def test_what_was_handed_in_elsewhere_keeps_its_grade(
    from_device: Send, carried: Attempt, as_learner: FlaskClient
) -> None:
    answer_all(as_learner, carried, wrong=4)
    hand_in(as_learner, carried.id)
    answer = from_device(answered(carried))
    assert statuses(answer) == ["refused:submitted"]
    assert "lần nộp trước" in answer.json["results"][0]["words"]
    assert [attempt.percent for attempt in rows(Attempt)] == [20]


def test_the_rules_of_waiting_and_of_attempts_hold(as_learner: FlaskClient, course: Course) -> None:
    moment = clock.now()
    for turn in range(3):
        with clock.frozen(moment + timedelta(hours=turn)):
            sit(as_learner, wrong=5)
            refused = take(as_learner)
            assert refused.status_code == 409
            assert refused.json["error"] == ("exhausted" if turn == 2 else "wait")
    assert len(rows(Attempt)) == 3


def test_a_test_that_is_passed_has_no_paper(as_learner: FlaskClient, course: Course) -> None:
    sit(as_learner)
    assert take(as_learner).json["error"] == "passed"


def test_somebody_elses_paper_is_refused(
    from_device: Send, as_stranger: FlaskClient, course: Course
) -> None:
    assert take(as_stranger).status_code == 200
    assert statuses(from_device(answered(rows(Attempt)[0]))) == ["refused:not_yours"]
    assert rows(Attempt)[0].is_open


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({"attempt": "1"}, "malformed"),
        ({"attempt": 1, "device": DEVICE, "answers": {"thu-1": "x"}}, "malformed"),
        ({"attempt": 10**12, "device": DEVICE, "answers": {}}, "not_yours"),
        ({"device": DEVICE, "answers": {"no-such-question": []}}, "answers_unfit"),
        ({"device": DEVICE, "answers": {"": ["x"]}}, "answers_unfit"),
    ],
)
def test_unfit_answers_leave_the_paper_open(
    from_device: Send, carried: Attempt, payload: dict[str, object], reason: str
) -> None:
    first = carried.questions[0].id
    answers = payload.get("answers")
    if isinstance(answers, dict) and "" in answers:
        payload = {**payload, "answers": {first: answers[""]}}
    sent = act("test", "kiem-tra", payload={"attempt": carried.id, **payload})
    assert statuses(from_device(sent)) == [f"refused:{reason}"]
    assert rows(Attempt)[0].is_open


def test_a_helper_hands_in_no_test(from_device: Send, carried: Attempt) -> None:
    assert statuses(from_device(answered(carried, helper="7"))) == ["refused:helped"]
