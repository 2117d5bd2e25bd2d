"""The final test is the learner's own: the device is theirs alone until they give it back."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_credential
from app.accounts.cards import issue_card
from app.accounts.field_session import FieldSession
from app.accounts.models import AuditLine, Person
from app.certificates.models import Award
from app.content.models import Course
from app.counts.models import Evidence
from app.extensions import db
from app.field.models import HandOver
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from tests.acts import finish_lessons, post, rows
from tests.field.acts import COURSE, INTRO, ONCE, PIN, TEST, alone, begin, beside, verbs
from tests.quizzes.exam import sit


def test_works_with_a_pin_for_this_test(
    as_helper: FlaskClient, helper: Person, elder: Person, course: Course
) -> None:
    finish_lessons(elder, course)
    session = beside(as_helper, elder)
    assert "Chọn 6 chữ số" in as_helper.get(TEST).text
    alone(as_helper)
    assert sit(as_helper).passed
    credit = rows(StepCredit, step_slug="kiem-tra")[0]
    assert (credit.person_id, credit.evidence) == (elder.id, Evidence.SELF)
    assert rows(Award)[0].person_id == elder.id
    handed = rows(HandOver)[0]
    assert (handed.session_id, handed.step_slug, handed.proof) == (session.id, "kiem-tra", "once")
    line = rows(AuditLine, verb="hand_over")[0]
    assert (line.actor_id, line.subject) == (helper.id, f"person {elder.id}")


@pytest.mark.parametrize(
    "address", ["/field", "/learn", "/field/asks", TEST, "/staff", "/admin", "/residence"]
)
def test_the_helper_is_shut_out(as_helper: FlaskClient, elder: Person, address: str) -> None:
    beside(as_helper, elder)
    alone(as_helper)
    assert as_helper.get(address).location == "/field/now"
    assert post(as_helper, "/field/end").status_code == 404
    assert rows(FieldSession)[0].ended_at is None


def test_no_lesson_is_credited_meanwhile(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    alone(as_helper)
    assert post(as_helper, f"{COURSE}/mot/completion").status_code == 404
    assert rows(StepCredit) == []


def test_the_pages_have_no_menu(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    alone(as_helper)
    page = as_helper.get(INTRO).text
    assert "Bài kiểm tra của" in page and "Trang chính" not in page


def test_an_old_cookie_does_not_open_the_lock(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    cookie = as_helper.get_cookie("session")
    alone(as_helper)
    assert cookie
    as_helper.set_cookie("session", cookie.value)
    assert as_helper.get("/learn").location == "/field/now"


def test_the_learner_gives_it_back(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    alone(as_helper)
    assert "chọn lúc nhận máy" in as_helper.get("/field/now").text
    wrong = post(as_helper, "/field/test/end", secret="111222")
    assert wrong.status_code == 400 and "Mã chưa đúng" in wrong.text
    assert post(as_helper, "/field/test/end", secret=ONCE).location == "/field/now"
    assert "Học tiếp" in as_helper.get("/field/now").text
    assert rows(HandOver)[0].ended_at and verbs()[-1] == "give_back"


def test_the_helper_signs_in_again(
    app, as_helper: FlaskClient, helper: Person, elder: Person
) -> None:
    add_credential(helper, "password", "nhan@demo.vn", "Hoc-de-giup-nhau")
    beside(as_helper, elder)
    alone(as_helper)
    post(as_helper, "/login/staff", email="nhan@demo.vn", password="Hoc-de-giup-nhau")
    assert as_helper.get("/field").status_code == 200
    # the test itself stays shut to them
    assert as_helper.get("/attempts/1").status_code == 404
    assert rows(HandOver)[0].ended_at is None


def test_with_their_own_pin(as_helper: FlaskClient, aunt: Person) -> None:
    begin(as_helper, aunt, pin=PIN)
    assert "Chọn 6 chữ số" not in as_helper.get(TEST).text
    assert post(as_helper, TEST, pin="999999").status_code == 400
    assert post(as_helper, TEST, pin=PIN).location == INTRO
    assert rows(HandOver)[0].proof == "pin"
    assert post(as_helper, "/field/test/end", secret=PIN).location == "/field/now"


def test_with_a_card(as_helper: FlaskClient, helper: Person, elder: Person) -> None:
    card = issue_card(elder, helper, None, operation_id())
    db.session.commit()
    assert card
    assert begin(as_helper, elder, card=card.code.lower()).location == "/learn"
    assert post(as_helper, TEST, card="SAI2345678").status_code == 400
    assert post(as_helper, TEST, card=card.code).location == INTRO
    assert post(as_helper, "/field/test/end", secret=card.code).location == "/field/now"


@pytest.mark.parametrize(
    ("once", "again", "words"),
    [
        ("12", "12", "đúng 6 chữ số"),
        ("123456", "123456", "dễ đoán"),
        (ONCE, "271828", "không giống nhau"),
    ],
)
def test_bad_input(
    as_helper: FlaskClient, elder: Person, once: str, again: str, words: str
) -> None:
    beside(as_helper, elder)
    answer = post(as_helper, TEST, once=once, once_again=again)
    assert answer.status_code == 400 and words in answer.text
    assert rows(HandOver) == []


def test_missing(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    for address in ("/field/courses/khong-co/kiem-tra/test", TEST.replace("kiem-tra", "mot")):
        assert as_helper.get(address).status_code == 404


def test_give_back_what_was_not_handed_over(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    assert post(as_helper, "/field/test/end", secret=ONCE).location == "/field/now"


def test_give_back_by_somebody_on_their_own(as_learner: FlaskClient) -> None:
    assert post(as_learner, "/field/test/end", secret=ONCE).location == "/learn"


def test_twice(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    facts = {"op_id": "b" * 32, "once": ONCE, "once_again": ONCE}
    post(as_helper, TEST, **facts)
    assert post(as_helper, TEST, **facts).status_code == 404
    assert len(rows(HandOver)) == 1
