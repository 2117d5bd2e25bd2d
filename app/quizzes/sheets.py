"""What the pages of a test show, worked out from an attempt: plain values, no query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from app.content.models import Course, Step
from app.quizzes.answers import Filled, filled
from app.quizzes.models import Attempt
from app.quizzes.queries import Mark, Standing
from app.quizzes.wording import clock_words
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

FILLED_WORDS = {
    Filled.DONE: _l("Đã trả lời"),
    Filled.PARTLY: _l("Còn dở"),
    Filled.EMPTY: _l("Chưa trả lời"),
}


class Entry(NamedTuple):
    """A question in the list of all: its number, its words as safe HTML, how far it is answered."""

    number: int
    prompt_html: str
    filled: Filled


class Reread(NamedTuple):
    """A lesson to read again and the numbers of the questions that say so."""

    step: Step
    numbers: list[int]


@dataclass(frozen=True)
class Outcome:
    """The graded questions, those to look at again apart; `lessons`: by question's lesson slug."""

    wrong: list[Mark]
    right: list[Mark]
    rereads: list[Reread]
    lessons: dict[str, Step]


def length(step: Step) -> int:
    """How many questions an attempt at this test has."""
    drawn = sum(step.test.draw.values()) if step.test else 0
    return drawn or len(step.questions)


def entries(attempt: Attempt) -> list[Entry]:
    """All questions of the paper in order, without a word of their answers."""
    return [
        Entry(number, question.prompt_html, filled(question, attempt.answer(question.id)))
        for number, question in enumerate(attempt.questions, start=1)
    ]


def lines(listed: Sequence[Entry], url_of: Callable[[int], str]) -> list[dict[str, str]]:
    """The entries as items of the `steps` component; `url_of` gives a question's address."""
    return [
        {
            "title": _(
                "Câu %(number)s. %(prompt)s",
                number=entry.number,
                prompt=Markup(entry.prompt_html).striptags(),
            ),
            "href": url_of(entry.number),
            "state": "done" if entry.filled is Filled.DONE else "next",
            "note": FILLED_WORDS[entry.filled],
        }
        for entry in listed
    ]


def answered(listed: Sequence[Entry]) -> int:
    """How many questions are wholly answered."""
    return sum(entry.filled is Filled.DONE for entry in listed)


def first_unanswered(attempt: Attempt) -> int | None:
    """The number of the first question that is not wholly answered; None when all are."""
    left = (entry.number for entry in entries(attempt) if entry.filled is not Filled.DONE)
    return next(left, None)


def again_at(standing: Standing | None) -> str:
    """When the next attempt may start, in words; empty unless the learner must wait."""
    return clock_words(standing.until) if standing and standing.until else ""


def outcome(marks: Sequence[Mark], course: Course | None) -> Outcome:
    """The graded questions sorted for the result page; links only to lessons that are there."""
    wrong = [mark for mark in marks if not mark.right]
    lessons = {
        step.slug: step
        for mark in marks
        if course and mark.question.lesson and (step := course.step(mark.question.lesson))
    }
    numbers: dict[str, list[int]] = {}
    for mark in wrong:
        if mark.question.lesson in lessons:
            numbers.setdefault(mark.question.lesson, []).append(mark.number)
    order = [step.slug for step in course.steps] if course else []
    rereads = [Reread(lessons[slug], numbers[slug]) for slug in order if slug in numbers]
    return Outcome(wrong, [mark for mark in marks if mark.right], rereads, lessons)
