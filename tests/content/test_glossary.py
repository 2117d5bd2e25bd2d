"""The glossary: the first use of each term in a lesson, and the list at the lesson's end."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.checker import check
from app.content.library import Library
from app.content.models import Practice, Step, Term
from tests.content.samples import Write

TODAY = date(2026, 11, 24)
GLOSSARY = """\
mã: Chuỗi chữ số.
mã OTP: Mã dùng <một> lần.
ví điện tử: "Chỗ giữ tiền: trong máy."
"""


@pytest.fixture
def read(courses: Path, write: Write, lesson: Callable[[str], Path]) -> Callable[[str], Step]:
    def read(body: str) -> Step:
        write("glossary.yaml", GLOSSARY)
        lesson(body)
        library = Library(courses, None)
        course = library.course("c4-thu")
        assert course is not None, library.problems
        return course.steps[0]

    return read


def marked(html: str) -> list[str]:
    return re.findall(r'<a class="term" href="#[^"]+"(?: id="[^"]+")?>([^<]+)</a>', html)


def test_the_first_use_is_a_link_to_the_entry(read: Callable[[str], Step]) -> None:
    step = read("Đọc mã OTP. Đọc mã OTP lần nữa.\n")
    assert (
        'Đọc <a class="term" href="#tu_ma-otp" id="dung_ma-otp">mã OTP</a>. Đọc mã OTP lần'
    ) in step.html
    assert '<h2 id="tu_moi">Từ mới trong bài</h2>' in step.html
    assert '<dt id="tu_ma-otp">mã OTP</dt>\n<dd>Mã dùng &lt;một&gt; lần.' in step.html
    assert step.blocks[-1].type == "prose" and "tu_moi" in step.blocks[-1].html


def test_longest_first_and_in_any_case(read: Callable[[str], Step]) -> None:
    assert marked(read("Ví điện tử, Mã\nOTP và mã này.\n").html) == ["Ví điện tử", "Mã\nOTP", "mã"]


@pytest.mark.parametrize(
    "text",
    [
        "## Mã OTP là gì",
        "[mã OTP](https://a.vn)",
        "`mã OTP`",
        "    mã OTP",
        "ma OTP, mãi mãi, mãOTP",
        "> [!TIP] mã OTP",
        "- [ ] ghi mã OTP",
        "/// steps | Lấy mã OTP\n1. Chờ\n///",
        "/// lang | en\n    reviewer: A\n\nmã OTP\n///",
        "$\\text{mã OTP}$",
        "### ? Ai hỏi mã OTP? {#x}\n- [x] mã OTP\n- [ ] b\n> Không đưa mã OTP.",
    ],
)
def test_never_inside_these(read: Callable[[str], Step], text: str) -> None:
    step = read(f"Chào.\n\n{text}\n")
    assert marked(step.html) == []
    assert "tu_moi" not in step.html
    questions = [block.question for block in step.blocks if isinstance(block, Practice)]
    assert all("term" not in question.model_dump_json() for question in questions)


def test_each_reader_meets_the_word_once(read: Callable[[str], Step]) -> None:
    variants = "".join(
        f"/// device | {name}\nmã OTP và mã OTP\n///\n\n" for name in ("android", "iphone")
    )
    html = read(variants + "mã OTP rồi mã OTP\n").html
    assert marked(html) == ["mã OTP"] * 3
    assert marked(read("mã OTP\n\n" + variants).html) == ["mã OTP"]
    assert html.count('id="dung_ma-otp"') == 1


def test_a_lesson_without_terms_stays_as_it_is(read: Callable[[str], Step]) -> None:
    assert read("Chào & tạm biệt.\n").html == "<p>Chào &amp; tạm biệt.</p>"


def test_the_course_has_its_glossary(read: Callable[[str], Step], courses: Path) -> None:
    read("mã OTP\n")
    course = Library(courses, None).course("c4-thu")
    assert course is not None
    assert course.glossary[2] == Term(word="ví điện tử", meaning="Chỗ giữ tiền: trong máy.")


FAULTS = [
    ("- a\n- b\n", 1, "error", "viết sai cách"),
    ("mã OTP\n", 1, "error", "viết sai cách"),
    ("mã OTP: a\nMã OTP: b\n", 2, "error", "đã có ở dòng 1"),
    ("mã OTP: a\nmã OTP: b\n", 2, "error", "viết hai lần"),
    ("mã OTP:\n", 1, "error", "chưa có lời giải thích"),
    ("mã OTP: [a]\n", 1, "error", "chưa có lời giải thích"),
    ("mã OTP: " + "x" * 501 + "\n", 1, "error", "quá dài"),
    ("m" * 61 + ": a\n", 1, "error", "không phải là một từ"),
    ("(mã): a\n", 1, "error", "không phải là một từ"),
    ("mã OTP: &a x\n", 1, "error", "ký hiệu &"),
    ("mã OTP: x\nlạ hoắc: y\n", 2, "warning", "“lạ hoắc” không có trong lời của bài nào"),
    ("".join(f"từ {n}: x\n" for n in range(301)), 1, "error", "quá 300 từ"),
]


@pytest.mark.parametrize(("text", "line", "severity", "message"), FAULTS)
def test_a_glossary_written_wrong(
    courses: Path, write: Write, lesson: Callable[[str], Path],
    text: str, line: int, severity: str, message: str,
) -> None:  # fmt: skip
    lesson("Đọc mã OTP.\n")
    write("glossary.yaml", text)
    (problem,) = check(courses, TODAY)
    assert (problem.file, problem.line, problem.severity) == (
        "c4-thu/glossary.yaml", line, severity,
    )  # fmt: skip
    assert message in problem.message and problem.mend


@pytest.mark.parametrize("name", ["glossary.yml", "01-phan-mot/glossary.yaml"])
def test_a_glossary_in_the_wrong_place(courses: Path, write: Write, name: str) -> None:
    write(name, GLOSSARY)
    (problem,) = check(courses, TODAY)
    assert problem.file == f"c4-thu/{name}"
    assert "glossary.yaml" in problem.mend
