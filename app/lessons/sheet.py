"""The body of a lesson as HTML: put together once per course version, not per request."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from app.content.grading import Grade
from app.content.models import Course, Question, Step
from app.lessons.practice import shown
from app.ui.kept import Kept

# the id of a person's recording of the lesson, and the figure that gets it
RECORDING = "nghe"
_FIGURE = '<figure class="listen">'
_bodies = Kept[Markup]()


@dataclass(frozen=True)
class Answered:
    """A practice question that was just answered; `grade` is None when nothing was chosen."""

    question: Question
    given: list[str]
    grade: Grade | None


def body(course: Course, step: Step, answered: Answered | None = None) -> Markup:
    """Prose and practice of a lesson, with the verdict on the question just answered."""
    if answered:
        return _rendered(course, step, answered)
    return _bodies.get((course.slug, step.slug), (course,), lambda: _rendered(course, step, None))


def body_of_draft(course: Course, step: Step) -> Markup:
    """The same of a course that is still being written: nothing of it is kept."""
    return _rendered(course, step, None)


def is_recorded(step: Step) -> bool:
    """Whether a person reads the lesson, in Vietnamese, in a recording that stands in it."""
    return _FIGURE in step.html


def again(course: Course, step: Step, question: Question) -> Step | None:
    """The lesson that a question sends back to, unless it is the one being read."""
    if question.lesson is None or question.lesson == step.slug:
        return None
    return course.step(question.lesson)


def _rendered(course: Course, step: Step, answered: Answered | None) -> Markup:
    blocks = [
        (shown(course, block.question), "") if block.type == "practice" else (None, block.html)
        for block in step.blocks
    ]
    html = render_template(
        "lessons/body.html",
        course=course,
        step=step,
        blocks=blocks,
        answered=answered,
        again=again(course, step, answered.question) if answered else None,
    )
    return Markup(html.replace(_FIGURE, f'{_FIGURE[:-1]} id="{RECORDING}" tabindex="-1">', 1))
