"""A lesson on paper in large print."""

import shutil
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.lessons import large_print, typeset
from app.lessons.kept_files import KeptFiles
from app.lessons.large_print import render_sheet
from app.lessons.routes import printing
from tests.lessons.papers import RARE, facts, letter_sizes, words

LESSON = "/courses/thu-nghiem/mot"
URL = f"{LESSON}/sheet.pdf"
BASE = "https://so.example"


@pytest.fixture(autouse=True)
def clean_paper(app):
    """Nothing was printed before the test."""
    shutil.rmtree(app.extensions["settings"].instance / "papers", ignore_errors=True)


@pytest.fixture
def quick(monkeypatch):
    """Papers that take no time; the list of what was printed, in order."""
    printed = []

    def note(course, step, size, machine, base_url):
        printed.append((step.slug, size, machine))
        return b"%PDF-" + size.encode()

    monkeypatch.setattr(large_print, "render_sheet", note)
    return printed


def test_anybody_prints_what_anybody_reads(client):
    answer = client.get(URL)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="mot-chu-to-a4.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    text = words(answer.data)
    assert "Bài một" in text and "Đọc chậm thôi." in text and "1022" in text
    assert "127.0.0.1:8000/courses/thu-nghiem/mot" in text


def test_questions_stand_in_it_without_a_word_of_their_answers(client):
    text = words(client.get(URL).data)
    assert "Ai đó gọi xin mã OTP thì làm gì?" in text
    assert "Tắt máy" in text
    assert "chìa khóa" not in text and "Đúng" not in text


def test_large_letters_on_both_sizes_and_tagged(app, client, tmp_path):
    for size, page, least in (("a4", "595.276 x 841.89", 18), ("a5", "419.528 x 595.276", 16)):
        pdf = client.get(f"{URL}?size={size}").data
        told = facts(pdf)
        assert page in told["Page size"] and told["Tagged"] == "yes"
        assert told["Title"] == "Bài một"
        assert least in letter_sizes(pdf, tmp_path)


def test_rare_letters_come_back_exactly_however_they_were_written(app, course):
    step = course.step("ba")
    prose = step.blocks[0].model_copy(
        update={"html": f"<p>{RARE} · {unicodedata.normalize('NFD', 'Hoà ở Quảng Nam')}</p>"}
    )
    with app.test_request_context():
        pdf = render_sheet(course, step.model_copy(update={"blocks": (prose,)}), "a5", "", BASE)
    assert f"{RARE} · Hoà ở Quảng Nam" in words(pdf)


def test_passages_of_the_machine_chosen_or_of_all_with_their_names(quick, client, monkeypatch):
    monkeypatch.setattr(printing.device, "devices_of", lambda step: ("android", "iphone"))
    for may in ("android", "ca-hai", "may-tinh"):
        client.get(f"{URL}?may={may}")
    assert [machine for *_, machine in quick] == ["android", ""]


def test_only_for():
    assert large_print.only_for("") == ""
    assert large_print.only_for("x]{}") == ""
    assert ':not([data-device="iphone"])' in large_print.only_for("iphone")


def test_it_is_printed_once_though_many_ask_at_once(app, quick, client):
    gate = threading.Barrier(4)

    def ask(_):
        gate.wait()
        with app.app_context():
            return app.test_client().get(URL).data

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(ask, range(4))) == {b"%PDF-a4"}
    assert quick == [("mot", "a4", "")]
    client.get(f"{URL}?size=a5")
    assert client.get(URL).data == b"%PDF-a4"
    assert len(quick) == 2


def test_a_new_version_is_printed_anew(app, quick, course):
    files = app.extensions["papers"]
    newer = course.model_copy(update={"version": "aaaaaaaaaaaa"})
    assert files.path(course, "x.pdf") != files.path(newer, "x.pdf")
    # and when what is printed on it changes, such as the help line
    settings = app.extensions["settings"]
    other = settings.model_copy(update={"hotline": "113"})
    assert typeset.maker_of_papers(settings) != typeset.maker_of_papers(other)


def test_who_waits_too_long_is_asked_to_come_back(app, client, course, monkeypatch):
    folder = app.extensions["settings"].instance / "papers"
    impatient = KeptFiles(folder, 0.05)
    monkeypatch.setitem(app.extensions, "papers", impatient)
    (folder / course.slug).mkdir(parents=True)
    with impatient._turn():
        answer = client.get(URL)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "20")


@pytest.mark.parametrize("problem", [OSError(28, "No space left"), typeset.CannotPrint("pango")])
def test_when_it_fails_nothing_is_kept_and_reading_goes_on(app, client, monkeypatch, problem):
    def fail(*_):
        raise problem

    monkeypatch.setattr(large_print, "render_sheet", fail)
    assert client.get(URL).status_code == 503
    assert not list((app.extensions["settings"].instance / "papers").rglob("*.pdf"))
    assert client.get(LESSON).status_code == 200


def test_nothing_is_fetched_from_outside(app):
    fetch = typeset._fetcher(BASE).fetch
    for address in (
        "https://elsewhere.example/x.png",
        "file:///etc/passwd",
        f"{BASE}.evil.example/courses/thu-nghiem/media/x.png",
        f"{BASE}/courses/thu-nghiem/media/../../../secret",
        f"{BASE}/courses/thu-nghiem/media/course.md",
    ):
        with pytest.raises(ValueError, match="not a file"):
            fetch(address)
    assert fetch("data:text/plain,xin%20chao").read() == b"xin chao"


def test_pictures_of_the_course_stand_in_it(app, folder_of_course, reopened):
    (folder_of_course / "hinh.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"><path d="M0 0h9z"/></svg>'
    )
    file = typeset.course_file(f"{BASE}/courses/thu-nghiem/media/hinh.svg", BASE)
    assert file is not None and file.name == "hinh.svg"
    lesson = folder_of_course / "02-phan-hai" / "02-ve.md"
    lesson.write_text("---\ntitle: Vẽ\nminutes: 3\n---\n![Một đường](../hinh.svg)\n", "utf-8")
    step = reopened().step("ve")
    with app.test_request_context():
        told = facts(render_sheet(reopened(), step, "a5", "", BASE))
    assert told["Tagged"] == "yes"


@pytest.mark.parametrize(
    "address",
    [
        "/courses/thu-nghiem/kiem-tra/sheet.pdf",
        "/courses/thu-nghiem/khong-co/sheet.pdf",
        "/courses/khong-co/mot/sheet.pdf",
        f"{URL}?size=a3",
        f"{URL}?size=../a4",
    ],
)
def test_no_test_and_nothing_unknown_is_printed(client, address):
    assert client.get(address).status_code == 404


def test_is_only_fetched(client):
    assert client.post(URL).status_code == 405


def test_the_lesson_page_leads_to_it_quietly(client, as_learner):
    for browser in (client, as_learner):
        page = browser.get(LESSON).text
        assert f"{URL}?size=a4&amp;may=ca-hai" in page
        assert "Bản in chữ to" in page and "script.pdf" not in page


def test_all_of_a_course_is_printed_ahead_of_time(app, quick, client):
    done = app.test_cli_runner().invoke(args=["courses", "print", "thu-nghiem"])
    assert done.exit_code == 0 and "Đã có 6 bản in, 0,0 MB." in done.output
    client.get(URL)
    assert len(quick) == 6
    assert "kiem-tra" not in {step for step, *_ in quick}


def test_no_course_of_this_name_to_print(app):
    done = app.test_cli_runner().invoke(args=["courses", "print", "khong-co"])
    assert done.exit_code == 1 and "Không có khóa học đang mở nào" in done.output
