"""The observed practical stands instead of the test: every act seen, by whom, where, when."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.field_session import FieldSession
from app.accounts.models import AuditLine, Person
from app.certificates.models import Award
from app.content.models import Course
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.field.models import ObservedAct
from app.learning.models import StepCredit
from app.lib.dates import short_date
from app.units.queries import today
from tests.acts import finish_lessons, post, rows
from tests.field.acts import TEST, begin, beside

ACTS = ["mo-khoa", "goi-con"]
PAGE = "/field/courses/thu-nghiem/thuc-hanh/practical"
pytestmark = pytest.mark.usefixtures("observable")


def tick(client: FlaskClient, *items: str, **more: str):
    """Tick acts as seen today at his house."""
    facts = {"place": "Nhà bác Tám", "day": short_date(today()), **more}
    return post(client, PAGE, item=list(items), **facts)


def test_all_acts_count_for_the_test(as_helper: FlaskClient, helper: Person, elder: Person) -> None:
    course = shelf.course("thu-nghiem")
    assert course
    finish_lessons(elder, course)
    session = beside(as_helper, elder)
    tick(as_helper, "mo-khoa")
    assert rows(StepCredit, step_slug="thuc-hanh") == [] and rows(Award) == []
    assert "Nhà bác Tám · Alăng Thị Nhàn" in as_helper.get(PAGE).text
    tick(as_helper, "goi-con")
    credit = rows(StepCredit, step_slug="thuc-hanh")[0]
    assert (credit.evidence, credit.helped_in) == (Evidence.ASSISTED, session.id)
    award = rows(Award)[0]
    assert (award.person_id, award.evidence) == (elder.id, Evidence.ASSISTED)
    act = rows(ObservedAct, item_id="goi-con")[0]
    assert (act.helper_id, act.place, act.observed_on) == (helper.id, "Nhà bác Tám", today())
    line = rows(AuditLine, verb="observe")[-1]
    assert (line.actor_id, line.subject) == (helper.id, f"person {elder.id}")
    assert "goi-con" in line.detail


def test_it_is_offered_beside_the_test(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    post(as_helper, "/courses/thu-nghiem/enrolment")
    assert PAGE in as_helper.get(TEST).text
    assert PAGE in as_helper.get("/field/now").text


def test_from_a_paper_of_another_day(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    day = today() - timedelta(days=3)
    tick(as_helper, "mo-khoa", day=short_date(day))
    assert rows(ObservedAct)[0].observed_on == day


@pytest.mark.parametrize("away", [-1, 61])
def test_a_day_that_cannot_be(as_helper: FlaskClient, elder: Person, away: int) -> None:
    beside(as_helper, elder)
    answer = tick(as_helper, "mo-khoa", day=short_date(today() - timedelta(days=away)))
    assert answer.status_code == 400 and "Ngày xem phải trong" in answer.text


@pytest.mark.parametrize("day", ["hôm qua", "2026", ""])
def test_bad_input(as_helper: FlaskClient, elder: Person, day: str) -> None:
    beside(as_helper, elder)
    assert tick(as_helper, "mo-khoa", day=day, place="").status_code == 400
    assert rows(ObservedAct) == []


def test_nothing_ticked(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    assert "Chưa đánh dấu việc nào" in tick(as_helper).text


def test_what_no_practical_has_is_left_out(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    tick(as_helper, "mo-khoa", "tu-bay")
    assert [act.item_id for act in rows(ObservedAct)] == ["mo-khoa"]


def test_a_tick_by_mistake(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    tick(as_helper, "mo-khoa")
    post(as_helper, f"{PAGE}/removal", item="mo-khoa")
    assert rows(ObservedAct) == []
    assert rows(AuditLine)[-1].verb == "take_back"


def test_no_way_back_once_it_counts(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    tick(as_helper, *ACTS)
    post(as_helper, f"{PAGE}/removal", item="mo-khoa")
    assert len(rows(ObservedAct)) == 2
    assert "Đã xem đủ các việc" in as_helper.get(PAGE).text


def test_the_ticks_of_another_helper_stay(
    sign_in, as_helper: FlaskClient, admin: Person, elder: Person
) -> None:
    beside(as_helper, elder)
    tick(as_helper, "mo-khoa")
    act = rows(ObservedAct)[0]
    act.helper_id = admin.id
    post(as_helper, f"{PAGE}/removal", item="mo-khoa")
    assert len(rows(ObservedAct)) == 1


def test_nobody_observes_themselves(as_helper: FlaskClient, helper: Person) -> None:
    # by themselves they are sent home, and a session with oneself cannot be
    assert tick(as_helper, *ACTS).location == "/learn"
    post(as_helper, "/field/people/search", phone=helper.phone, full_name=helper.full_name)
    assert begin(as_helper, helper).status_code == 404
    assert rows(FieldSession) == [] and rows(ObservedAct) == []


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(PAGE).location.startswith("/login")


def test_wrong_role(as_learner: FlaskClient, learner: Person) -> None:
    assert tick(as_learner, *ACTS).location == "/learn"
    assert rows(ObservedAct) == []


def test_missing(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    assert as_helper.get(PAGE.replace("thuc-hanh", "mot")).status_code == 404


def test_twice(as_helper: FlaskClient, elder: Person, course: Course) -> None:
    finish_lessons(elder, course)
    beside(as_helper, elder)
    for _ in range(2):
        assert (
            post(
                as_helper, PAGE, op_id="c" * 32, item=ACTS, place="Nhà", day=short_date(today())
            ).location
            == PAGE
        )
    assert len(rows(ObservedAct)) == 2 and len(rows(Award)) == 1
