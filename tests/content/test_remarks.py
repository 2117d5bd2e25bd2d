"""What the checker remarks on without refusing: undated facts, lengths misjudged."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.checker import check
from app.content.problems import Problem
from tests.content.samples import COURSE, TEST, Write

TODAY = date(2026, 11, 23)
Lesson = Callable[[str], Path]

AGING = [
    ("Có chuyện thì gọi **1022** hỏi.", "gọi 1022"),
    ("Bấm số 113 rồi nói.", "Bấm số 113"),
    ("Tổng đài chăm sóc khách 1900 1234 trả lời.", "Tổng đài chăm sóc khách 1900 1234"),
    ("Theo Nghị định 30 thì khác.", "Nghị định 30"),
    ("Xem 91/2025/QH15 nhé.", "91/2025/QH15"),
    ("Lệ phí làm thẻ là 50.000 đồng.", "Lệ phí làm thẻ là 50.000 đồng"),
    ("| Cháy nhà | gọi số 114 |", "gọi số 114"),
]
STEADY = [
    "Trong lớp có 113 bạn.",
    "Số 113% là lạ.",
    "Gọi cho con, chờ 115.000 người.",
    "Mua bó rau 10.000 đồng.",
    "Luật chơi có 3 điều.",
]


def remarks(courses: Path) -> list[Problem]:
    problems = check(courses, TODAY)
    assert all(problem.severity == "warning" and problem.mend for problem in problems)
    return problems


@pytest.mark.parametrize(("text", "fact"), AGING)
def test_a_fact_that_ages_wants_a_date(courses: Path, lesson: Lesson, text: str, fact: str) -> None:
    lesson(f"## Mở đầu\n\n{text}\n\nGọi số 115 nữa.\n")
    (problem,) = remarks(courses)
    assert (problem.file, problem.line) == ("c4-thu/01-phan-mot/01-bai-dau.md", 7)
    assert f"“{fact}”" in problem.message
    assert "checked" in problem.mend


@pytest.mark.parametrize("text", STEADY)
def test_other_numbers_want_none(courses: Path, lesson: Lesson, text: str) -> None:
    lesson(f"## Mở đầu\n\n{text}\n")
    assert remarks(courses) == []


def test_a_dated_file_may_name_any_fact(courses: Path, write: Write) -> None:
    front = "---\ntitle: Bài\nminutes: 5\nchecked: 2026-11-01\n---\n"
    write("01-phan-mot/01-bai-dau.md", f"{front}Gọi 1022.\n")
    assert remarks(courses) == []


def test_a_test_wants_a_date_too(courses: Path, write: Write) -> None:
    test = TEST.replace("Làm chậm thôi.", "Chưa rõ thì gọi 1022.")
    write("99-kiem-tra.md", test)
    (problem,) = remarks(courses)
    assert (problem.file, problem.line) == ("c4-thu/99-kiem-tra.md", 10)
    write("99-kiem-tra.md", test.replace("wait: 15", "wait: 15\nchecked: 2026-11-01"))
    assert remarks(courses) == []


def test_minutes_are_those_of_the_words_at_the_course_s_pace(
    courses: Path, write: Write, lesson: Lesson
) -> None:
    write("course.md", COURSE.replace("hours: 1.5", "hours: 1.5\npace: 100"))
    lesson("chữ " * 500)
    assert remarks(courses) == []
    lesson("chữ " * 800)
    (problem,) = remarks(courses)
    assert problem.line == 3
    assert "800 chữ đọc 100 chữ một phút là 8,0 phút" in problem.message
    assert "minutes: 8" in problem.mend
    lesson("chữ " * 300)
    assert "3,0 phút" in remarks(courses)[0].message


def test_of_variants_for_machines_the_longest_counts_and_questions_count(
    courses: Path, write: Write, lesson: Lesson
) -> None:
    write("course.md", COURSE.replace("hours: 1.5", "hours: 1.5\npace: 100"))
    machines = "".join(
        f"//// device | {name}\n/// steps | Bước\n1. {'chữ ' * words}\n///\n////\n\n"
        for name, words in (("android", 300), ("iphone", 200))
    )
    question = f"### ? Gì? {{#q-1}}\n- [ ] {'a ' * 50}\n- [x] {'b ' * 50}\n> {'c ' * 50}\n"
    lesson(f"{'chữ ' * 90}\n\n{machines}{question}")
    assert remarks(courses) == []


def test_a_lesson_of_two_sittings_is_remarked_on(courses: Path, write: Write) -> None:
    write("course.md", COURSE.replace("hours: 1.5", "hours: 1.5\npace: 100"))
    write("01-phan-mot/01-bai-dau.md", "---\ntitle: B\nminutes: 10\n---\n" + "chữ " * 1000)
    (problem,) = remarks(courses)
    assert "từ 5 đến 8 phút" in problem.message


def test_without_a_pace_nobody_counts(courses: Path, lesson: Lesson) -> None:
    lesson("chữ " * 1500)
    assert remarks(courses) == []


def test_a_pace_is_a_number_people_can_read_at(courses: Path, write: Write) -> None:
    write("course.md", COURSE.replace("hours: 1.5", "hours: 1.5\npace: 5"))
    assert "“pace” không đúng" in str(check(courses, TODAY)[0])
