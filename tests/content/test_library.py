"""The library: always the newest good version, in memory and across restarts."""

import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.content.checker import check
from app.content.library import Library
from app.content.models import Course, Practice, Prose, Step, StepKind
from app.content.steps import BodyWriter
from tests.content.samples import COURSE, LESSON, Write


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def library(courses: Path, cache: Path) -> Library:
    return Library(courses, cache)


def the_course(library: Library) -> Course:
    course = library.course("c4-thu")
    assert course is not None
    return course


def break_course(write: Write) -> None:
    write("course.md", "---\ntitle: Hỏng\n---\n")


def test_a_course_as_its_files_say(library: Library) -> None:
    course = the_course(library)
    assert (course.slug, course.code, course.title, course.hours) == (
        "c4-thu",
        "C4",
        "Khóa thử",
        1.5,
    )
    assert course.overview_html == "<p>Lời <strong>giới thiệu</strong>.</p>"
    assert course.published
    assert len(course.version) == 12
    assert [module.title for module in course.modules] == ["Phần một", "Kiểm tra"]
    assert [step.slug for step in course.steps] == ["bai-dau", "kiem-tra"]
    assert course.minutes == 25


def test_the_way_through_a_course(library: Library) -> None:
    course = the_course(library)
    assert course.position("kiem-tra") == (2, 2)
    after = course.next_after("bai-dau")
    assert after is not None
    assert after.slug == "kiem-tra"
    assert course.next_after("kiem-tra") is None
    assert course.next_after("khong-co") is None
    assert course.step("khong-co") is None


def test_a_lesson_keeps_practice_where_the_author_wrote_it(library: Library) -> None:
    step = the_course(library).steps[0]
    assert [type(block) for block in step.blocks] == [Prose, Practice, Prose]
    assert "OTP" not in step.html
    assert "Hẹn gặp lại." in step.html
    question = step.question("otp-1")
    assert question is not None
    assert question.skill == "K4"
    assert step.question("khong-co") is None


def test_a_test_shows_no_question_in_its_text(library: Library) -> None:
    step = the_course(library).steps[1]
    assert step.kind is StepKind.TEST
    assert step.html == "<p>Làm chậm thôi.</p>"
    assert [question.id for question in step.questions] == ["goi-1", "lam-1"]
    assert step.test is not None
    assert step.test.model_dump() == {
        "pass_percent": 80, "draw": {"K1": 1, "K4": 1}, "attempts": 5, "wait_minutes": 15,
    }  # fmt: skip


def test_a_course_survives_json(courses: Path) -> None:
    course = the_course(Library(courses, None))
    assert Course.model_validate_json(course.model_dump_json()) == course


def test_courses_come_by_code_and_drafts_are_among_them(courses: Path, library: Library) -> None:
    for slug, code in (("b", "C4"), ("a", "C9"), ("z", "C1")):
        folder = courses / slug
        folder.mkdir()
        draft = COURSE.replace("code: C4", f"code: {code}").replace("status: published\n", "")
        (folder / "course.md").write_text(draft, encoding="utf-8")
        (folder / "01-bai.md").write_text(LESSON, encoding="utf-8")
    assert [course.slug for course in library.courses()] == ["z", "b", "c4-thu", "a"]
    assert not library.courses()[0].published


def test_an_edit_is_taken_up_and_changes_the_version(library: Library, write: Write) -> None:
    before = the_course(library)
    assert not library.refresh()
    write("course.md", COURSE.replace("Khóa thử", "Khóa mới").encode())
    assert the_course(library) is before
    assert library.refresh()
    assert the_course(library).title == "Khóa mới"
    assert the_course(library).version != before.version


def test_the_version_is_made_of_names_and_bytes(
    courses: Path, library: Library, write: Write
) -> None:
    first = the_course(library).version
    write("hinh.svg", "<svg></svg>")
    library.refresh()
    second = the_course(library).version
    (courses / "c4-thu/hinh.svg").rename(courses / "c4-thu/hinh-2.svg")
    library.refresh()
    third = the_course(library).version
    (courses / "c4-thu/hinh-2.svg").unlink()
    library.refresh()
    assert len({first, second, third}) == 3
    assert the_course(library).version == first


def test_a_broken_edit_keeps_the_version_before(library: Library, write: Write) -> None:
    before = the_course(library)
    break_course(write)
    assert library.refresh()
    assert the_course(library) == before
    assert any("“summary”" in problem.message for problem in library.problems["c4-thu"])
    write("course.md", COURSE.encode())
    library.refresh()
    assert library.problems == {}


def test_a_broken_edit_keeps_the_version_before_across_a_restart(
    courses: Path, cache: Path, write: Write
) -> None:
    before = the_course(Library(courses, cache))
    break_course(write)
    restarted = Library(courses, cache)
    assert the_course(restarted) == before
    assert list(restarted.problems) == ["c4-thu"]


def test_the_version_before_is_the_last_good_one_and_not_the_newest_file(
    courses: Path, cache: Path, write: Write
) -> None:
    library = Library(courses, cache)
    first = the_course(library)
    write("course.md", COURSE.replace("Khóa thử", "Khóa mới").encode())
    library.refresh()
    write("course.md", COURSE.encode())
    library.refresh()
    break_course(write)
    assert the_course(Library(courses, cache)) == first


def test_a_course_that_never_was_good_is_not_served(courses: Path, write: Write) -> None:
    break_course(write)
    library = Library(courses, None)
    assert library.courses() == ()
    assert library.course("c4-thu") is None
    assert library.problems["c4-thu"]


def test_a_deleted_course_goes(courses: Path, library: Library) -> None:
    assert library.courses()
    (courses / "c4-thu").rename(courses.parent / "c4-thu")
    assert library.refresh()
    assert library.courses() == ()


def test_no_courses_folder(tmp_path: Path) -> None:
    library = Library(tmp_path / "none", None)
    assert library.courses() == ()
    assert library.programme.groups == ()


def test_a_broken_programme_keeps_the_one_before(
    courses: Path, cache: Path, library: Library
) -> None:
    before = library.programme
    assert before.group("nguoi-dan") is not None
    (courses / "programme.yaml").write_text("groups: [", encoding="utf-8")
    library.refresh()
    assert library.programme == before
    assert "programme.yaml" in library.problems
    assert Library(courses, cache).programme == before
    assert the_course(library)


def test_a_group_that_appears_in_the_programme_mends_a_course(
    courses: Path, library: Library, write: Write
) -> None:
    write("course.md", COURSE.replace("[nguoi-dan]", "[ngu-dan]").encode())
    assert library.course("c4-thu") is None
    programme = courses / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("id: nguoi-dan", "id: ngu-dan"), encoding="utf-8")
    library.refresh()
    assert the_course(library).audience == ("ngu-dan",)


def test_the_watch_takes_up_edits_until_it_is_stopped(library: Library, write: Write) -> None:
    library.refresh()
    stop = library.watch(0.01)
    try:
        write("course.md", COURSE.replace("Khóa thử", "Khóa mới").encode())
        deadline = time.monotonic() + 10
        while the_course(library).title != "Khóa mới" and time.monotonic() < deadline:
            time.sleep(0.01)
        assert the_course(library).title == "Khóa mới"
    finally:
        stop.set()


def test_readers_never_see_half_a_change(library: Library, write: Write) -> None:
    seen: list[tuple[str, str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            course = the_course(library)
            seen.append((course.title, course.overview_html))

    the_course(library)
    reader = threading.Thread(target=read)
    reader.start()
    for number in range(10):
        name = f"Khóa {number}"
        text = COURSE.replace("Khóa thử", name).replace("Lời **giới thiệu**.", name)
        write("course.md", text.encode())
        library.refresh()
    done.set()
    reader.join()
    whole = {(f"Khóa {n}", f"<p>Khóa {n}</p>") for n in range(10)}
    assert set(seen) - whole == {("Khóa thử", "<p>Lời <strong>giới thiệu</strong>.</p>")}


def test_a_touched_file_alone_changes_nothing(courses: Path, library: Library) -> None:
    before = the_course(library)
    os.utime(courses / "c4-thu/course.md", (1, 1))
    library.refresh()
    assert the_course(library) == before


def test_an_edit_renders_only_what_it_touched(
    courses: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []

    def fill(writer: BodyWriter, step: Step, *rest: Any) -> Step:
        rendered.append(step.slug)
        return original(writer, step, *rest)

    original = BodyWriter.fill
    monkeypatch.setattr(BodyWriter, "fill", fill)
    write("course.md", COURSE.replace("Khóa thử", "Một khóa khác"))
    write("01-phan-mot/01-bai-dau.md", LESSON.replace("Hẹn gặp lại", "Hẹn mai gặp"))
    library = Library(courses, None)
    before = the_course(library)
    rendered.clear()
    write("01-phan-mot/01-bai-dau.md", LESSON.replace("Hẹn gặp lại", "Hẹn mốt gặp"))
    library.refresh()
    assert rendered == ["bai-dau"]
    assert the_course(library).steps[1] == before.steps[1]
    write("hinh.svg", "<svg><title>Hình mới</title></svg>")  # a lesson may have missed it
    library.refresh()
    assert sorted(rendered) == ["bai-dau", "bai-dau", "kiem-tra"]


def test_courses_of_one_text_have_addresses_of_their_own(
    courses: Path, write: Write, lesson: Callable[[str], Path]
) -> None:
    write("01-phan-mot/a.svg", "<svg></svg>")
    lesson("![Hình](a.svg) [kiểm tra](../99-kiem-tra.md)\n")
    shutil.copytree(courses / "c4-thu", courses / "ban-hai")
    for course in Library(courses, None).courses():
        html = course.steps[0].html
        assert f'src="/courses/{course.slug}/media/01-phan-mot/a.svg?v=' in html
        assert f'href="/courses/{course.slug}/kiem-tra"' in html


def test_a_problem_is_told_each_time_it_is_looked_for(
    courses: Path, lesson: Callable[[str], Path]
) -> None:
    lesson("![Hình](khong-co.svg)\n")
    first = check(courses)
    assert "khong-co.svg" in str(first[0])
    assert check(courses) == first
