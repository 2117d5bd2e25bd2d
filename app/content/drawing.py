"""Draws a test paper from a pool, and hides what the learner must not see."""

import random

from app.content.models import Question, QuestionKind, Step


def draw(step: Step, rng: random.Random) -> tuple[Question, ...]:
    """A paper for one attempt: as many questions of each skill as the rule says (all of them
    where it names no skill), in random order, each with its options in random order.

    The caller keeps the paper, so that the attempt is graded by what was drawn.
    """
    wanted = step.test.draw if step.test else {}
    drawn = list(step.questions)
    if wanted:
        drawn = [question for skill in wanted for question in _of_skill(step, skill, wanted, rng)]
    rng.shuffle(drawn)
    return tuple(shuffled(question, rng) for question in drawn)


def shuffled(question: Question, rng: random.Random) -> Question:
    """The question with its options in random order; what has to be put in order never lies in
    the right order already."""
    options = list(question.options)
    rng.shuffle(options)
    ids = tuple(option.id for option in options)
    if question.kind is QuestionKind.ORDER and ids == question.right:
        options = options[1:] + options[:1]
    return question.model_copy(update={"options": tuple(options)})


def blind(question: Question) -> Question:
    """The question without its answer and explanation: for pages, caches and offline packages."""
    return question.model_copy(update={"right": (), "tolerance": None, "explanation_html": ""})


def _of_skill(step: Step, skill: str, wanted: dict[str, int], rng: random.Random) -> list[Question]:
    pool = [question for question in step.questions if question.skill == skill]
    return rng.sample(pool, min(wanted[skill], len(pool)))
