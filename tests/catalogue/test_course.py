"""A course's page: what one will be able to do, how long, what is left."""

from app.accounts.actions import grant_role
from app.accounts.models import Role
from app.certificates.actions import revoke
from app.extensions import db
from app.learning.actions import enrol
from app.lib.ids import operation_id
from tests.acts import finish_lessons, pass_course

URL = "/courses/thu-nghiem"


def test_says_what_one_will_be_able_to_do(client):
    page = client.get(URL)
    assert "Học xong, anh chị làm được" in page.text
    assert "Nhận ra cuộc gọi lừa đảo" in page.text
    assert client.queries == 0


def test_tells_the_rule_in_plain_words(client):
    assert "đạt từ 80 trên 100 điểm" in client.get(URL).text


def test_a_visitor_may_try_and_is_invited(client):
    page = client.get(URL)
    assert f'href="{URL}/mot"' in page.text
    assert "/register?group=nguoi-dan&amp;next=/courses/thu-nghiem" in page.text
    assert "Đăng ký để làm" in page.text


def test_a_learner_may_begin(as_learner):
    page = as_learner.get(URL)
    assert "Bắt đầu học" in page.text
    assert 'action="/courses/thu-nghiem/enrolment"' in page.text


def test_a_learner_goes_on_and_sees_what_is_left(as_learner, learner, course):
    enrol(learner, course, operation_id())
    db.session.commit()
    page = as_learner.get(URL)
    assert "Học tiếp: Bài một" in page.text
    assert "3 bài và bài kiểm tra" in page.text
    assert as_learner.queries <= 4


def test_after_the_lessons_only_the_test_is_left(as_learner, learner, course):
    finish_lessons(learner, course)
    page = as_learner.get(URL)
    assert "Làm: Bài kiểm tra thử" in page.text
    assert "Còn lại: <strong>bài kiểm tra</strong>" in page.text


def test_a_passed_course_leads_to_the_certificate(as_learner, learner, course):
    award = pass_course(learner, course)
    page = as_learner.get(URL)
    assert f"/certificates/{award.code}.pdf" in page.text
    assert award.printed_number in page.text


def test_after_a_revocation_no_certificate_is_offered(as_learner, learner, course, registrar):
    award = pass_course(learner, course)
    revoke(registrar, award.id, "Nhầm người học")
    db.session.commit()
    page = as_learner.get(URL)
    assert award.code not in page.text
    assert "không còn giá trị" in page.text


def test_shows_nothing_of_somebody_else(as_stranger, learner, course):
    award = pass_course(learner, course)
    page = as_stranger.get(URL)
    assert award.printed_number not in page.text
    assert "Bắt đầu học" in page.text


def test_an_unknown_course_is_not_found(client):
    assert client.get("/courses/khong-co").status_code == 404


def test_is_only_read(client):
    assert client.post(URL).status_code == 405


def test_staff_learn_like_everybody(as_hr, hr):
    grant_role(None, hr, Role.TRAINER, None)
    assert "Bắt đầu học" in as_hr.get(URL).text
