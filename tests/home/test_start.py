"""Where a signed-in person starts."""

import pytest

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Role
from app.certificates.actions import revoke
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step, enrol
from app.lib.ids import operation_id
from tests.acts import finish_lessons, pass_course


def test_a_newcomer_is_led_to_the_courses(as_learner):
    page = as_learner.get("/learn")
    assert "Chưa chọn khóa học nào" in page.text
    assert 'class="button button-main" href="/courses"' in page.text


def test_goes_on_where_one_stopped(as_learner, learner, course):
    complete_step(learner, course, course.steps[0], Evidence.SELF, operation_id())
    db.session.commit()
    page = as_learner.get("/learn")
    assert 'class="button button-main" href="/courses/thu-nghiem/hai"' in page.text
    assert "2 bài và bài kiểm tra" in page.text


def test_before_the_first_lesson_says_so(as_learner, learner, course):
    enrol(learner, course, operation_id())
    db.session.commit()
    assert "Vào bài đầu tiên" in as_learner.get("/learn").text


def test_after_the_lessons_comes_the_test(as_learner, learner, course):
    finish_lessons(learner, course)
    page = as_learner.get("/learn")
    assert 'href="/courses/thu-nghiem/kiem-tra/test"' in page.text
    assert "Làm bài kiểm tra" in page.text


def test_what_was_earned_is_there(as_learner, learner, course):
    award = pass_course(learner, course)
    page = as_learner.get("/learn")
    assert award.printed_number in page.text
    assert f"/certificates/{award.code}.pdf" in page.text


def test_a_revoked_certificate_is_not_offered(as_learner, learner, course, registrar):
    award = pass_course(learner, course)
    revoke(registrar, award.id, "Nhầm người học")
    db.session.commit()
    assert award.code not in as_learner.get("/learn").text


def test_takes_four_queries(as_learner, learner, course):
    finish_lessons(learner, course)
    as_learner.get("/learn")
    assert as_learner.queries <= 4


def test_signed_out_one_is_asked_to_sign_in(client):
    answer = client.get("/learn")
    assert (answer.status_code, answer.location) == (302, "/login?next=/learn")


def test_somebody_else_s_courses_are_not_shown(as_stranger, learner, course):
    finish_lessons(learner, course)
    assert "Khóa học thử nghiệm" not in as_stranger.get("/learn").text


def test_a_resident_is_not_asked_again(as_learner):
    assert "/residence" not in as_learner.get("/learn").text


def test_who_did_not_say_where_they_live_is_asked_gently(sign_in, province):
    person = _person("Zơrâm Thị Nhươm")
    assert "Chọn xã, phường" in sign_in(person).get("/learn").text


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.HR, {"/staff"}),
        (Role.TRAINER, {"/studio"}),
        (Role.OFFICER, {"/board"}),
        (Role.REGISTRAR, {"/certificates/register"}),
        (Role.ADMIN, {"/studio", "/board", "/admin"}),
        (Role.HELPER, set()),
    ],
)
def test_each_role_finds_its_desks_and_no_other(sign_in, province, role, addresses):
    person = _person("Alăng Đợi")
    # one register for the province: it is kept for no single unit
    grant_role(None, person, role, None if role is Role.REGISTRAR else province.id)
    db.session.commit()
    page = sign_in(person).get("/learn").text
    doors = {"/staff", "/studio", "/board", "/certificates/register", "/admin"}
    assert {door for door in doors if f'class="desk-door" href="{door}"' in page} == addresses


def test_is_only_read(as_learner):
    assert as_learner.post("/learn").status_code == 405


@pytest.mark.parametrize(
    ("group", "greeting"),
    [("nguoi-cao-tuoi", "Chào bác Liếc"), ("nguoi-dan", "Chào Bh&#39;riu Liếc"), (None, "Chào Bh")],
)
def test_greets_as_the_group_is_spoken_to(sign_in, stranger, group, greeting):
    stranger.group = group
    db.session.commit()
    assert greeting in sign_in(stranger).get("/learn").text


def _person(name):
    person = add_person(name)
    db.session.commit()
    return person


@pytest.mark.parametrize("first", ["commune", "province"])
def test_a_desk_for_the_whole_province_is_not_shown_for_a_commune(sign_in, commune, first):
    kept_for = {"commune": commune.id, "province": None}
    order = [first, *(kept_for.keys() - {first})]
    shown = {}
    for reach in order:
        person = _person("Alăng Đợi")
        grant_role(None, person, Role.REGISTRAR, kept_for[reach])
        db.session.commit()
        shown[reach] = "/certificates/register" in sign_in(person).get("/learn").text
    assert shown == {"commune": False, "province": True}
