"""What counts as an answer, by kind of question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.models import Option, Question, QuestionKind
from app.quizzes.answers import BadAnswer, Filled, filled, read_answer

OPTIONS = tuple(Option(id=name, html=name.upper()) for name in ("a", "b", "c"))
LEFT = (Option(id="x", html="X"), Option(id="y", html="Y"))


def ask(kind: str) -> Question:
    left = LEFT if kind == "match" else ()
    return Question(id="q", kind=QuestionKind(kind), prompt_html="?", options=OPTIONS, left=left)


@pytest.mark.parametrize(
    ("kind", "values", "answer"),
    [
        ("single", ["b"], ["b"]),
        ("single", [], []),
        ("multiple", ["c", "a", "c"], ["c", "a"]),
        ("order", ["c", "a", "b"], ["c", "a", "b"]),
        ("order", ["", "a", ""], ["", "a", ""]),
        ("order", ["", "", ""], []),
        ("match", ["a", "a"], ["a", "a"]),
        ("match", [], []),
        ("short", ["  Một   hai \n"], ["Một hai"]),
        ("short", ["e\u0302"], ["ê"]),
        ("short", ["a\x00b\x07"], ["ab"]),
        ("short", [""], []),
        ("number", ["1.000,5"], ["1.000,5"]),
        ("number", [" "], []),
    ],
)
def test_it_is_read_strictly(kind: str, values: list[str], answer: list[str]) -> None:
    assert read_answer(ask(kind), values) == answer


@pytest.mark.parametrize(
    ("kind", "values", "reason"),
    [
        ("single", ["a", "b"], "chỉ chọn một ý"),
        ("single", ["z"], "không thuộc câu hỏi này"),
        ("multiple", ["a", "z"], "không thuộc câu hỏi này"),
        ("order", ["a", "b"], "có 3 chỗ"),
        ("order", ["a", "b", "z"], "không thuộc câu hỏi này"),
        ("match", ["a", "b", "c"], "có 2 chỗ"),
        ("short", ["a", "b"], "chỉ có một ô"),
        ("short", ["a" * 501], "dài quá 500 ký tự"),
        ("number", ["mười lăm"], "bằng một số"),
    ],
)
def test_what_no_form_sends_is_refused(kind: str, values: list[str], reason: str) -> None:
    with pytest.raises(BadAnswer, match=reason):
        read_answer(ask(kind), values)


@pytest.mark.parametrize(
    ("kind", "answer", "state"),
    [
        ("single", [], Filled.EMPTY),
        ("single", ["a"], Filled.DONE),
        ("match", ["a", ""], Filled.PARTLY),
        ("match", ["a", "a"], Filled.DONE),
        ("order", ["a", "a", "b"], Filled.PARTLY),
        ("order", ["c", "a", "b"], Filled.DONE),
    ],
)
def test_how_far_it_is_answered(kind: str, answer: list[str], state: Filled) -> None:
    assert filled(ask(kind), answer) is state


@given(st.sampled_from(list(QuestionKind)), st.lists(st.text(max_size=600), max_size=6))
def test_anything_else_is_read_or_refused(kind: QuestionKind, values: list[str]) -> None:
    try:
        answer = read_answer(ask(kind), values)
    except BadAnswer:
        return
    assert all("\x00" not in text and len(text) <= 500 for text in answer)
