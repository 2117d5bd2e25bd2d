"""Learning without a network, in a real browser with its service worker."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.certificates.models import Award
from app.content.models import Question, QuestionKind, StepKind
from app.content.shelf import shelf
from app.learning.models import Ask, StepCredit
from app.lessons.models import Mark, ReadingPlace
from app.quizzes.models import Attempt
from app.sync.models import SyncedOperation
from tests.acts import rows
from tests.browser.acts import press
from tests.browser.away import (
    CUT,
    cached,
    count,
    course,
    expect_waiting,
    hand_in,
    held,
    learner,
    offline,
    take_home,
    take_paper,
    understood,
    with_worker,
)
from tests.browser.cast import ELDERS, RESIDENTS
from tests.browser.every_kind import right_answer
from tests.browser.papers import answer_rightly, asked, length
from tests.browser.site import Site, Who
from tests.browser.visits import PHONE, Visits

TEST = f"/courses/{ELDERS}/kiem-tra-cuoi-khoa/test"


def open_taken(visits: Visits, who: Who | None, slug: str = ELDERS) -> Page:
    """A phone of its own with a course on it."""
    visits.expect(*CUT)
    page = visits.open_cold(PHONE, who)
    take_home(page, slug)
    return page


def open_attempt(site: Site, who: Who) -> int:
    """The id of somebody's open attempt."""
    with site.app.app_context():
        [attempt] = rows(Attempt, person_id=who.id)
        found: int = attempt.id
        return found


def test_the_whole_course_and_its_test_without_a_network(site: Site, visits: Visits) -> None:
    who = learner(site, "Nguyễn Thị Xa", ELDERS)
    page = open_taken(visits, who)
    take_paper(page)
    lessons = [step for step in course(ELDERS).required if step.kind is StepKind.LESSON]
    with offline(page):
        page.goto(f"/courses/{ELDERS}")
        press(page, "Học từ bài đầu")
        for number, lesson in enumerate(lessons, start=1):
            expect(page.locator("h1")).to_have_text(lesson.title)
            understood(page)
            page.wait_for_url(lambda url, here=lesson.slug: here not in url)
            expect_waiting(page, number)
        _sit(page, site, open_attempt(site, who))
        expect_waiting(page, len(lessons) + 1)
        assert count(site, StepCredit, person_id=who.id) == 0
    page.goto("/learn")
    expect_waiting(page, 0)
    assert count(site, StepCredit, person_id=who.id) == len(lessons) + 1
    assert count(site, Award, person_id=who.id) == 1
    assert held(page) == []
    page.goto(TEST)
    expect(page.locator("h1")).to_have_text("Bài kiểm tra cuối khóa")


def _sit(page: Page, site: Site, attempt_id: int) -> None:
    """Answer every question of the paper rightly and hand it in."""
    expect(page.get_by_role("heading", name="Đề đã ở trong máy")).to_be_visible()
    press(page, "Làm bài")
    for number in range(1, length(site, attempt_id) + 1):
        expect(page.locator("[data-count]")).to_contain_text(f"Câu {number} trên")
        answer_rightly(page, asked(site, attempt_id, number))
        press(page, "Sang câu tiếp")
    expect(page.locator("[data-left]")).to_contain_text("Đã trả lời hết")
    hand_in(page)
    expect(page.get_by_text("Bài đã nộp, đang ở trong máy này")).to_be_visible()


def test_answers_of_a_paper_survive_and_the_grade_comes_back(site: Site, visits: Visits) -> None:
    who = learner(site, "Alăng Thị Giữ", ELDERS)
    page = open_taken(visits, who)
    take_paper(page)
    attempt_id = open_attempt(site, who)
    with offline(page):
        page.goto(TEST)
        press(page, "Làm bài")
        given = answer_rightly(page, asked(site, attempt_id, 1))
        page.close()
        page = page.context.new_page()
        page.goto(TEST)
        press(page, "Làm bài")
        # it goes on at the first question that is open
        expect(page.locator("[data-count]")).to_contain_text("Câu 2 trên")
        press(page, "Về câu trước")
        assert (
            page.locator("[data-answer] :checked").evaluate_all("a => a.map(b => b.value)") == given
        )
        press(page, "Xem lại tất cả và nộp bài")
        expect(page.locator("[data-left]")).to_contain_text("chưa trả lời")
        hand_in(page)
        expect(page.get_by_text("Bài đã nộp, đang ở trong máy này")).to_be_visible()
    page.goto("/learn")
    expect_waiting(page, 0)
    page.goto(TEST)
    expect(page.locator("main")).to_contain_text("điểm Chưa đạt")


def typed(page: Page, attempt_id: int, site: Site) -> list[str]:
    """What the form of question 1 would send."""
    name = f"q-{asked(site, attempt_id, 1).id}"
    sent: list[str] = page.locator("[data-answer]").evaluate(
        "(form, name) => new FormData(form).getAll(name)", name
    )
    return sent


def test_pictures_and_recordings_come_along(site: Site, visits: Visits) -> None:
    slug, step = _with_picture()
    page = open_taken(visits, None, slug)
    with offline(page):
        page.goto(f"/courses/{slug}/{step}")
        for picture in page.locator(".lesson-body img").all():
            picture.evaluate("(image) => { image.loading = 'eager'; }")
            picture.evaluate("(image) => image.decode()")
            assert picture.evaluate("(image) => image.naturalWidth") > 0


def _with_picture() -> tuple[str, str]:
    for found in shelf.published():
        for step in found.steps:
            if "<img" in step.html and step.kind is StepKind.LESSON:
                return found.slug, step.slug
    raise AssertionError("no course has a picture")


def test_practice_is_marked_on_the_device_as_on_the_server(visits: Visits) -> None:
    page = open_taken(visits, None, RESIDENTS)
    for lesson, question in one_of_each_kind():
        verdicts = []
        for away in (False, True):
            page.context.set_offline(away)
            page.goto(f"/courses/{RESIDENTS}/{lesson}")
            form = page.locator(f"form.practice:has(#q-{question.id})")
            fill_in(form, question)
            form.locator("button[type=submit]").click()
            expect(form.locator("[data-verdict]")).to_contain_text("Đúng rồi")
            verdicts.append(form.locator("[data-verdict]").inner_html().split())
        assert verdicts[0] == verdicts[1], question.id


def one_of_each_kind() -> list[tuple[str, Question]]:
    """The first practice question of each kind, with the slug of its lesson."""
    found: dict[QuestionKind, tuple[str, Question]] = {}
    for step in course(RESIDENTS).steps:
        if step.kind is StepKind.LESSON:
            for question in step.questions:
                found.setdefault(question.kind, (step.slug, question))
    assert len(found) >= 4
    return list(found.values())


def fill_in(form: Locator, question: Question) -> None:
    """Put the right answer into a practice question's form, as its scripts would."""
    fields = form.locator(f"[name='q-{question.id}']")
    for place, value in enumerate(right_answer(question)):
        if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
            form.locator(f"[value='{value}']").check()
        else:
            fields.nth(place).evaluate("(field, value) => { field.value = value; }", value)


def test_notes_bookmark_question_and_place_wait_and_arrive(site: Site, visits: Visits) -> None:
    who = learner(site, "Zơrâm Thị Ghi", ELDERS)
    page = open_taken(visits, who)
    lesson = f"/courses/{ELDERS}/bat-tat-sac-pin"
    with offline(page):
        page.goto(lesson)
        page.locator("[data-note]").fill("Nút nguồn bên phải")
        page.locator("[data-note]").blur()
        expect(page.locator(".own-state")).to_have_text("Đã lưu.")
        page.locator("[data-bookmark]").click()
        expect_waiting(page, 2)
        page.goto(lesson)
        expect(page.locator("[data-note]")).to_have_value("Nút nguồn bên phải")
        expect(page.locator("[data-bookmark]")).to_have_attribute("aria-pressed", "true")
        page.locator("#unclear summary").click()
        page.fill("#ask-text", "Nút nào?")
        press(page, "Gửi cho người hỗ trợ")
        expect_waiting(page, 3)
    page.goto("/sync")
    expect_waiting(page, 0)
    assert count(site, Mark, person_id=who.id) == 2
    assert count(site, Ask, person_id=who.id, text="Nút nào?") == 1
    assert count(site, ReadingPlace, person_id=who.id) <= 1


def test_nothing_personal_is_in_the_caches(site: Site, visits: Visits) -> None:
    who = learner(site, "Bh'riu Thị Kín", ELDERS)
    page = open_taken(visits, who)
    take_paper(page)
    for address in ("/learn", "/certificates", "/learn/notes", "/sync", "/v", TEST):
        page.goto(address)
    found = cached(page)
    profile = held(page, "people")[0]["profile"]
    for address, text in found.items():
        for secret in ("Kín", profile, "staff/", str(who.session_name)):
            assert secret not in text, address
        assert set(re.findall(r'name="csrf_token" value="([^"]*)', text)) <= {""}, address
        assert not any(part in address for part in ("/staff", "/v/", ".pdf", "/attempts", "/learn"))
    told = "".join(found.values())
    with site.app.app_context():
        [attempt] = rows(Attempt, person_id=who.id)
        for question in attempt.questions:
            assert question.id not in told
        kept = str(held(page, "papers"))
        for question in course(ELDERS).steps[-1].questions:
            assert not question.explanation_html or question.explanation_html not in kept
    assert "right" not in held(page, "papers")[0]["questions"][0]


def test_a_visitor_reads_at_home_and_nothing_waits(visits: Visits) -> None:
    page = open_taken(visits, None)
    with offline(page):
        page.goto(f"/courses/{ELDERS}/bat-tat-sac-pin")
        expect(page.locator(".kept-note")).to_contain_text("chưa được ghi lại")
        expect(page.locator("#done-form")).to_be_hidden()
        press(page, "Sang bài tiếp")
        expect(page.locator("h1")).to_have_text(course(ELDERS).steps[1].title)
        expect_waiting(page, 0)


def test_a_page_that_is_not_here_leads_to_what_is(visits: Visits) -> None:
    page = open_taken(visits, None)
    with offline(page):
        page.goto("/certificates")
        expect(page.get_by_text("Máy đang không có mạng")).to_be_visible()
        page.get_by_role("link", name=course(ELDERS).title).click()
        expect(page.locator("h1")).to_have_text(course(ELDERS).title)


def test_a_taken_course_is_removed_again(visits: Visits) -> None:
    page = open_taken(visits, None)
    press(page, "Xóa bản đã tải")
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã xóa")
    assert held(page, "courses") == []
    assert not [address for address in cached(page) if ELDERS in address]


def test_a_download_that_broke_goes_on_where_it_was(visits: Visits) -> None:
    slug, _ = _with_picture()
    visits.expect(*CUT)
    page = visits.open_cold(PHONE)
    with_worker(page, f"/courses/{slug}")
    page.context.route("**/media/**", lambda route: route.abort())
    page.locator(".kept-panel .button-download").click()
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Mạng bị ngắt giữa chừng")
    assert held(page, "courses") == []
    page.context.unroute("**/media/**")
    page.locator(".kept-panel .button-download").click()
    expect(page.locator(".kept-panel [role=status]")).to_contain_text("Đã tải về máy")
    assert len(held(page, "courses")) == 1


@pytest.mark.parametrize("scripts", [False])
def test_without_scripts_all_stays_as_it_is(scripts: bool, site: Site, visits: Visits) -> None:
    who = learner(site, "Hồ Văn Không", ELDERS)
    page = visits.open(PHONE, who, java_script_enabled=scripts)
    page.goto(f"/courses/{ELDERS}")
    expect(page.locator(".kept-panel")).to_be_hidden()
    page.goto("/sync")
    expect(page.locator("h1")).to_have_text("Mục chờ gửi")
    assert count(site, SyncedOperation, person_id=who.id) == 0
