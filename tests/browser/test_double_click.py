"""Hasty fingers, the back button and pages left open: every act counts once, nothing is lost."""

from typing import Any

import pytest
from playwright.sync_api import expect

from app.accounts.models import AuditLine, Person
from app.content.shelf import shelf
from app.extensions import db
from app.learning.actions import enrol
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from app.quizzes.actions import start
from app.quizzes.models import Attempt
from tests.acts import rows
from tests.browser.acts import fill_pins, fill_registration, press
from tests.browser.cast import ELDERS
from tests.browser.papers import answer_rightly, asked
from tests.browser.site import Site, Who
from tests.browser.visits import PHONE, Visits

FIRST = f"/courses/{ELDERS}/bat-tat-sac-pin"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def begun(site: Site, full_name: str) -> tuple[Who, int]:
    """Somebody who has taken the elders' course, and the id of their open attempt at its test."""
    who = site.person(full_name)
    with site.app.app_context():
        course, person = shelf.library.course(ELDERS), db.session.get_one(Person, who.id)
        assert course
        enrol(person, course, operation_id())
        attempt = start(person, course, course.steps[-1], operation_id())
        db.session.commit()
        return who, attempt.id


def count(site: Site, model: Any, **by: Any) -> int:
    """How many rows of a table have these values."""
    with site.app.app_context():
        return len(rows(model, **by))


@SCRIPTS
def test_registering_twice_makes_one_person(scripts: bool, site: Site, visits: Visits) -> None:
    name = f"Hồ Thị Vội {'Vàng' if scripts else 'Quá'}"
    page = visits.open(PHONE, java_script_enabled=scripts)
    fill_registration(page, name, "1958", "0900444001")
    page.get_by_role("button", name="Đăng ký").dblclick()
    expect(page.locator("h1")).to_have_text("Đang ở xã, phường nào?")
    assert count(site, Person, full_name=name) == 1


@SCRIPTS
def test_a_lesson_is_credited_once(scripts: bool, site: Site, visits: Visits) -> None:
    who, _ = begun(site, "Alăng Nhanh")
    page = visits.open(PHONE, who, java_script_enabled=scripts)
    page.goto(FIRST)
    page.get_by_role("button", name="Đã hiểu").dblclick()
    expect(page.locator("h1")).not_to_have_text("Bật máy, tắt máy, sạc pin")
    assert count(site, StepCredit, person_id=who.id, step_slug="bat-tat-sac-pin") == 1
    assert count(site, StepCredit, person_id=who.id) == 1


@SCRIPTS
def test_a_test_is_handed_in_once(scripts: bool, site: Site, visits: Visits) -> None:
    who, attempt_id = begun(site, "Pơloong Gấp")
    page = visits.open(PHONE, who, java_script_enabled=scripts)
    page.goto(f"/attempts/{attempt_id}/review")
    page.get_by_role("button", name="Nộp bài").dblclick()
    expect(page.locator("h1")).to_have_text("Lần này chưa đạt")
    assert count(site, AuditLine, verb="grade", subject=f"attempt {attempt_id}") == 1
    assert count(site, Attempt, person_id=who.id) == 1


def test_going_back_to_a_lesson_credits_nothing_anew(site: Site, visits: Visits) -> None:
    who, _ = begun(site, "Coor Lui")
    page = visits.open(PHONE, who)
    page.goto(FIRST)
    press(page, "Đã hiểu")
    page.wait_for_url("**/chu-to-am-luong")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Bật máy, tắt máy, sạc pin")
    press(page, "Sang bài tiếp")
    page.wait_for_url("**/chu-to-am-luong")
    assert count(site, StepCredit, person_id=who.id) == 1


def test_going_back_after_handing_in_leads_to_the_result(site: Site, visits: Visits) -> None:
    who, attempt_id = begun(site, "Arất Quay")
    page = visits.open(PHONE, who)
    page.goto(f"/attempts/{attempt_id}/review")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("h1")).to_have_text("Lần này chưa đạt")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Lần này chưa đạt")
    assert count(site, Attempt, person_id=who.id) == 1


def test_going_back_and_registering_again_makes_one_person(site: Site, visits: Visits) -> None:
    visits.expect("status of 400")
    page = visits.open(PHONE)
    fill_registration(page, "Hồ Thị Lại", "1958", "0900444002")
    press(page, "Đăng ký")
    expect(page.locator("h1")).to_have_text("Đang ở xã, phường nào?")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Đăng ký học")
    fill_registration(page, "Hồ Thị Lại", "1958", "0900444002", go=False)
    press(page, "Đăng ký")
    expect(page.locator(".error-summary")).to_contain_text("đã đăng ký với số điện thoại này rồi")
    page.locator("main").get_by_role("link", name="Đăng nhập", exact=True).click()
    # the name that was just entered is known on this device
    expect(page.locator("h1")).to_have_text("Ai vào học?")
    assert count(site, Person, full_name="Hồ Thị Lại") == 1


def test_an_expired_form_keeps_what_was_typed(site: Site, visits: Visits) -> None:
    visits.expect("status of 400")
    page = visits.open(PHONE)
    fill_registration(page, "Hồ Thị Chậm", "1958", "0900444003")
    page.context.clear_cookies()
    press(page, "Đăng ký")
    expect(page.locator("h1")).to_have_text("Trang mở đã lâu, xin bấm gửi lại")
    press(page, "Gửi lại")
    expect(page.locator("#full_name")).to_have_value("Hồ Thị Chậm")
    expect(page.locator("#phone")).to_have_value("0900444003")
    expect(page.locator("#consent")).to_be_checked()
    fill_pins(page)
    press(page, "Đăng ký")
    expect(page.locator("h1")).to_have_text("Đang ở xã, phường nào?")
    assert count(site, Person, full_name="Hồ Thị Chậm") == 1


def test_an_expired_answer_is_sent_again_with_one_tap(site: Site, visits: Visits) -> None:
    visits.expect("status of 400")
    who, attempt_id = begun(site, "Zơrâm Đợi")
    page = visits.open(PHONE, who)
    page.goto(f"/attempts/{attempt_id}/1")
    answered = answer_rightly(page, asked(site, attempt_id, 1))
    # signed in again in another window: the session is a new one
    page.context.clear_cookies()
    visits.sign_in(page, who)
    press(page, "Lưu và sang câu tiếp")
    press(page, "Gửi lại")
    page.wait_for_url(f"**/attempts/{attempt_id}/2")
    with site.app.app_context():
        assert answered in db.session.get_one(Attempt, attempt_id).answers.values()
