"""GIFT, Aiken and tables of questions become a test that the checker takes."""

from datetime import date
from pathlib import Path

import pytest

from app.content.adoption import Adopted, adopt
from app.content.checker import check
from app.content.loader import load_course
from app.content.models import Course, QuestionKind
from app.content.problems import Findings
from app.content.programme import Programme, load_programme
from tests.content.samples import PROGRAMME

TODAY = date(2026, 11, 24)
GIFT = """\
// lời ghi
$CATEGORY: a
::Tên:: Ai hỏi mã \\{OTP\\}? {=Không ai#Đúng thế ~Ngân hàng ~%-50%Công an}

Mấy giờ? {#10:0.5}

Từ 1 đến 3? {#1..3}

[html]<p>Đúng chứ&nbsp;?</p>{TRUE#sai#đúng####Vì thế}

Gọi số {=113 =một một ba} nào

Ghép {=a -> b =c -> d}

Nhiều ý {~%50%một ~%50%hai ~%-100%ba}

Tự luận {}
"""
AIKEN = "Câu một?\nA. Sai\nB) Đúng\nANSWER: B\n\nHỏng?\nA. x\nANSWER: C\n"
SHEET = (
    "Câu hỏi;Phương án;Đáp án;Giải thích;Kỹ năng;Bài\n"
    "Chọn gì?;Một|Hai|Ba;A, C;Vì thế;K4;Bài đọc\n"
    "Số nào?;;113;;;\n"
    "Sai?;Một|Hai;Z;;;\n"
)


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    folder = tmp_path / "courses"
    folder.mkdir()
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    return folder


def bring(tmp_path: Path, courses: Path, files: dict[str, str]) -> tuple[Adopted, Course]:
    """Import the files as "thu"; the course that they make."""
    source = tmp_path / "nguon"
    source.mkdir()
    for name, content in files.items():
        (source / name).write_text(content, encoding="utf-8")
    made = adopt(source, courses, TODAY, "thu")
    assert not [p for p in check(courses / "thu", TODAY) if p.severity == "error"]
    programme = load_programme(courses, Findings("")) or Programme()
    course = load_course(courses / "thu", programme, TODAY).course
    assert course is not None
    return made, course


def test_gift(tmp_path: Path, courses: Path) -> None:
    made, course = bring(tmp_path, courses, {"a.gift": GIFT})
    found = course.steps[-1].questions
    assert [question.kind for question in found] == [
        QuestionKind.SINGLE, QuestionKind.NUMBER, QuestionKind.NUMBER, QuestionKind.SINGLE,
        QuestionKind.SHORT, QuestionKind.MATCH, QuestionKind.MULTIPLE,
    ]  # fmt: skip
    assert "{OTP}" in found[0].prompt_html and "Đúng thế" in found[0].explanation_html
    assert found[2].right == ("2",) and found[2].tolerance == 1
    assert "Vì thế" in found[3].explanation_html and "_____" in found[4].prompt_html
    notes = " ".join(made.report.lines[0].notes)
    assert "tự luận" in notes and "ghi lại đáp án đúng" in notes and "ghi K1" in notes


def test_aiken(tmp_path: Path, courses: Path) -> None:
    made, course = bring(tmp_path, courses, {"a.txt": AIKEN})
    (question,) = course.steps[-1].questions
    assert question.skill == "K1" and question.lesson == "doc-truoc"
    assert "Đáp án đúng: Đúng." in question.explanation_html
    assert any("đáp án C" in note for note in made.report.lines[0].notes)


def test_a_table(tmp_path: Path, courses: Path) -> None:
    made, course = bring(tmp_path, courses, {"a.csv": SHEET, "Bài đọc.md": "# Bài đọc\n\nx"})
    many, number = course.steps[-1].questions
    assert many.kind is QuestionKind.MULTIPLE and len(many.right) == 2
    assert (many.skill, many.lesson) == ("K4", "bai-doc")
    assert number.right == ("113",)
    assert any("không khớp" in note for line in made.report.lines for note in line.notes)


def test_texts_are_shown_as_they_are(tmp_path: Path, courses: Path) -> None:
    _, course = bring(
        tmp_path, courses, {"a.txt": "Gõ <b> *gì* | $5?\nA. <script>\nB. `x`\nANSWER: A\n"}
    )
    (question,) = course.steps[-1].questions
    assert "&lt;b&gt; *gì* | $5?" in question.prompt_html
    assert question.options[0].html == "&lt;script&gt;"


def test_a_table_of_something_else_is_left(tmp_path: Path, courses: Path) -> None:
    made, _ = bring(tmp_path, courses, {"a.csv": "x,y\n1,2\n", "b.md": "x", "c.txt": "x"})
    assert made.report.counts == {"taken": 1, "changed": 0, "left": 2}
