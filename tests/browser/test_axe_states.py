"""axe finds nothing on pages in their other states: empty, wrong, waiting, finished."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cast import BORN, PHONE_OF_A_FAMILY, STAFF
from tests.browser.eyes import Eyes, findings
from tests.browser.site import PIN

State = Callable[[Page, Eyes], object]
ROSTER = (
    "Họ và tên,Ngày sinh,Số điện thoại,Chức vụ",
    "Hồ Thị Mới Đến,05/02/1990,0900777001,Văn thư",
    "Hồ Văn Nhầm,31/02/1990,0900777002,Bảo vệ",
    *(f"{name},{BORN:%d/%m/%Y},{phone},{position}" for name, phone, position in STAFF),
)
TEST = "/courses/{slug}/{test}/test"


def visit(address: str) -> State:
    """Just go there."""
    return lambda page, eyes: eyes.go(page, address)


def sent(address: str, button: str = "form .button-main", **typed: str) -> State:
    """Go there, fill in these fields by id, and send the form."""

    def act(page: Page, eyes: Eyes) -> None:
        eyes.go(page, address)
        for name, value in typed.items():
            page.fill(f"#{name}", value)
        with page.expect_navigation():
            page.locator(f"main {button}").first.click()

    return act


def expired(page: Page, eyes: Eyes) -> None:
    """The session is gone between opening a form and sending it."""
    eyes.go(page, "/register")
    page.context.clear_cookies()
    page.fill("#full_name", "Nguyễn Thị Hoa")
    with page.expect_navigation():
        page.locator("main form button.button-main").click()


def family(page: Page, eyes: Eyes) -> None:
    """Two people of one telephone: which of them is it?"""
    sent("/login", phone=PHONE_OF_A_FAMILY, pin=PIN)(page, eyes)
    assert page.url.endswith("/login/person")


def practised(option: int) -> State:
    """A practice question was answered where it stands."""

    def act(page: Page, eyes: Eyes) -> None:
        eyes.go(page, "/courses/{slug}/{step_slug}")
        practice = page.locator("form.practice").first
        practice.locator("input[type=radio]").nth(option).check()
        practice.locator("button[type=submit]").click()
        practice.locator(".verdict").wait_for()

    return act


def unreadable(page: Page, eyes: Eyes) -> None:
    """A question that wants a number got a word."""
    eyes.go(page, "{paper}/{number_question}")
    page.locator(".question input.input-number").fill("hai trăm")
    with page.expect_navigation():
        page.locator(".lesson-action .button-main").click()


def looked_over(page: Page, eyes: Eyes) -> None:
    """A roster was uploaded that has a row of every kind."""
    eyes.go(page, "/staff/rosters/new")
    data = "\n".join(ROSTER).encode()
    page.set_input_files("#file", {"name": "so.csv", "mimeType": "text/csv", "buffer": data})
    with page.expect_navigation():
        page.locator("main form .button-main").first.click()
    for outcome in ("Thêm mới", "Sai", "Chưa chắc", "Sửa", "Đã có"):
        expect(page.locator("td .badge", has_text=outcome).first).to_be_visible()


TOOLS = ("picture", "question", "variant", "drill")
EDITOR = "/studio/{slug}/draft/{file_id}"


def asked(tool: str) -> State:
    """A button above the text of a lesson was pressed: its dialog is open."""

    def act(page: Page, eyes: Eyes) -> None:
        eyes.go(page, EDITOR)
        page.locator(f"[data-tool={tool}]").click()
        expect(page.locator("dialog[open]")).to_be_visible()

    return act


def mended(page: Page, eyes: Eyes) -> None:
    """A lesson with a fault and a remark, marked beside the text and listed."""
    eyes.go(page, EDITOR)
    source = page.locator("[data-source]")
    source.fill(source.input_value() + "\n## Thêm\n\n![](khong-co.png)\n")
    expect(page.locator(".studio-line-error")).to_have_count(1)
    page.get_by_role("tab", name="Cần sửa").click()


def parted(page: Page, eyes: Eyes) -> None:
    """Somebody else saved the lesson meanwhile."""
    eyes.expect_status(409)
    other = eyes.page("admin")
    for one in (other, page):
        eyes.go(one, EDITOR)
    for one, words in ((other, "Dòng của người khác."), (page, "Dòng của tôi.")):
        source = one.locator("[data-source]")
        source.fill(f"{source.input_value()}\n## Thêm\n\n{words}\n")
        expect(one.locator(".studio-state")).to_have_text(
            re.compile("Đã lưu lúc" if one is other else "đã lưu bài này")
        )


def looked_by_a_job(page: Page, eyes: Eyes) -> None:
    """A large roster was looked at by a job."""
    eyes.go(page, "{looked}")
    expect(page.locator("td .badge", has_text="Sai").first).to_be_visible()


def columns_to_choose(page: Page, eyes: Eyes) -> None:
    """Nobody can tell from the headings which column holds the names."""
    eyes.go(page, "/staff/rosters/new")
    data = "Ai đó,Ngày sinh,Chức vụ\nHồ Thị Mới,1990,x\nHồ Văn Cũ,1991,y".encode()
    page.set_input_files("#file", {"name": "la.csv", "mimeType": "text/csv", "buffer": data})
    with page.expect_navigation():
        page.locator("main form .button-main").first.click()
    expect(page.locator("select[name^=column-]").first).to_be_visible()


def leaving(page: Page, eyes: Eyes) -> None:
    """The form about somebody who left stands open."""
    eyes.go(page, "/staff/people/{person_id}")
    page.locator(".staff-leave summary").first.click()
    expect(page.locator(".staff-leave input[name=last_day]").first).to_be_visible()


STATES: dict[str, tuple[str, State, int]] = {
    "group chosen": ("nobody", visit("/?nhom=nguoi-cao-tuoi"), 200),
    "catalogue of a group": ("nobody", visit("/courses?nhom=nguoi-cao-tuoi"), 200),
    "sign-in empty": ("nobody", sent("/login"), 400),
    "sign-in refused": ("nobody", sent("/login", phone="0900999888", pin="111222"), 401),
    "staff refused": ("nobody", sent("/login/staff", email="a@do.vn", password="sai"), 401),
    "family": ("nobody", family, 200),
    "registration empty": ("nobody", sent("/register"), 400),
    "form expired": ("nobody", expired, 400),
    "not found": ("nobody", visit("/khong-co-trang-nay"), 404),
    "check mistyped": ("nobody", visit("/v/SAI-MA"), 404),
    "check revoked": ("nobody", visit("{revoked}"), 200),
    "find empty": ("nobody", visit("/v?code=abc"), 400),
    "practice, one answer": ("nobody", practised(0), 200),
    "practice, another answer": ("nobody", practised(1), 200),
    "learn, nothing yet": ("newcomer", visit("/learn"), 200),
    "certificates, none yet": ("newcomer", visit("/certificates"), 200),
    "residence not chosen": ("newcomer", sent("/residence"), 400),
    "course not begun": ("newcomer", visit("/courses/c4-nguoi-dan"), 200),
    "course under way": ("learner", visit("/courses/{slug}"), 200),
    "course done": ("learner", visit("/courses/c4-nguoi-dan"), 200),
    "landing, signed in": ("learner", visit("/"), 200),
    "lesson, signed in": ("learner", visit("/courses/{slug}/{step_slug}"), 200),
    "test not begun": ("newcomer", visit(TEST), 200),
    "test under way": ("learner", visit(TEST), 200),
    "test to wait for": ("waiting", visit(TEST), 200),
    "test exhausted": ("exhausted", visit(TEST), 200),
    "test passed": ("learner", visit("/courses/c4-nguoi-dan/{test}/test"), 200),
    "result failed": ("waiting", visit("{failed}"), 200),
    "result passed": ("learner", visit("{passed}"), 200),
    "certificate revoked": ("revoked", visit("/certificates"), 200),
    **{f"question {n}": ("asked", visit(f"{{paper}}/{n}"), 200) for n in range(1, 7)},
    "answer unreadable": ("asked", unreadable, 400),
    "review": ("asked", visit("{paper}/review"), 200),
    "staff of nobody": ("hr of nobody", visit("/staff"), 200),
    "staff, none found": ("hr", visit("/staff?q=khongaico"), 200),
    "roster not chosen": ("hr", sent("/staff/rosters/new"), 400),
    "roster looked at by a job": ("hr", looked_by_a_job, 200),
    "columns to choose": ("hr", columns_to_choose, 400),
    "import undone": ("hr", visit("{import_undone}"), 200),
    "job waiting": ("hr", visit("{job_waiting}"), 200),
    "job running": ("hr", visit("{job_running}"), 200),
    "job failed": ("hr", visit("{job_failed}"), 200),
    "job done": ("hr", visit("{job_done}"), 200),
    "twins, a pair": ("admin", visit("/people/twins/{one_id}/{other_id}"), 200),
    "staff, overdue": ("hr", visit("/staff?state=overdue"), 200),
    "somebody leaves": ("hr", leaving, 200),
    "course given, empty": ("hr", sent("/staff/assignments/new"), 400),
    "reminders asked for": ("hr", sent("/staff/reminders"), 200),
    "list unknown": ("hr", visit("/staff/lists/check?code=KHONGCO"), 404),
    "list known": ("hr", visit("/staff/lists/check?code={list_code}"), 200),
    "learn, asked by the office": ("newcomer", visit("/learn"), 200),
    "course asked by the office": ("newcomer", visit("/courses/c4-nguoi-dan"), 200),
    "register, none found": ("registrar", visit("/certificates/register?number=999999"), 200),
    "no reason": ("registrar", sent("/certificates/{code}/revocation", ".button-danger"), 400),
    "roster looked over": ("hr", looked_over, 200),
    **{f"editor: {tool}": ("trainer", asked(tool), 200) for tool in TOOLS},
    "editor: faults": ("trainer", mended, 200),
    "editor: two texts": ("trainer", parted, 200),
    "editor of a test": ("trainer", visit("/studio/{slug}/draft/{test_file_id}"), 200),
    "text of the history": ("trainer", visit(f"{EDITOR}/history?tung=1"), 200),
    "pool of a test": ("trainer", visit("/studio/{slug}/preview/{test}"), 200),
    "a correction to look at": ("admin", visit("{correction}"), 200),
    "an erasure to look at": ("admin", visit("{erasure}"), 200),
    "board of a commune": ("officer of a commune", visit("/board"), 200),
    "denominator empty": ("officer", sent("/board/{indicator_id}/denominator"), 400),
    "grant empty": ("admin", sent("/admin/grants"), 400),
}


@pytest.mark.parametrize("state", STATES)
def test_state(state: str, eyes: Eyes) -> None:
    viewer, act, status = STATES[state]
    eyes.expect_status(status)
    page = eyes.page(viewer)
    act(page, eyes)
    assert eyes.status == status
    assert not (found := findings(page, state)), "\n".join(found)
