"""Grading: every kind of question, right, half right, wrong, and forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.drawing import blind
from app.content.grading import grade, how_marked
from app.content.models import Option, Question, QuestionKind
from app.content.numbers import readings, split_tolerance, written_number


def question(kind: QuestionKind, right: str, options: str = "abcd", **more: object) -> Question:
    return Question(
        id="cau-1",
        kind=kind,
        prompt_html="?",
        options=tuple(Option(id=letter, html=letter.upper()) for letter in options),
        right=tuple(right),
        **more,
    )


SINGLE = question(QuestionKind.SINGLE, "b")
MULTIPLE = question(QuestionKind.MULTIPLE, "ab")
ORDER = question(QuestionKind.ORDER, "dcba")
MATCH = question(QuestionKind.MATCH, "aab", "ab", left=tuple(Option(id=x, html=x) for x in "123"))
SHORT = Question(id="s", kind="short", prompt_html="?", right=("Đà Nẵng", "113"))
NUMBER = Question(id="n", kind="number", prompt_html="?", right=("10",), tolerance=0.5)


@pytest.mark.parametrize(
    ("asked", "answer", "points"),
    [
        (SINGLE, ["b"], 1),
        (SINGLE, ["a"], 0),
        (SINGLE, ["a", "b"], 0),
        (SINGLE, ["b", "forged"], 1),
        (SINGLE, [], 0),
        (MULTIPLE, ["a", "b"], 1),
        (MULTIPLE, ["b", "a", "a"], 1),
        (MULTIPLE, ["a"], 0.5),
        (MULTIPLE, ["a", "b", "c"], 0.5),
        (MULTIPLE, ["a", "c"], 0),
        (MULTIPLE, ["c", "d"], 0),
        (MULTIPLE, ["a", "b", "c", "d"], 0),
        (ORDER, ["d", "c", "b", "a"], 1),
        (ORDER, ["d", "c", "a", "b"], 0.5),
        (ORDER, ["d"], 0.25),
        (ORDER, ["d", "c", "b", "a", "a"], 1),
        (ORDER, ["x", "y"], 0),
        (ORDER, [], 0),
        (MATCH, ["a", "a", "b"], 1),
        (MATCH, ["a", "b", "b"], 2 / 3),
        (MATCH, ["a"], 1 / 3),
        (MATCH, [], 0),
        (SHORT, ["đà nẵng"], 1),
        (SHORT, ["  DA   NANG. "], 1),
        (SHORT, ["Đà Nẵng"], 1),
        (SHORT, ["1 1 3"], 1),
        (SHORT, ["114"], 0),
        (SHORT, [""], 0),
        (SHORT, ["..."], 0),
        (SHORT, [], 0),
    ],
)
def test_points(asked: Question, answer: list[str], points: float) -> None:
    marked = grade(asked, answer)
    assert marked.points == pytest.approx(points)
    assert marked.right is (points == 1)


@pytest.mark.parametrize(
    ("wanted", "tolerance", "given_text", "right"),
    [
        ("10", 0.5, "10", True),
        ("10", 0.5, "10,5", True),
        ("10", 0.5, "10.5", True),
        ("10", 0.5, "10,51", False),
        ("10", 0.5, "10 ± 0.5", True),
        ("10", 0.5, "10 phút", True),
        ("10", 0.5, "10%", True),
        ("10", 0.5, "mười", False),
        ("10", 0.5, "", False),
        ("10", 0.5, "nan", False),
        ("10", 0.5, "inf", False),
        ("10", 0.5, "1e1", False),
        ("10", 0.5, "9" * 500, False),
        ("1000", 0, "1.000", True),
        ("1000", 0, "1,000", True),
        ("1000", 0, "1 000", True),
        ("1000", 0, "1000đ", True),
        ("1.000", 0, "1000", True),
        ("1.000.000", 0, "1000000 đồng", True),
        ("2000000", 0, "2 triệu", True),
        ("2", 0, "2 triệu", True),
        ("1,5", 0, "1.5", True),
        ("0.1", 0, "0,1", True),
        ("-3", 0, "−3", True),
        ("3", 0, "-3", False),
    ],
)
def test_numbers(wanted: str, tolerance: float, given_text: str, right: bool) -> None:
    asked = NUMBER.model_copy(update={"right": (wanted,), "tolerance": tolerance})
    assert grade(asked, [given_text]).right is right


def test_what_was_given_and_what_is_right() -> None:
    assert grade(SINGLE, ["a"])[2:] == (("A",), ("B",))
    assert grade(MULTIPLE, ["c", "a"])[2:] == (("A", "C"), ("A", "B"))
    assert grade(ORDER, ["a", "b", "c", "d"])[2:] == (("A", "B", "C", "D"), ("D", "C", "B", "A"))
    assert grade(MATCH, ["b"]).given_html == (
        "1 → B",
        "2 → (chưa trả lời)",
        "3 → (chưa trả lời)",
    )
    assert grade(MATCH, []).right_html == ("1 → A", "2 → A", "3 → B")
    assert grade(SHORT, ["<b>"])[2:] == (("&lt;b&gt;",), ("Đà Nẵng",))
    assert grade(NUMBER, ["7"])[2:] == (("7",), ("10",))
    assert grade(SINGLE, []).given_html == ("(chưa trả lời)",)


ANSWERS = st.lists(st.one_of(st.sampled_from("abcdx"), st.text(max_size=60)), max_size=8)


@given(st.sampled_from([SINGLE, MULTIPLE, ORDER, MATCH, SHORT, NUMBER]), ANSWERS)
def test_any_answer_gets_points_between_none_and_all(asked: Question, answer: list[str]) -> None:
    marked = grade(asked, answer)
    assert 0 <= marked.points <= 1
    assert marked.right is (marked.points == 1)


@given(st.integers(0, 10**12))
def test_whole_numbers_are_read_in_both_notations(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", ".")):
        assert number in readings(text)
        assert number in readings(f" {text} đồng")


def test_an_author_writes_as_in_vietnam_first() -> None:
    assert written_number("1.000") == 1000
    assert written_number("1,5") == written_number("1.5")
    assert written_number("0.500") == written_number("0,5")
    assert written_number("mười") is None
    assert split_tolerance("10 ± 0.5") == ("10", "0.5")
    assert split_tolerance("10 +/- 0,5") == ("10", "0,5")
    assert split_tolerance("10") is None


@pytest.mark.parametrize("asked", [SINGLE, MULTIPLE, ORDER, MATCH, SHORT, NUMBER])
def test_what_an_answer_earns_is_said_without_telling_the_answer(asked: Question) -> None:
    assert how_marked(asked).endswith(".")
    assert how_marked(blind(asked)) == how_marked(asked)


def test_partial_credit_is_as_it_is_said() -> None:
    assert "mỗi ý sai mất một phần" in how_marked(MULTIPLE)
    assert grade(MULTIPLE, ["a"]).points == 0.5
    assert grade(MULTIPLE, ["a", "c"]).points == 0
    assert "đúng chỗ được một phần" in how_marked(ORDER)
    assert grade(ORDER, list("dcab")).points == 0.5
    assert "cặp đúng được một phần" in how_marked(MATCH)
    assert grade(MATCH, ["a", "b", "b"]).points == pytest.approx(2 / 3)
