"""How the bytes of a course file are read, and what is said of bytes that cannot be."""

from datetime import date
from pathlib import Path

import pytest

from app.content.checker import Problem, check
from tests.content.samples import LESSON, Write

TODAY = date(2026, 11, 23)
LESSON_FILE = "c4-thu/01-phan-mot/01-bai-dau.md"


def only(courses: Path) -> Problem:
    problems = check(courses, TODAY)
    assert len(problems) == 1, problems
    assert problems[0].mend
    return problems[0]


ENCODINGS = [
    ("Bài thứ hai".encode("utf-16"), "UTF-16"),
    ("---\ntitle: Bài\nminutes: 5\n---\nquê".encode("cp1258"), "UTF-8"),
]


@pytest.mark.parametrize(("data", "message"), ENCODINGS)
def test_legacy_encodings_are_refused(
    courses: Path, write: Write, data: bytes, message: str
) -> None:
    write("01-phan-mot/02-bai-hai.md", data)
    problem = only(courses)
    assert message in problem.message
    assert "UTF-8" in problem.mend


def test_the_line_of_the_first_bad_byte(courses: Path, write: Write) -> None:
    write("01-phan-mot/02-bai-hai.md", b"---\ntitle: B\xe0i\n---\n")
    assert only(courses).line == 2


def test_bom_crlf_and_decomposed_text_are_read(courses: Path, write: Write) -> None:
    text = "---\ntitle: Bài hai\nminutes: 5\n---\n## Xin chào\n"
    write("01-phan-mot/02-bai-hai.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert check(courses, TODAY) == []


def test_a_file_past_its_limit(courses: Path, write: Write) -> None:
    write("01-phan-mot/02-bai-hai.md", LESSON.encode() + b"x\n" * 600_000)
    assert "lớn hơn 1 MB" in only(courses).message
