"""A learner comes to sign in by themselves: a card to take the account over, a new PIN."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actions import grant_role
from app.accounts.cards import key_hash
from app.accounts.keys import sets_pin
from app.accounts.models import AuditLine, Card, Person, ResetKey, Role
from app.accounts.queries import card_in_force
from app.content.models import Course
from app.extensions import db
from app.learning.queries import progress
from tests.acts import post, rows
from tests.field.acts import COURSE, PIN, beside

CODE = re.compile(r'class="helper-code">([2-9A-Z]{10})<')


def code(page: str) -> str:
    """The code that is shown once."""
    found = CODE.search(page)
    assert found
    return found[1]


def test_a_card_takes_the_account_over(
    as_helper: FlaskClient, helper: Person, elder: Person
) -> None:
    answer = post(as_helper, f"/field/people/{elder.id}/card")
    assert "Huỳnh Văn Tám" in answer.text and "data:image/svg" in answer.text
    assert "tự đặt mã PIN" in answer.text
    card = card_in_force(key_hash(code(answer.text)))
    assert card and card.person_id == elder.id and card.issued_by == helper.id
    assert sets_pin(code(answer.text))


def test_the_learner_sets_their_own_pin(
    app: Flask, as_helper: FlaskClient, elder: Person, course: Course
) -> None:
    beside(as_helper, elder)
    post(as_helper, f"{COURSE}/mot/completion")
    post(as_helper, "/field/end")
    typed = code(post(as_helper, f"/field/people/{elder.id}/card").text)
    own = app.test_client()
    post(own, "/login/code", code=typed)
    assert post(own, "/login/card", pin=PIN, pin_again=PIN).status_code == 303
    page = own.get("/learn").text
    assert "Chào bác Tám" in page and "Đang học cùng" not in page
    assert progress(elder.id, course).done == {"mot"}


def test_a_card_is_shown_once(as_helper: FlaskClient, elder: Person) -> None:
    for _ in range(2):
        answer = post(as_helper, f"/field/people/{elder.id}/card", op_id="e" * 32)
    assert answer.location == f"/field/people/{elder.id}" and len(rows(Card)) == 1


def test_a_new_pin_face_to_face(as_helper: FlaskClient, helper: Person, aunt: Person) -> None:
    answer = post(as_helper, f"/field/people/{aunt.id}/pin")
    assert sets_pin(code(answer.text))
    assert rows(ResetKey)[0].person_id == aunt.id
    line = rows(AuditLine, verb="reset_pin")[0]
    assert (line.actor_id, line.subject) == (helper.id, f"person {aunt.id}")


def test_the_learner_sets_a_new_pin(app: Flask, as_helper: FlaskClient, aunt: Person) -> None:
    typed = code(post(as_helper, f"/field/people/{aunt.id}/pin").text)
    own = app.test_client()
    post(own, "/login/code", code=typed)
    assert post(own, "/login/card", pin="161803", pin_again="161803").status_code == 303
    assert "Chào bác Sáu" in own.get("/learn").text


def test_a_new_pin_for_somebody_found(as_helper: FlaskClient, learner: Person) -> None:
    assert post(as_helper, f"/field/people/{learner.id}/pin").status_code == 404
    post(as_helper, "/field/people/search", phone=learner.phone, full_name=learner.full_name)
    assert post(as_helper, f"/field/people/{learner.id}/pin").status_code == 200


@pytest.mark.parametrize("what", ["card", "pin"])
def test_not_for_those_who_hold_a_role(as_helper: FlaskClient, elder: Person, what: str) -> None:
    grant_role(None, elder, Role.HR, None)
    db.session.commit()
    assert post(as_helper, f"/field/people/{elder.id}/{what}").status_code == 303
    assert rows(Card) == [] and rows(ResetKey) == []
    assert "quyền của cán bộ" in as_helper.get("/field").text


@pytest.mark.parametrize("what", ["card", "pin"])
def test_signed_out(client: FlaskClient, elder: Person, what: str) -> None:
    assert post(client, f"/field/people/{elder.id}/{what}").location.startswith("/login")


@pytest.mark.parametrize("what", ["card", "pin"])
def test_somebody_elsewhere(as_helper: FlaskClient, stranger: Person, what: str) -> None:
    assert post(as_helper, f"/field/people/{stranger.id}/{what}").status_code == 404


@pytest.mark.parametrize("what", ["card", "pin"])
def test_wrong_role_and_method(
    as_hr: FlaskClient, as_helper: FlaskClient, elder: Person, what: str
) -> None:
    assert post(as_hr, f"/field/people/{elder.id}/{what}").status_code == 404
    assert as_helper.get(f"/field/people/{elder.id}/{what}").status_code == 405
    assert as_helper.post(f"/field/people/{elder.id}/{what}").status_code == 400
