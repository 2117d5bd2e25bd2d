"""Say that a lesson is done."""

import pytest

from app.certificates.models import Award
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from tests.acts import post, rows

URL = "/courses/thu-nghiem/mot/completion"


def test_credits_the_lesson_and_goes_on(as_learner, learner):
    answer = post(as_learner, URL)
    assert (answer.status_code, answer.location) == (303, "/courses/thu-nghiem/hai")
    [credit] = rows(StepCredit)
    assert (credit.person_id, credit.step_slug) == (learner.id, "mot")
    assert credit.evidence == Evidence.SELF


def test_the_last_lesson_leads_to_the_test(as_learner):
    answer = post(as_learner, "/courses/thu-nghiem/ba/completion")
    assert answer.location == "/courses/thu-nghiem/kiem-tra/test"


def test_sent_twice_it_counts_once(as_learner):
    op_id = operation_id()
    answers = [post(as_learner, URL, op_id=op_id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(rows(StepCredit)) == 1


def test_the_same_act_with_another_lesson_is_refused(as_learner):
    op_id = operation_id()
    post(as_learner, URL, op_id=op_id)
    assert post(as_learner, "/courses/thu-nghiem/hai/completion", op_id=op_id).status_code == 409
    assert len(rows(StepCredit)) == 1


def test_the_last_missing_lesson_brings_the_certificate(as_learner, learner, course):
    for step in course.steps[1:]:
        score = 90 if step.test else None
        complete_step(learner, course, step, Evidence.SELF, operation_id(), score=score)
    db.session.commit()
    answer = post(as_learner, URL)
    assert answer.location == "/learn/thu-nghiem/certificate"
    assert "Chúc mừng Nguyễn Thị Hoa!" in as_learner.get(answer.location).text
    assert len(rows(Award)) == 1


def test_signed_out_one_is_asked_to_sign_in(client):
    answer = post(client, URL)
    assert answer.location.startswith("/login")
    assert not rows(StepCredit)


def test_everybody_has_only_the_own_ledger(as_stranger, stranger, learner):
    post(as_stranger, URL)
    assert [credit.person_id for credit in rows(StepCredit)] == [stranger.id]


@pytest.mark.parametrize(
    "url",
    [
        "/courses/thu-nghiem/kiem-tra/completion",
        "/courses/thu-nghiem/khong-co/completion",
        "/courses/khong-co/mot/completion",
    ],
)
def test_a_test_or_what_is_not_there_is_never_credited(as_learner, url):
    assert post(as_learner, url).status_code == 404
    assert not rows(StepCredit)


@pytest.mark.parametrize("op_id", ["", "x", "0" * 31])
def test_without_an_operation_id_nothing_is_written(as_learner, op_id):
    assert post(as_learner, URL, op_id=op_id).status_code == 400
    assert not rows(StepCredit)


def test_is_not_done_by_opening_an_address(as_learner):
    assert as_learner.get(URL).status_code == 405
