"""Who writes a course: added, and ended."""

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Person
from app.authoring.models import CourseEditor
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.acts import COURSE, said
from tests.cast import SignIn

PAGE = f"{COURSE}/editors"
pytestmark = pytest.mark.usefixtures("course_files")


def test_added_one_sees_the_course(
    as_trainer: FlaskClient, sign_in: SignIn, village_trainer: Person
) -> None:
    browser = sign_in(village_trainer)
    assert browser.get(COURSE).status_code == 404
    assert f'value="{village_trainer.id}"' in said(as_trainer, PAGE)
    assert post(as_trainer, PAGE, person=village_trainer.id).location == PAGE
    assert "Ngô Thành Tâm" in said(browser, PAGE)
    assert browser.get(COURSE).status_code == 200
    (line,) = rows(AuditLine, verb="add_editor")
    assert line.subject == "course thu-nghiem" and str(village_trainer.id) in line.detail


def test_ended_one_sees_it_no_more(
    as_trainer: FlaskClient, sign_in: SignIn, village_trainer: Person
) -> None:
    post(as_trainer, PAGE, person=village_trainer.id)
    browser = sign_in(village_trainer)
    assert post(as_trainer, f"{PAGE}/{village_trainer.id}/end").location == PAGE
    assert browser.get(COURSE).status_code == 404
    assert len(rows(AuditLine, verb="end_editor")) == 1


def test_one_may_leave(as_trainer: FlaskClient, sign_in: SignIn, village_trainer: Person) -> None:
    post(as_trainer, PAGE, person=village_trainer.id)
    browser = sign_in(village_trainer)
    assert post(browser, f"{PAGE}/{village_trainer.id}/end").location == "/studio"


def test_only_trainers(as_trainer: FlaskClient, learner: Person) -> None:
    assert post(as_trainer, PAGE, person=learner.id).status_code == 400
    assert rows(CourseEditor) == []


@pytest.mark.parametrize("person", ["", "x", "999999", "99999999999999999999"])
def test_nobody(as_trainer: FlaskClient, person: str) -> None:
    assert post(as_trainer, PAGE, person=person).status_code == 400


def test_twice(as_trainer: FlaskClient, village_trainer: Person) -> None:
    op_id = operation_id()
    for _ in range(2):
        post(as_trainer, PAGE, op_id=op_id, person=village_trainer.id)
    post(as_trainer, PAGE, person=village_trainer.id)
    assert len(rows(CourseEditor)) == 1
    for _ in range(2):
        assert post(as_trainer, f"{PAGE}/{village_trainer.id}/end").status_code == 303
    assert len(rows(AuditLine, verb="end_editor")) == 1


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(PAGE).location == f"/login?next={PAGE}"
    assert post(client, PAGE, person=1).location == "/login"


def test_learners(as_learner: FlaskClient) -> None:
    assert as_learner.get(PAGE).status_code == 404


def test_unknown_course(as_trainer: FlaskClient) -> None:
    assert as_trainer.get("/studio/khong-co/editors").status_code == 404
    assert post(as_trainer, "/studio/khong-co/editors", person=1).status_code == 404


def test_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.get(f"{PAGE}/1/end").status_code == 405
