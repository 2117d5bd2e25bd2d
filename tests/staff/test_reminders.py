"""Reminding one's staff: a text for each, by state; nobody who does not want to be reminded."""

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Credential, Person
from app.content.models import Course
from app.extensions import db
from app.learning.reminders import turn_off
from app.lib.ids import operation_id
from app.units.models import Unit
from tests.acts import finish_lessons, pass_course, post, rows
from tests.staff.acts import employ, words

TEXT = "Khóa học kỹ năng số của đơn vị chưa thấy bắt đầu"


def test_texts_are_shown_when_asked_for_and_noted(
    as_hr: FlaskClient, hr: Person, learner: Person
) -> None:
    page = as_hr.get("/staff/reminders")
    assert learner.full_name in page.text
    assert TEXT not in page.text and "0905123456" not in page.text
    shown = post(as_hr, "/staff/reminders")
    assert f"Chào Hoa. {TEXT}" in shown.text or f"Chào anh chị. {TEXT}" in shown.text
    assert "0905123456\t" in shown.text and "sms:0905123456" in shown.text
    line = rows(AuditLine, verb="reminder_texts")[0]
    assert (line.actor_id, line.subject) == (hr.id, "course thu-nghiem")


def test_each_state_has_its_people_and_its_words(
    as_hr: FlaskClient, learner: Person, office: Unit, course: Course
) -> None:
    done, begun = employ(office, "Lê Văn Xong", "Lê Thị Dở")
    pass_course(done, course)
    finish_lessons(begun, course)
    under_way = post(as_hr, "/staff/reminders", state="under-way").text
    assert "Khóa học kỹ năng số còn bài kiểm tra" in under_way
    assert "Lê Thị Dở" in under_way and "Nguyễn Thị Hoa" not in under_way
    assert "Lê Văn Xong" not in under_way + post(as_hr, "/staff/reminders").text
    assert as_hr.get("/staff/reminders?state=done").status_code == 404


def test_a_text_names_no_course(as_hr: FlaskClient, learner: Person, course: Course) -> None:
    shown = post(as_hr, "/staff/reminders").text
    texts = shown.partition('id="all-texts"')[2].partition("</textarea>")[0]
    assert "Chào" in texts and course.title not in texts


def test_who_wants_no_reminders_gets_no_text(as_hr: FlaskClient, learner: Person) -> None:
    turn_off(learner.id, operation_id())
    db.session.commit()
    shown = post(as_hr, "/staff/reminders")
    assert "Không muốn nhận lời nhắc" in words(shown)
    assert "0905123456" not in shown.text


def test_an_e_mail_is_offered_where_there_is_one(as_hr: FlaskClient, learner: Person) -> None:
    secret = Credential(person_id=learner.id, kind="password", login="hoa@x.vn", secret_hash="x")
    db.session.add(secret)
    db.session.commit()
    assert "mailto:hoa@x.vn?subject=" in post(as_hr, "/staff/reminders").text


def test_twice_is_one_line(as_hr: FlaskClient, learner: Person) -> None:
    for _ in range(2):
        post(as_hr, "/staff/reminders", op_id="e" * 32)
    assert len(rows(AuditLine, verb="reminder_texts")) == 1


@pytest.mark.parametrize("query", ["unit=999999", "course=khong-co"])
def test_what_is_not_there_is_not_found(as_hr: FlaskClient, learner: Person, query: str) -> None:
    assert as_hr.get(f"/staff/reminders?{query}").status_code == 404


def test_others_are_not_named_and_others_do_not_see(
    as_hr: FlaskClient,
    as_learner: FlaskClient,
    client: FlaskClient,
    stranger: Person,
    other_office: Unit,
) -> None:
    assert stranger.full_name not in post(as_hr, "/staff/reminders").text
    assert as_hr.get(f"/staff/reminders?unit={other_office.id}").status_code == 404
    assert as_learner.get("/staff/reminders").status_code == 404
    assert post(client, "/staff/reminders").status_code == 302
