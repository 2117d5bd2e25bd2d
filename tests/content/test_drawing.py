"""Drawing a paper: as the rule says, shuffled, and blind."""

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.content.drawing import blind, draw, shuffled
from app.content.models import Option, Question, QuestionKind, Step, StepKind, TestRule


def pool(kind: QuestionKind = QuestionKind.SINGLE) -> tuple[Question, ...]:
    options = tuple(Option(id=letter, html=letter) for letter in "abc")
    return tuple(
        Question(
            id=f"{skill.lower()}-{number}",
            kind=kind,
            prompt_html="?",
            options=options,
            right=("a", "b", "c"),
            tolerance=1.0,
            explanation_html="Vì thế.",
            skill=skill,
        )
        for skill in ("K1", "K4")
        for number in range(6)
    )


def a_test(wanted: dict[str, int]) -> Step:
    rule = TestRule(pass_percent=80, draw=wanted)
    return Step(slug="t", title="T", kind=StepKind.TEST, questions=pool(), test=rule)


@given(st.integers())
def test_as_many_of_each_skill_as_the_rule_says_and_none_twice(seed: int) -> None:
    paper = draw(a_test({"K1": 2, "K4": 5}), random.Random(seed))
    assert Counter(question.skill for question in paper) == {"K1": 2, "K4": 5}
    assert len({question.id for question in paper}) == 7


def test_without_a_rule_all_questions_are_drawn() -> None:
    assert len(draw(a_test({}), random.Random(1))) == 12


def test_one_seed_is_one_paper_and_papers_differ() -> None:
    step = a_test({"K1": 3, "K4": 3})
    assert draw(step, random.Random(7)) == draw(step, random.Random(7))
    papers = {tuple(q.id for q in draw(step, random.Random(seed))) for seed in range(20)}
    assert len(papers) > 10


@given(st.integers())
def test_options_are_the_same_in_another_order(seed: int) -> None:
    question = pool()[0]
    again = shuffled(question, random.Random(seed))
    assert set(again.options) == set(question.options)
    assert again.right == question.right


@given(st.integers())
def test_what_has_to_be_put_in_order_never_lies_in_order(seed: int) -> None:
    question = shuffled(pool(QuestionKind.ORDER)[0], random.Random(seed))
    assert tuple(option.id for option in question.options) != question.right


def test_a_blind_question_tells_nothing() -> None:
    question = blind(pool()[0])
    assert question.right == ()
    assert question.tolerance is None
    assert question.explanation_html == ""
    assert question.options == pool()[0].options
