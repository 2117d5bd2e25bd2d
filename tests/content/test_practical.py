"""A practical: acts that a helper observes, in the stead of a test, required of nobody."""

from datetime import date
from pathlib import Path

import pytest

from app.content.checker import check
from app.content.library import Library
from app.content.models import Course, StepKind
from tests.content.samples import Write

TODAY = date(2026, 11, 24)
FILE = "98-thuc-hanh.md"
HEAD = "---\ntitle: Thực hành\nkind: practical\nminutes: 20\ninstead_of: kiem-tra\n---\n"
ACTS = "".join(f"- [ ] Việc **{n}**. {{#viec-{n}}}\n" for n in range(8))


@pytest.fixture
def practical(courses: Path, write: Write) -> Course:
    write(FILE, HEAD + "Không vội.\n\n" + ACTS)
    course = Library(courses, None).course("c4-thu")
    assert course is not None
    return course


def test_the_acts_of_a_practical(courses: Path, practical: Course) -> None:
    step = practical.step("thuc-hanh")
    assert step is not None
    assert (step.kind, step.instead_of, step.minutes) == (StepKind.PRACTICAL, "kiem-tra", 20)
    assert step.html == "<p>Không vội.</p>"
    assert step.items[1].model_dump() == {"id": "viec-1", "html": "Việc <strong>1</strong>."}
    assert len(step.items) == 8
    assert check(courses, TODAY) == []


def test_nobody_is_required_to_do_it(practical: Course) -> None:
    assert [step.slug for step in practical.steps] == ["bai-dau", "thuc-hanh", "kiem-tra"]
    assert [step.slug for step in practical.required] == ["bai-dau", "kiem-tra"]
    assert practical.minutes == 25
    assert practical.position("kiem-tra") == (2, 2)
    following = practical.next_after("bai-dau")
    assert following is not None and following.slug == "kiem-tra"
    assert [module.title for module in practical.modules] == ["Phần một", "Thực hành và kiểm tra"]


def test_an_act_may_go_on_below(courses: Path, write: Write) -> None:
    write(FILE, HEAD + "- [ ] Mở máy,\n  không nhờ ai. {#mo}\n" + ACTS)
    course = Library(courses, None).course("c4-thu")
    assert course is not None
    assert course.steps[1].items[0].html == "Mở máy, không nhờ ai."


FAULTS = [
    (ACTS.replace(" {#viec-3}", ""), 10, "chưa có mã"),
    (ACTS.replace("#viec-3", "#Việc"), 10, "Mã việc “Việc” không đúng"),
    (ACTS.replace("#viec-3", "#viec-1"), 10, "đã dùng ở dòng 8"),
    (ACTS.replace("Việc **3**.", ""), 10, "Việc để trống"),
    (ACTS.replace("- [ ] Việc **3**", "- [x] Việc"), 10, "đã đánh dấu sẵn"),
    (ACTS.replace("- [ ] Việc **3**", "- Việc"), 10, "không phải là một việc"),
    (ACTS.replace("- [ ] Việc **0**", "- Việc"), 7, "thiếu ô đánh dấu"),
    (ACTS + "\nHết rồi.\n", 16, "Có chữ đứng giữa hoặc sau"),
    (ACTS + "\n### ? Hỏi? {#hoi}\n= 1\n> x\n", 16, "không có câu hỏi"),
    ("Chỉ có lời.\n", 7, "chưa có việc nào"),
]


@pytest.mark.parametrize(("body", "line", "message"), FAULTS)
def test_a_practical_written_wrong(
    courses: Path, write: Write, body: str, line: int, message: str
) -> None:
    write(FILE, HEAD + body)
    told = [p for p in check(courses, TODAY) if message in p.message]
    assert [(p.line, p.severity) for p in told] == [(line, "error")], check(courses, TODAY)
    assert told[0].mend


@pytest.mark.parametrize("instead_of", ["bai-dau", "kiem-tar"])
def test_it_stands_instead_of_a_test_only(courses: Path, write: Write, instead_of: str) -> None:
    write(FILE, HEAD.replace("kiem-tra", instead_of) + ACTS)
    (problem,) = check(courses, TODAY)
    assert (problem.line, problem.severity) == (5, "error")
    assert f"Bài kiểm tra “{instead_of}” không có" in problem.message


def test_few_acts_are_a_warning(courses: Path, write: Write) -> None:
    write(FILE, HEAD + "- [ ] Mở máy. {#mo}\n")
    (problem,) = check(courses, TODAY)
    assert (problem.severity, problem.message) == ("warning", "Bài thực hành có 1 việc.")


def test_a_course_is_more_than_a_practical(courses: Path, write: Write) -> None:
    for path in (courses / "c4-thu").glob("*/0*.md"):
        path.unlink()
    (courses / "c4-thu/99-kiem-tra.md").unlink()
    write(FILE, HEAD.replace("instead_of: kiem-tra\n", "") + ACTS)
    assert any("chưa có bài nào" in p.message for p in check(courses, TODAY) if p.line == 1)


def test_an_unknown_kind_names_the_known_ones(courses: Path, write: Write) -> None:
    write(FILE, HEAD.replace("practical", "pratical") + ACTS)
    told = [p for p in check(courses, TODAY) if "“kind” không đúng" in p.message]
    assert "'practical'" in told[0].mend
