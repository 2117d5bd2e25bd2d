"""The shapes of a course: frozen, made of tuples, and the same after a trip through JSON.

Every field that ends in `_html` and `Step.html` is rendered and sanitised: safe to put in a page.
Everything else is plain text and still has to be escaped.
"""

from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
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
    PRACTICAL = "practical"


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


class PracticalItem(Frozen):
    """One act of a practical, worded so that an onlooker can say yes or no."""

    id: str
    html: str


class Term(Frozen):
    """A word of a course's glossary and what it means, both plain text."""

    word: str
    meaning: str


class Step(Frozen):
    """A lesson, a test or a practical. `html` is its prose without questions, `blocks` its prose
    and practice questions in the author's order; `questions` is the practice of a lesson, the
    pool of a test; `items` are the acts of a practical, which stands `instead_of` the test with
    that slug for those who need it. `formerly`: slugs this step, or a part of it, had before."""

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
    items: tuple[PracticalItem, ...] = ()
    instead_of: str | None = None
    formerly: tuple[str, ...] = ()

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
    """One published (or draft) course; `version` is 12 hex digits of its files' hash.
    `listen_first`: its people listen rather than read, so its lessons begin with the voice."""

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
    listen_first: bool = False
    version: str
    modules: tuple[Module, ...] = ()
    glossary: tuple[Term, ...] = ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps in the order in which they are learnt, practicals among them."""
        return tuple(step for module in self.modules for step in module.steps)

    @cached_property
    def required(self) -> tuple[Step, ...]:
        """The steps that everybody must do: all but the practicals."""
        return tuple(step for step in self.steps if step.kind is not StepKind.PRACTICAL)

    @cached_property
    def minutes(self) -> int:
        """Minutes of all required steps together."""
        return sum(step.minutes for step in self.required)

    def step(self, slug: str) -> Step | None:
        """The step with this slug, or None."""
        return self._by_slug.get(slug)

    def next_after(self, slug: str) -> Step | None:
        """The required step that follows; None after the last one and for a slug that is not
        here."""
        place = self._places.get(slug)
        if place is None or place == len(self.required):
            return None
        return self.required[place]

    def position(self, slug: str) -> tuple[int, int]:
        """(which required step it is, of how many), counted from 1; a practical has the place of
        the step before it. KeyError for an unknown slug."""
        return self._places[slug], len(self.required)

    def credited(self, slugs: frozenset[str]) -> frozenset[str]:
        """The present steps that count as done for a person whose ledger holds these slugs.

        A credit counts for the step of that name, for every step that had the name formerly,
        and, if it is a practical's, for the test in whose stead the practical stands. Slugs that
        no step has or had count for nothing.
        """
        heirs = self._heirs
        return frozenset(heir for slug in slugs for heir in heirs.get(slug, ()))

    def present(self, slug: str) -> Step | None:
        """The step that has this slug, else the first one that had it formerly, or None."""
        heirs = self._heirs.get(slug, (slug,))
        return self._by_slug.get(slug) or self._by_slug.get(heirs[0])

    @cached_property
    def _by_slug(self) -> dict[str, Step]:
        return {step.slug: step for step in self.steps}

    @cached_property
    def _places(self) -> dict[str, int]:
        """How many required steps there are up to and with each step."""
        counted = (int(step.kind is not StepKind.PRACTICAL) for step in self.steps)
        return dict(zip(self._by_slug, accumulate(counted), strict=True))

    @cached_property
    def _heirs(self) -> dict[str, tuple[str, ...]]:
        """By every slug that a step has or had, the present steps that its credit counts for."""
        heirs: dict[str, tuple[str, ...]] = {}
        for step in self.steps:
            stands_for = [step.slug]
            if step.instead_of in self._by_slug:
                stands_for.append(step.instead_of)
            for slug in (step.slug, *step.formerly):
                heirs[slug] = (*heirs.get(slug, ()), *stands_for)
        return heirs
