"""In a session the steps are the learner's, assisted; what is not learning is shut."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import end_grant
from app.accounts.models import Grant, Person
from app.content.models import Course
from app.counts.models import Evidence
from app.extensions import db
from app.learning.models import Enrolment, StepCredit
from app.lib import clock
from tests.acts import finish_lessons, post, rows
from tests.field.acts import COURSE, INTRO, PIN, TEST, begin, beside


def test_steps_are_the_learners_and_assisted(
    as_helper: FlaskClient, helper: Person, elder: Person
) -> None:
    session = beside(as_helper, elder)
    post(as_helper, f"{COURSE}/enrolment")
    assert post(as_helper, f"{COURSE}/mot/completion").status_code == 303
    credit = rows(StepCredit)[0]
    assert (credit.person_id, credit.evidence) == (elder.id, Evidence.ASSISTED)
    assert credit.helped_in == session.id
    assert rows(Enrolment, person_id=helper.id) == []


def test_the_helpers_own_progress_is_untouched(
    as_helper: FlaskClient, helper: Person, elder: Person, course: Course
) -> None:
    finish_lessons(helper, course)
    before = [(c.step_slug, c.evidence) for c in rows(StepCredit, person_id=helper.id)]
    beside(as_helper, elder)
    post(as_helper, f"{COURSE}/mot/completion")
    post(as_helper, "/field/end")
    after = rows(StepCredit, person_id=helper.id)
    assert [(c.step_slug, c.evidence) for c in after] == before
    assert all(credit.helped_in is None for credit in after)
    # and by themselves the helper learns for themselves
    assert "Đang học cùng" not in as_helper.get("/learn").text


def test_end(as_helper: FlaskClient, elder: Person) -> None:
    session = beside(as_helper, elder)
    post(as_helper, f"{COURSE}/mot/completion")
    answer = post(as_helper, "/field/end")
    assert answer.location == f"/field/people/{elder.id}"
    page = as_helper.get(answer.location).text
    assert "ghi được 1 bài" in page and "Nhà bác Tám · 1 bài" in page
    db.session.refresh(session)
    assert session.ended_at


def leads_out(client: FlaskClient) -> bool:
    """Whether the next page says that the session is over."""
    assert client.get("/learn").location == "/learn"
    page = client.get("/learn").text
    return "đã kết thúc từ trước" in page and "Đang học cùng" not in page


def test_an_old_cookie_does_not_go_on(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    cookie = as_helper.get_cookie("session")
    post(as_helper, "/field/end")
    assert cookie
    as_helper.set_cookie("session", cookie.value)
    assert leads_out(as_helper)


def test_yesterdays_session_is_over(as_helper: FlaskClient, elder: Person) -> None:
    session = beside(as_helper, elder)
    session.began_at -= timedelta(hours=13)
    assert leads_out(as_helper)


def test_what_is_sent_from_a_session_that_is_over_counts_for_nobody(
    sign_in, as_helper: FlaskClient, helper: Person, elder: Person, aunt: Person
) -> None:
    beside(as_helper, elder)
    begin(sign_in(helper), aunt, pin=PIN)
    answer = as_helper.post(
        f"{COURSE}/mot/completion",
        data={"op_id": "a" * 32},
        headers={"Sec-Fetch-Mode": "same-origin"},
    )
    assert answer.status_code == 409
    assert rows(StepCredit) == []


def test_a_form_of_a_session_that_is_over(
    sign_in, as_helper: FlaskClient, helper: Person, elder: Person, aunt: Person
) -> None:
    beside(as_helper, elder)
    begin(sign_in(helper), aunt, pin=PIN)
    assert post(as_helper, f"{COURSE}/mot/completion").location == "/learn"
    assert rows(StepCredit) == []


def test_who_is_no_helper_any_more_acts_for_nobody(
    as_helper: FlaskClient, admin: Person, helper: Person, elder: Person
) -> None:
    beside(as_helper, elder)
    end_grant(admin.id, rows(Grant, person_id=helper.id)[0])
    assert leads_out(as_helper)


@pytest.mark.parametrize(
    "address", ["/field", "/field/asks", "/field/team", "/staff", "/board", "/admin", "/residence"]
)
def test_other_pages_lead_back_to_the_session(
    as_helper: FlaskClient, elder: Person, address: str
) -> None:
    beside(as_helper, elder)
    assert as_helper.get(address).location == "/field/now"
    assert post(as_helper, address).status_code in (404, 405)


def test_the_helper_starts_no_test(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    assert as_helper.get(INTRO).location == TEST
    assert post(as_helper, f"{COURSE}/kiem-tra/attempts").location == TEST
    assert as_helper.get("/attempts/1").location == "/field/now"


def test_a_form_left_open_acts_for_nobody_else(app, as_helper: FlaskClient, elder: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        page = as_helper.get("/field/people/search").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        begin(as_helper, elder, csrf_token=token, channel="voice", witness="Vợ bác Tám")
        answer = post(as_helper, f"{COURSE}/mot/completion", csrf_token=token)
        assert answer.status_code == 400 and rows(StepCredit) == []
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_nobody_beside_a_learner_is_sent_home(as_learner: FlaskClient) -> None:
    for address in ("/field/now", TEST):
        assert as_learner.get(address).location == "/learn"
    assert post(as_learner, "/field/end").location == "/learn"


def test_signed_out(client: FlaskClient) -> None:
    assert client.get("/field/now").location.startswith("/login")


def test_end_twice(as_helper: FlaskClient, elder: Person) -> None:
    session = beside(as_helper, elder)
    post(as_helper, "/field/end")
    ended = rows(type(session))[0].ended_at
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        assert post(as_helper, "/field/end").location == "/learn"
    assert rows(type(session))[0].ended_at == ended
