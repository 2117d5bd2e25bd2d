"""Practice questions as they are shown."""

import pytest

from app.content.models import Option, Question, QuestionKind
from app.lessons.practice import answer_given, shown

OPTIONS = tuple(Option(id=name, html=name) for name in "abcd")


def question(kind: QuestionKind) -> Question:
    return Question(
        id="q",
        kind=kind,
        prompt_html="?",
        options=OPTIONS,
        right=tuple("abcd"),
        explanation_html="vì",
        left=OPTIONS if kind is QuestionKind.MATCH else (),
    )


@pytest.mark.parametrize("kind", [QuestionKind.ORDER, QuestionKind.MATCH])
def test_the_author_s_order_is_not_the_shown_order(course, kind):
    orders = {
        tuple(
            o.id
            for o in shown(course.model_copy(update={"version": str(n)}), question(kind)).options
        )
        for n in range(20)
    }
    assert len(orders) > 3
    assert kind is QuestionKind.MATCH or tuple("abcd") not in orders


def test_everybody_sees_the_same_in_one_version(course):
    asked = question(QuestionKind.ORDER)
    assert shown(course, asked) == shown(course, asked)


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_answer_and_explanation_are_taken_off(course, kind):
    blind = shown(course, question(kind))
    assert (blind.right, blind.explanation_html) == ((), "")


@pytest.mark.parametrize(
    ("kind", "typed", "given"),
    [
        (QuestionKind.SINGLE, [], False),
        (QuestionKind.SINGLE, ["a"], True),
        (QuestionKind.SHORT, ["  "], False),
        (QuestionKind.ORDER, ["a", "", "c", "d"], False),
        (QuestionKind.ORDER, ["a", "b", "c", "d"], True),
        (QuestionKind.MATCH, [], False),
    ],
)
def test_an_answer_is_given_when_nothing_is_left_open(kind, typed, given):
    assert answer_given(question(kind), typed) is given
