"""A helper and a learner with one phone: both are recorded, and the test is the learner's own."""

import pytest
from playwright.sync_api import Page, expect

from app.accounts.field_session import FieldSession
from app.accounts.models import Credential, Person, Role
from app.certificates.models import Award
from app.content.models import Course, StepKind
from app.counts.models import Evidence
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.field.models import HandOver
from app.learning.actions import complete_step
from app.learning.models import Enrolment, StepCredit
from app.lib.ids import operation_id
from tests.acts import rows
from tests.browser.acts import press
from tests.browser.cast import ELDERS, HOME
from tests.browser.eyes import findings
from tests.browser.papers import answer_rightly, asked, length
from tests.browser.reading import course_of
from tests.browser.site import PASSWORD, Site, Who
from tests.browser.visits import PHONE, Visits

NAME = "Zơrâm Thị Ngọc Nường"
ONCE = "314159"
TEST = f"/courses/{ELDERS}/kiem-tra-cuoi-khoa/test"


@pytest.fixture
def helper(site: Site) -> Who:
    """Somebody who helps the people of one commune; the address is new in each test."""
    name = f"giup-{operation_id()[:8]}@thu.vn"
    return site.officer("Alăng Thị Giúp", Role.HELPER, HOME, email=name)


def test_from_the_doorstep_to_the_certificate(site: Site, visits: Visits, helper: Who) -> None:
    phone = visits.open(PHONE, helper)
    register_on_the_spot(phone)
    expect(bar(phone)).to_contain_text(f"bác {NAME}")
    press(phone, "Chọn khóa học")
    phone.goto(f"/courses/{ELDERS}")
    press(phone, "Bắt đầu học")
    expect(bar(phone)).to_contain_text("Đang học cùng")
    press(phone, "Đã")
    learner = learner_of(site, helper)
    read_the_rest(site, learner)

    take_the_device(phone)
    for shut in ("/field", "/learn", "/field/asks", f"/courses/{ELDERS}/kiem-tra-cuoi-khoa"):
        phone.goto(shut)
        assert phone.url.endswith(("/field/now", TEST)), shut
        expect(bar(phone)).not_to_contain_text("Kết thúc")
    pass_the_test(phone, site)
    give_back(phone)

    bar(phone).get_by_role("button", name="Kết thúc").click()
    expect(phone.locator("h1")).to_have_text(NAME)
    check_the_ledgers(site, helper, learner)


def test_without_javascript(site: Site, visits: Visits, helper: Who) -> None:
    phone = visits.open(PHONE, helper, java_script_enabled=False)
    register_on_the_spot(phone, "Zơrâm Thị Không Mã")
    phone.goto(f"/courses/{ELDERS}")
    press(phone, "Bắt đầu học")
    press(phone, "Đã")
    bar(phone).get_by_role("button", name="Kết thúc").click()
    expect(phone.locator("main")).to_contain_text("ghi được 1 bài")


def test_the_helper_signs_in_again_to_get_out(site: Site, visits: Visits, helper: Who) -> None:
    phone = visits.open(PHONE, helper)
    beside(phone, own_learner(site, helper))
    take_the_device(phone)
    phone.go_back()
    phone.goto("/field")
    press(phone, "Người hỗ trợ đăng nhập lại")
    phone.fill("#email", email_of(site, helper))
    phone.fill("#password", PASSWORD)
    press(phone, "Đăng nhập")
    expect(phone.locator("h1")).to_contain_text("Chào")
    phone.goto("/field")
    expect(phone.locator("h1")).to_have_text("Giúp bà con học")


def test_axe_in_a_session(site: Site, visits: Visits, helper: Who) -> None:
    page = visits.open(PHONE, helper)
    learner = own_learner(site, helper)
    page.goto(f"/field/people/{learner.id}/session")
    found = findings(page, "begin")
    beside(page, learner)
    addresses = ("/learn", "/field/now", f"/courses/{ELDERS}/bat-tat-sac-pin", TEST)
    for address in addresses:
        page.goto(address)
        found += findings(page)
    take_the_device(page)
    found += findings(page, "intro alone")
    page.goto("/field/now")
    found += findings(page, "alone")
    assert not found, "\n".join(found)


def test_axe_of_what_is_shown_once(site: Site, visits: Visits, helper: Who) -> None:
    page = visits.open(PHONE, helper)
    learner = own_learner(site, helper)
    page.goto(f"/field/people/{learner.id}")
    press(page, "Làm thẻ học")
    found = findings(page, "card")
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()
    assert not found, "\n".join(found)


def test_the_bar_stays_in_sight_and_hides_nothing(site: Site, visits: Visits, helper: Who) -> None:
    # where the page glides to what has the focus, it is under the bar on the way
    phone = visits.open(PHONE, helper, reduced_motion="reduce")
    beside(phone, own_learner(site, helper))
    phone.goto(f"/courses/{ELDERS}/bat-tat-sac-pin")
    phone.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    expect(bar(phone)).to_be_in_viewport()
    for _ in range(12):
        phone.keyboard.press("Shift+Tab")
        assert not phone.evaluate(HIDDEN), phone.evaluate("document.activeElement.outerHTML")


# the focused element lies wholly under the bar
HIDDEN = """() => {
  const bar = document.querySelector('.company');
  const focused = document.activeElement;
  if (bar.contains(focused) || focused === document.body) return false;
  const own = focused.getBoundingClientRect(), over = bar.getBoundingClientRect();
  return own.height > 0 && own.top >= over.top && own.bottom <= over.bottom;
}"""


def bar(page: Page):
    """The bar that says for whom the page acts."""
    return page.locator(".company")


def register_on_the_spot(page: Page, full_name: str = NAME) -> None:
    """Somebody without a phone registers, and they begin."""
    page.goto("/field")
    press(page, "Đăng ký mới")
    page.fill("#full_name", full_name)
    page.fill("#birth", "1958")
    page.select_option("#group", "nguoi-cao-tuoi")
    page.get_by_text("Nói đồng ý").click()
    page.fill("#witness", "Zơrâm Văn Nhứt")
    page.fill("#place", "Nhà làng")
    press(page, "Đăng ký và học cùng")
    expect(bar(page)).to_be_visible()


def own_learner(site: Site, helper: Who) -> Who:
    """Somebody without PIN whom this helper helps."""
    learner = site.person("Coor Văn Lắc", home=HOME, group="nguoi-cao-tuoi")
    with site.app.app_context():
        help_from_now_on(db.session.get_one(Person, helper.id), learner.id, "agreed")
        db.session.commit()
    return learner


def beside(page: Page, learner: Who) -> None:
    """Begin with a learner who says yes."""
    page.goto(f"/field/people/{learner.id}/session")
    page.get_by_text("Nói đồng ý").click()
    page.fill("#witness", "Con gái")
    page.fill("#place", "Nhà bác Lắc")
    press(page, "Bắt đầu học cùng")
    expect(bar(page)).to_be_visible()


def learner_of(site: Site, helper: Who) -> int:
    """With whom the helper sits now."""
    with site.app.app_context():
        return int(rows(FieldSession, helper_id=helper.id)[-1].learner_id)


def email_of(site: Site, helper: Who) -> str:
    """By what the helper signs in."""
    with site.app.app_context():
        return str(rows(Credential, person_id=helper.id, kind="password")[0].login)


def read_the_rest(site: Site, learner: int) -> None:
    """The lessons that are left, done on other days."""
    with site.app.app_context():
        person, course = db.session.get_one(Person, learner), course_of(ELDERS)
        for step in lessons(course)[1:]:
            complete_step(person, course, step, Evidence.CLASS, operation_id())
        db.session.commit()


def lessons(course: Course) -> list:
    """The lessons of a course."""
    return [step for step in course.steps if step.kind is StepKind.LESSON]


def take_the_device(page: Page) -> None:
    """The learner chooses a PIN for this test."""
    page.goto(TEST)
    page.fill("#once", ONCE)
    page.fill("#once_again", ONCE)
    press(page, "Tôi cầm máy")
    page.wait_for_url(f"**{TEST}")


def pass_the_test(page: Page, site: Site) -> None:
    """Answer every question rightly and hand in."""
    page.goto(TEST)
    press(page, "Bắt đầu làm bài")
    page.wait_for_url("**/attempts/*/1")
    attempt_id = int(page.url.split("/")[-2])
    total = length(site, attempt_id)
    for number in range(1, total + 1):
        expect(page.locator("h1")).to_have_text(f"Câu {number} trên {total}")
        answer_rightly(page, asked(site, attempt_id, number))
        press(page, "Lưu và sang câu tiếp" if number < total else "Lưu và xem lại các câu")
    press(page, "Nộp bài")
    expect(page.locator("h1")).to_contain_text("Chúc mừng")


def give_back(page: Page) -> None:
    """The learner ends the test with the PIN of this test."""
    bar(page).get_by_role("link", name="Trả máy").click()
    page.fill("#secret", ONCE)
    press(page, "Trả máy cho người hỗ trợ")
    expect(bar(page)).to_contain_text("Đang học cùng")


def check_the_ledgers(site: Site, helper: Who, learner: int) -> None:
    """The learner's steps and award; nothing of the helper's own."""
    with site.app.app_context():
        session = rows(FieldSession, helper_id=helper.id)[-1]
        (helped,) = rows(StepCredit, person_id=learner, helped_in=session.id)
        assert helped.evidence == Evidence.ASSISTED
        (test,) = rows(StepCredit, person_id=learner, step_slug="kiem-tra-cuoi-khoa")
        assert test.evidence == Evidence.SELF
        assert rows(Award, person_id=learner)[0].evidence == Evidence.ASSISTED
        assert rows(HandOver, session_id=session.id)[0].ended_at
        assert rows(Enrolment, person_id=helper.id) == []
