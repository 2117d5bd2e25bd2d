"""Who of a helper's own people rests, and texts that are ready to be sent."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.extensions import db
from app.field import queries
from app.learning.actions import enrol
from app.learning.reminders import turn_off
from app.lib import clock
from app.lib.dates import local_time
from app.lib.ids import operation_id
from tests.acts import post, rows

LIST = "/field/reminders"


@pytest.fixture(autouse=True)
def _by_day() -> Iterator[None]:
    with at_hour(10):
        yield


def at_hour(hour: int) -> AbstractContextManager[None]:
    """Today at this hour, in Vietnam."""
    now = local_time(clock.now())
    return clock.frozen(now.replace(hour=hour, minute=0))


def rests(person: Person, course: Course, days: int = 8) -> None:
    """Somebody took a course so many days ago and did nothing since."""
    with clock.frozen(clock.now() - timedelta(days=days)):
        enrol(person, course, operation_id())
        db.session.commit()


def test_works(as_helper: FlaskClient, elder: Person, aunt: Person, course: Course) -> None:
    rests(elder, course, 9)
    rests(aunt, course, 20)
    assert LIST in as_helper.get("/field").text
    page = as_helper.get(LIST).text
    # the longest first, and no text before it was asked for
    assert 0 < page.index("Lê Thị Sáu") < page.index("Huỳnh Văn Tám")
    assert "Nghỉ 20 ngày" in page and course.steps[0].title in page and "<textarea" not in page
    page = post(as_helper, LIST).text
    assert "Chào bác Tám." in page and "Alăng Thị Nhàn</textarea>" in page
    assert page.count("sms:") == 1 and "sms:0905777888?body=Ch%C3%A0o" in page


@pytest.mark.parametrize(("hour", "quiet"), [(6, True), (7, False), (19, False), (20, True)])
def test_in_quiet_hours_nobody_is_disturbed(
    as_helper: FlaskClient, aunt: Person, course: Course, hour: int, quiet: bool
) -> None:
    rests(aunt, course)
    with at_hour(hour):
        page = post(as_helper, LIST).text
    assert ("sms:" in page) != quiet
    assert ("sau 7 giờ sáng nút Nhắn tin mới hiện" in page) == quiet
    # to write it down for later is no disturbance
    assert "<textarea" in page


def test_the_text_tells_nothing_of_the_course(
    as_helper: FlaskClient, elder: Person, course: Course
) -> None:
    rests(elder, course)
    text = post(as_helper, LIST).text.split("<textarea")[1].split("</textarea>")[0]
    assert course.title not in text and course.steps[0].title not in text


def test_texts_leave_one_line(as_helper: FlaskClient, elder: Person, course: Course) -> None:
    rests(elder, course)
    as_helper.get(LIST)
    assert rows(AuditLine, verb="reminder_texts") == []
    op_id = operation_id()
    for _ in range(2):
        assert post(as_helper, LIST, op_id=op_id).status_code == 200
    [line] = rows(AuditLine, verb="reminder_texts")
    assert line.detail == "trang 1 · 1 người"


def test_who_learns_or_wants_none_is_not_there(
    as_helper: FlaskClient, elder: Person, aunt: Person, course: Course
) -> None:
    rests(elder, course, 3)
    rests(aunt, course)
    turn_off(aunt.id, operation_id())
    db.session.commit()
    assert "Ai cũng đang học đều" in as_helper.get(LIST).text


def test_somebody_else_s_people_are_not_there(
    as_helper: FlaskClient, learner: Person, stranger: Person, course: Course
) -> None:
    rests(learner, course)
    rests(stranger, course)
    for answer in (as_helper.get(LIST), post(as_helper, LIST)):
        assert "Ai cũng đang học đều" in answer.text


def test_is_paged(
    as_helper: FlaskClient,
    elder: Person,
    aunt: Person,
    course: Course,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    rests(elder, course, 9)
    rests(aunt, course, 20)
    first, second = as_helper.get(LIST).text, as_helper.get(f"{LIST}?page=2").text
    assert "Sáu" in first and "Tám" not in first and "Tám" in second
    assert "Chào bác Tám." in post(as_helper, LIST, page="2").text
    assert "Chào bác Sáu." in post(as_helper, LIST, page="x").text


def test_signed_out_wrong_role_wrong_method_bad_input(
    client: FlaskClient, as_hr: FlaskClient, as_helper: FlaskClient
) -> None:
    assert client.get(LIST).location.startswith("/login")
    assert as_hr.get(LIST).status_code == 404
    assert post(as_hr, LIST).status_code == 404
    assert as_helper.delete(LIST).status_code == 405
    assert post(as_helper, LIST, op_id="x").status_code == 400
