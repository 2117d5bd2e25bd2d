"""The shapes of a course: frozen, made of tuples, and the same after a trip through JSON.

Every field that ends in `_html` and `Step.html` is rendered and sanitised: safe to put in a page.
Everything else is plain text and still has to be escaped.
"""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SHORT = "short"
    NUMBER = "number"
    ORDER = "order"
    MATCH = "match"


class StepKind(StrEnum):
    """What a learner does at a step."""

    LESSON = "lesson"
    TEST = "test"


class Option(Frozen):
    """A thing to choose. `id` is a hash of the text: stable, and it tells nothing of the place."""

    id: str
    html: str


class Question(Frozen):
    """One question; `right` reads by kind.

    single, multiple: ids of the right options; order: option ids in right order; match: the
    right option id for each row of `left`; short: accepted texts; number: the number as text.
    """

    id: str
    kind: QuestionKind
    prompt_html: str
    options: tuple[Option, ...] = ()
    right: tuple[str, ...] = ()
    left: tuple[Option, ...] = ()
    tolerance: float | None = None
    explanation_html: str = ""
    skill: str | None = None
    lesson: str | None = None


class Prose(Frozen):
    """A stretch of lesson text between two practice questions."""

    type: Literal["prose"] = "prose"
    html: str


class Practice(Frozen):
    """A practice question, at the place where the author wrote it."""

    type: Literal["practice"] = "practice"
    question: Question


Block = Annotated[Prose | Practice, Field(discriminator="type")]


class TestRule(Frozen):
    """How a test is drawn and passed.

    pass_percent: 1..100; draw: questions per skill (empty: all of them);
    attempts: most attempts, None for no limit; wait_minutes: after a failed attempt.
    """

    __test__: ClassVar[bool] = False  # pytest would take the name for a test class

    pass_percent: int
    draw: dict[str, int] = {}
    attempts: int | None = None
    wait_minutes: int = 0


class Step(Frozen):
    """A lesson or a test. `html` is its prose without questions, `blocks` its prose and practice
    questions in the author's order; `questions` is the practice of a lesson, the pool of a test."""

    slug: str
    title: str
    kind: StepKind = StepKind.LESSON
    minutes: int = 0
    skill: str | None = None
    checked: date | None = None
    html: str = ""
    blocks: tuple[Block, ...] = ()
    questions: tuple[Question, ...] = ()
    test: TestRule | None = None

    def question(self, question_id: str) -> Question | None:
        """The question with this id, or None."""
        return next((item for item in self.questions if item.id == question_id), None)


class Module(Frozen):
    """A named run of steps. Steps at the top of a course stand in a module of their own."""

    slug: str
    title: str
    summary: str = ""
    steps: tuple[Step, ...] = ()


class Course(Frozen):
    """One published (or draft) course; `version` is 12 hex digits of its files' hash."""

    slug: str
    title: str
    summary: str
    code: str
    audience: tuple[str, ...]
    hours: float
    skills: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    overview_html: str = ""
    reviewed: date | None = None
    author: str = ""
    licence: str = ""
    published: bool = False
    version: str
    modules: tuple[Module, ...] = ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps in the order in which they are learnt."""
        return tuple(step for module in self.modules for step in module.steps)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {step.slug: place for place, step in enumerate(self.steps)}

    @cached_property
    def minutes(self) -> int:
        """Minutes of all steps together."""
        return sum(step.minutes for step in self.steps)

    def step(self, slug: str) -> Step | None:
        """The step with this slug, or None."""
        place = self._places.get(slug)
        return None if place is None else self.steps[place]

    def next_after(self, slug: str) -> Step | None:
        """The step that follows; None after the last one and for a slug that is not here."""
        place = self._places.get(slug)
        if place is None or place + 1 == len(self.steps):
            return None
        return self.steps[place + 1]

    def position(self, slug: str) -> tuple[int, int]:
        """(which step it is, of how many), counted from 1. KeyError for an unknown slug."""
        return self._places[slug] + 1, len(self.steps)
