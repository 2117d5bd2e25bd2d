"""The checker: each fault is named with its file, its line and its mend."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.checker import Problem, check
from tests.content.samples import COURSE, LESSON, TEST, Write

TODAY = date(2026, 11, 23)
LESSON_FILE = "c4-thu/01-phan-mot/01-bai-dau.md"


def only(courses: Path) -> Problem:
    problems = check(courses, TODAY)
    assert len(problems) == 1, problems
    assert problems[0].mend
    return problems[0]


def messages(courses: Path) -> str:
    return "\n".join(str(problem) for problem in check(courses, TODAY))


def test_a_sound_course_has_no_problem(courses: Path) -> None:
    assert check(courses, TODAY) == []
    assert check(courses / "c4-thu", TODAY) == []


def test_a_course_alone_names_files_from_the_courses_folder(courses: Path, write: Write) -> None:
    write("01-phan-mot/module.md", "---\nsummary: x\n---\n")
    problem = check(courses / "c4-thu", TODAY)[0]
    assert (problem.file, problem.line) == ("c4-thu/01-phan-mot/module.md", 2)
    assert "title" in problem.message


def test_no_such_folder(tmp_path: Path) -> None:
    assert "Không có thư mục" in check(tmp_path / "không")[0].message


def test_a_folder_without_courses(tmp_path: Path) -> None:
    assert "Không có khóa học nào" in check(tmp_path)[0].message


FRONT = [
    ("title: Bài đầu\nminutes: 5\n", 1, "Thiếu phần khai báo"),
    ("---\ntitle: Bài\nminutes: 5\n", 1, "chưa đóng"),
    ("---\ntitle: Bài: đầu\nminutes: 5\n---\n", 2, "viết sai cách"),
    ("---\n- a\n---\n", 2, "viết sai cách"),
    ("---\ntitle: Bài\n---\n", 2, "Thiếu mục “minutes”"),
    ("---\ntitle: Bài\nminutes: năm\n---\n", 3, "“minutes” không đúng: “năm”"),
    ("---\ntitle: Bài\nminutes: 0\n---\n", 3, "“minutes” không đúng"),
    ("---\ntitle: Bài\nminutes: [5]\n---\n", 3, "“minutes” không đúng"),
    ("---\ntitle: Bài\nminutes: 5\nchecked: 23/11/2026\n---\n", 4, "“checked” không đúng"),
    ("---\ntitle: Bài\nminutes: 5\nkind: video\n---\n", 4, "“kind” không đúng: “video”"),
    ("---\ntitle: Bài\ntitle: Hai\nminutes: 5\n---\n", 3, "“title” viết hai lần"),
    ("---\ntitle: &a Bài\nminutes: 5\n---\n", 2, "Không dùng được ký hiệu &"),
    ("---\ntitle: !!python/name:os.system x\nminutes: 5\n---\n", 2, "ký hiệu !"),
    ("---\ntitle: Bài\nminutes: 5\nskill: [[[[[[[[[[x]]]]]]]]]]\n---\n", 4, "lồng quá sâu"),
    ("---\ntitle: Bài\nminutes: 5\nskill: K9\n---\n", 4, "Kỹ năng “K9” không có"),
    ("", 1, "Thiếu phần khai báo"),
]


@pytest.mark.parametrize(("text", "line", "message"), FRONT)
def test_front_matter_of_a_lesson(
    courses: Path, write: Write, text: str, line: int, message: str
) -> None:
    write("01-phan-mot/02-bai-hai.md", text.encode())
    problem = only(courses)
    assert (problem.file, problem.line) == ("c4-thu/01-phan-mot/02-bai-hai.md", line)
    assert problem.severity == "error"
    assert message in problem.message


def test_an_alias_bomb_is_refused_at_once(courses: Path, write: Write) -> None:
    bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"
    write("01-phan-mot/02-bai-hai.md", f"---\n{bomb}---\n".encode())
    assert "ký hiệu & và *" in only(courses).message


def test_an_unknown_key_is_a_warning_with_the_nearest_known_one(
    courses: Path, write: Write
) -> None:
    write("01-phan-mot/01-bai-dau.md", LESSON.replace("skill: K4", "skil: K4"))
    problem = only(courses)
    assert (problem.severity, problem.line) == ("warning", 4)
    assert problem.mend == "Có phải “skill” không?"


COURSE_FAULTS = [
    ("title: Khóa thử\n", "", 2, "Thiếu mục “title”"),
    ("hours: 1.5", "hours: nhiều", 6, "“hours” không đúng"),
    ("hours: 1.5", "hours: inf", 6, "“hours” không đúng"),
    ("audience: [nguoi-dan]", "audience: nguoi-dan", 5, "“audience” không đúng"),
    ("audience: [nguoi-dan]", "audience: [nguoi-dn]", 5, "Nhóm người học “nguoi-dn”"),
    ("skills: [K1, K4]", "skills: [K1, k4]", 7, "Kỹ năng “k4” không có"),
    ("status: published", "status: xong", 12, "“status” không đúng"),
    ("reviewed: 2026-11-23", "reviewed: 2025-01-02", 9, "02/01/2025, đã hơn một năm"),
    ("author: Ban biên soạn\n", "", 2, "Nên có mục “author”"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), COURSE_FAULTS)
def test_front_matter_of_a_course(
    courses: Path, write: Write, old: str, new: str, line: int, message: str
) -> None:
    assert old in COURSE
    write("course.md", COURSE.replace(old, new).encode())
    problem = only(courses)
    assert (problem.file, problem.line) == ("c4-thu/course.md", line)
    assert message in problem.message


def test_checked_over_a_year_ago_is_a_warning(courses: Path, write: Write) -> None:
    text = LESSON.replace("skill: K4", "checked: 2025-11-22")
    write("01-phan-mot/01-bai-dau.md", text)
    assert only(courses).severity == "warning"
    assert check(courses, date(2026, 11, 22)) == []


def test_module_without_its_file(courses: Path) -> None:
    (courses / "c4-thu/01-phan-mot/module.md").unlink()
    assert "Thiếu tệp module.md" in only(courses).message


def test_course_without_its_file(courses: Path) -> None:
    (courses / "c4-thu/course.md").unlink()
    assert "Thiếu tệp course.md" in only(courses).message
    assert "Thiếu tệp course.md" in check(courses / "c4-thu", TODAY)[0].message


def test_a_course_without_steps(courses: Path, write: Write) -> None:
    for path in (courses / "c4-thu").glob("*/*.md"):
        path.unlink()
    (courses / "c4-thu/01-phan-mot").rmdir()
    (courses / "c4-thu/99-kiem-tra.md").unlink()
    assert "chưa có bài nào" in only(courses).message


def test_two_steps_of_one_name(courses: Path, write: Write) -> None:
    write("02-bai-dau.md", "---\ntitle: Bài\nminutes: 5\n---\n")
    problem = only(courses)
    assert problem.file == "c4-thu/02-bai-dau.md"
    assert "đã dùng ở 01-phan-mot/01-bai-dau.md" in problem.message


def test_names_that_make_no_address(courses: Path, write: Write) -> None:
    write("01-phan-mot/02-Bài Hai.md", "---\ntitle: Bài\nminutes: 5\n---\n")
    assert "không dùng được làm địa chỉ" in only(courses).message


def test_files_that_are_no_step_are_named(courses: Path, write: Write) -> None:
    write("doc-them.md", "x")
    write("01-phan-mot/ghi-chu.md", "x")
    assert {p.file for p in check(courses, TODAY)} == {
        "c4-thu/doc-them.md",
        "c4-thu/01-phan-mot/ghi-chu.md",
    }


def test_one_question_id_in_two_files(courses: Path, write: Write) -> None:
    write("99-kiem-tra.md", TEST.replace("#goi-1", "#otp-1").encode())
    problem = only(courses)
    assert (problem.file, problem.line) == ("c4-thu/99-kiem-tra.md", 12)
    assert "“otp-1” đã dùng ở 01-phan-mot/01-bai-dau.md" in problem.message


TEST_FAULTS = [
    ("draw: {K1: 1, K4: 1}", "draw: {K1: 2, K4: 1}", 6, "chỉ có 1 câu"),
    ("draw: {K1: 1, K4: 1}", "draw: {K1: 1, K7: 1}", 6, "Kỹ năng “K7” không có"),
    ("draw: {K1: 1, K4: 1}", "draw: {K1: một}", 6, "“K1” không đúng"),
    ("draw: {K1: 1, K4: 1}", "draw: 20", 6, "“draw” không đúng"),
    ("pass: 80\n", "", 2, "Thiếu mục “pass”"),
    ("pass: 80", "pass: 120", 5, "“pass” không đúng"),
    ("#goi-1 skill=K1 lesson=bai-dau", "#goi-1 skill=K1 lesson=bai-dao", 12, "“bai-dao” không có"),
    ("#goi-1 skill=K1 lesson=bai-dau", "#goi-1 skill=K1 lesson=kiem-tra", 12, "không có"),
    ("#goi-1 skill=K1 lesson=bai-dau", "#goi-1 skill=K1", 12, "chưa nói bài nào"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), TEST_FAULTS)
def test_tests(courses: Path, write: Write, old: str, new: str, line: int, message: str) -> None:
    assert old in TEST
    write("99-kiem-tra.md", TEST.replace(old, new).encode())
    problem = check(courses, TODAY)[0]
    assert (problem.file, problem.line) == ("c4-thu/99-kiem-tra.md", line)
    assert message in problem.message
    assert problem.severity == "error"


def test_a_test_question_without_skill(courses: Path, write: Write) -> None:
    write("99-kiem-tra.md", TEST.replace("skill=K1 ", "").replace("K1: 1, ", "").encode())
    assert "“goi-1” chưa có kỹ năng" in only(courses).message


def test_a_test_without_questions(courses: Path, write: Write) -> None:
    write("99-kiem-tra.md", "---\ntitle: T\nkind: test\nminutes: 5\npass: 80\n---\nChờ.\n")
    assert "chưa có câu hỏi nào" in only(courses).message


BODY_FAULTS = [
    ("# Lớn\n", "warning", "tiêu đề #"),
    ("## Một\n#### Ba\n", "warning", "nhảy từ bậc 2 xuống bậc 4"),
    ("![](a.svg)\n", "warning", "chưa có chữ thay thế"),
    ("![a](khong-co.svg)\n", "error", "Không có hình “khong-co.svg”"),
    ("![a](../../../anh.png)\n", "error", "nằm ngoài khóa học"),
    ("![a](https://example.com/a.png)\n", "error", "nằm ngoài khóa học"),
    ("![a](ma.svg)\n", "error", "có mã chạy"),
    ("[a](02-khong-co.md)\n", "error", "khóa học không có"),
    ("[a](../../programme.yaml)\n", "error", "khóa học không có"),
    ("[a](#khong-co)\n", "warning", "không có mục “#khong-co”"),
    ("/// device | nokia\nx\n///\n", "error", "Không có loại máy “nokia”"),
    ("/// khac | x\nx\n///\n", "error", "Không có khối “khac”"),
    ("/// device | android\nx\n", "error", "Khối /// chưa đóng"),
    ("///\n", "error", "chưa mở"),
    ("```\nx\n", "error", "chưa đóng"),
    ("> " * 30 + "x\n", "error", "lồng quá sâu"),
    (" " * 60 + "- x\n", "error", "lồng quá sâu"),
    ("[" * 400 + "\n", "error", "quá nhiều dấu"),
    ("x" * 10_001 + "\n", "error", "Dòng quá dài"),
    ("## Hỏi gì? {#otp-2}\n", "error", "không phải câu hỏi"),
]


@pytest.mark.parametrize(("body", "severity", "message"), BODY_FAULTS)
def test_bodies(
    courses: Path, write: Write, lesson: Callable[[str], Path],
    body: str, severity: str, message: str,
) -> None:  # fmt: skip
    write("01-phan-mot/a.svg", '<svg viewBox="0 0 2 1"></svg>')
    write("01-phan-mot/ma.svg", "<svg><script>alert(1)</script></svg>")
    (courses.parent / "anh.png").write_bytes(b"\x89PNG")
    lesson("Chào.\n\n" + body)
    problem = check(courses, TODAY)[0]
    assert (problem.file, problem.severity) == (LESSON_FILE, severity)
    assert problem.line == (8 if "nhảy" in message else 7)
    assert message in problem.message
    assert problem.mend


def test_an_image_by_a_link_that_leads_out(courses: Path, lesson: Callable[[str], Path]) -> None:
    (courses.parent / "ngoai.png").write_bytes(b"\x89PNG")
    (courses / "c4-thu/01-phan-mot/a.png").symlink_to(courses.parent / "ngoai.png")
    lesson("![a](a.png)\n")
    assert "Không có hình" in only(courses).message


def test_all_faults_of_a_course_are_told_at_once(courses: Path, write: Write) -> None:
    write("course.md", COURSE.replace("code: C4\n", "").encode())
    write("01-phan-mot/01-bai-dau.md", LESSON.replace("minutes: 5", "minutes: x") + "![a](b.png)\n")
    write("99-kiem-tra.md", TEST.replace("[x]", "[ ]").encode())
    said = messages(courses)
    for words in ("“code”", "“minutes”", "“b.png”", "chưa có phương án đúng"):
        assert words in said


def test_a_broken_programme(courses: Path) -> None:
    wrong = "groups: [{id: a, title: A, framework: b}]\n"
    (courses / "programme.yaml").write_text(wrong, encoding="utf-8")
    problem = check(courses, TODAY)[0]
    assert problem.file == "programme.yaml"


def test_an_error_is_told_after_however_many_warnings(courses: Path, write: Write) -> None:
    write("01-phan-mot/01-bai-dau.md", LESSON + "# Lớn\n\n" * 600 + "![a](b.png)\n")
    found = check(courses, TODAY)
    assert [problem.severity for problem in found].count("warning") == 500
    assert any("“b.png”" in problem.message for problem in found)


FORMERLY = [
    ("[ba-hai]", None),
    ("[kiem-tra]", "vẫn là tên của 99-kiem-tra.md"),
    ("[bai-dau]", "vẫn là tên của 01-phan-mot/01-bai-dau.md"),
    ("[Bài Cũ]", "không phải là tên bài"),
    ("[01-cu.md]", "không phải là tên bài"),
    ("[cu, cu]", "viết hai lần"),
    ("cu", "“formerly” không đúng"),
]


@pytest.mark.parametrize(("names", "message"), FORMERLY)
def test_former_names(courses: Path, write: Write, names: str, message: str | None) -> None:
    write("01-phan-mot/01-bai-dau.md", LESSON.replace("skill: K4", f"formerly: {names}"))
    found = check(courses, TODAY)
    assert len(found) == (message is not None)
    for problem in found:
        assert (problem.line, problem.severity) == (4, "error")
        assert message in problem.message and problem.mend


def test_both_parts_of_a_split_may_name_the_old_one(courses: Path, write: Write) -> None:
    for name in ("02-mot-a", "03-mot-b"):
        write(f"01-phan-mot/{name}.md", "---\ntitle: B\nminutes: 5\nformerly: [mot]\n---\nChào.\n")
    assert check(courses, TODAY) == []
