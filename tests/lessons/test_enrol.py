"""Take a course."""

from app.learning.models import Enrolment
from app.lib.ids import operation_id
from tests.acts import post, rows

URL = "/courses/thu-nghiem/enrolment"


def test_enrols_and_opens_the_first_lesson(as_learner, learner, course):
    answer = post(as_learner, URL)
    assert (answer.status_code, answer.location) == (303, "/courses/thu-nghiem/mot")
    [enrolment] = rows(Enrolment)
    assert (enrolment.person_id, enrolment.version) == (learner.id, course.version)


def test_a_double_click_enrols_once(as_learner):
    op_id = operation_id()
    assert {post(as_learner, URL, op_id=op_id).status_code for _ in range(2)} == {303}
    assert len(rows(Enrolment)) == 1


def test_taking_it_again_later_changes_nothing(as_learner):
    post(as_learner, URL)
    post(as_learner, URL)
    assert len(rows(Enrolment)) == 1


def test_signed_out_one_is_asked_to_sign_in(client):
    assert post(client, URL).location.startswith("/login")


def test_an_unknown_course_is_not_found(as_learner):
    assert post(as_learner, "/courses/khong-co/enrolment").status_code == 404


def test_without_an_operation_id_nothing_is_written(as_learner):
    assert post(as_learner, URL, op_id="x").status_code == 400
    assert not rows(Enrolment)


def test_is_not_done_by_opening_an_address(as_learner):
    assert as_learner.get(URL).status_code == 404
    assert not rows(Enrolment)
