"""What the papers of a lesson share: where they lead back to, its prose and its questions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.accounts.sheet import picture
from app.content.grading import grade, how_marked
from app.content.models import Course, Question, QuestionKind, Step, StepKind
from app.lessons.practice import shown
from app.lib.messages import Message
from app.ui.i18n import language

_DRAWING = re.compile(r'<img (?=[^>]*\.svg)(?=[^>]* width="(\d+)" height="(\d+)")')
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Asked:
    """A question as it is printed: `number` counts from 1 in its lesson.

    `question` is blind. Of the answer, empty for learners: `right` are ids of right options
    (single, multiple), `right_html` the right answer as safe HTML, `also` further accepted texts,
    `why_html` the explanation, `marking` how an answer is marked.
    """

    number: int
    question: Question
    right: tuple[str, ...] = ()
    right_html: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    why_html: str = ""
    marking: Message | None = None

    def letter(self, place: int) -> str:
        """The letter of the option at this place, from 0; none after the last one."""
        return LETTERS[place] if place < len(LETTERS) else "•"


@dataclass(frozen=True)
class Piece:
    """A stretch of a step: prose as safe HTML, or a question."""

    html: str = ""
    asked: Asked | None = None


Ask = Callable[[Course, int, Question], Asked]


def pieces(course: Course, step: Step, ask: Ask) -> list[Piece]:
    """A step's prose and questions in the author's order; `ask` puts a question on paper."""
    found, number = [], 0
    for block in step.blocks:
        if block.type == "practice":
            number += 1
            found.append(Piece(asked=ask(course, number, block.question)))
        else:
            found.append(Piece(_drawings_in_shape(block.html.strip())))
    return found or [Piece(_drawings_in_shape(step.html.strip()))]


def _drawings_in_shape(html: str) -> str:
    """Drawings, which can be as large as the paper allows, told apart by their shape."""

    def shaped(tag: re.Match[str]) -> str:
        return f'<img class="{"wide" if int(tag[1]) > int(tag[2]) else "tall"}" '

    return _DRAWING.sub(shaped, html)


def address_facts(course: Course, step: Step, base_url: str) -> dict[str, Any]:
    """What the papers of a step say of it: its place, its address and the QR code of that."""
    path = url_for("lessons.step", slug=course.slug, step_slug=step.slug)
    address = base_url.rstrip("/") + path
    place, total = course.position(step.slug)
    return {
        "course": course,
        "step": step,
        "place": None if step.kind is StepKind.PRACTICAL else place,
        "total": total,
        "address": address.partition("://")[2],
        "code": picture(address),
        "language": language(),
    }


def blind_question(course: Course, number: int, question: Question) -> Asked:
    """A practice question for learners, laid out as in the lesson."""
    return Asked(number, shown(course, question))


def answered_question(course: Course, number: int, question: Question) -> Asked:
    """A practice question with all that a trainer says about it."""
    several = question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
    return Asked(
        number,
        shown(course, question),
        question.right if several else (),
        grade(question, []).right_html,
        question.right[1:] if question.kind is QuestionKind.SHORT else (),
        question.explanation_html,
        how_marked(question),
    )
