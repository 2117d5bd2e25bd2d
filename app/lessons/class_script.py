"""The script of a class about one lesson: goals, minutes, what to say and show, answers.

Only for those who teach. Questions of tests are not in it: it knows the lesson's practice only.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from flask import render_template
from markupsafe import Markup

from app.content.models import Course, PracticalItem, Step, StepKind
from app.content.shelf import shelf
from app.lessons.device import devices_of
from app.lessons.on_paper import Piece, address_facts, answered_question, pieces
from app.lessons.typeset import print_pdf
from app.ui.i18n import gettext as _

# minutes in a class: read aloud unhurried; a point made; an act done by all; a question talked over
WORDS_A_MINUTE, PER_POINT, PER_ACT, PER_PICTURE, PER_QUESTION = 90, 0.3, 1.0, 0.5, 2.0
OPENING, CLOSING = 5, 5
BOXES = 6
# it stands among the lesson's own headings, which are Vietnamese
BEFORE_THE_FIRST_HEADING = "Vào bài"

_GOAL = re.compile(r"<p>\s*((?:Học|Làm|Tập) xong\b.*?)</p>", re.DOTALL)
_PICTURE = re.compile(r"<p(?=><img )")
_SCENE = re.compile(r'<figure(?=[^>]* class="scene)')
_WALK = re.compile(r'<section(?=[^>]* class="walk")')
_TAG = re.compile(r"<[^>]+>")
_VOID = frozenset({"br", "col", "hr", "img", "input", "source", "track", "wbr"})


@dataclass(frozen=True)
class Part:
    """What stands under one heading of the lesson; `begins` minutes after the class began."""

    title: str
    pieces: tuple[Piece, ...]
    begins: int
    minutes: int

    @property
    def ends(self) -> int:
        """Minutes from the begin of the class to the end of this part."""
        return self.begins + self.minutes


@dataclass(frozen=True)
class Script:
    """A class about one lesson. `goal_html` is the lesson's own sentence, "" without one;
    `words_html` its list of new words; `acts` what an onlooker can tick."""

    goal_html: str
    parts: tuple[Part, ...]
    words_html: str
    acts: tuple[PracticalItem, ...]
    pictures: int
    questions: int

    @property
    def minutes(self) -> int:
        """The whole class, opening and closing words included."""
        return (self.parts[-1].ends if self.parts else OPENING) + CLOSING


def render_script(course: Course, step: Step, base_url: str) -> bytes:
    """The script as PDF; needs an app context. Raises CannotPrint."""
    html = render_template(
        "lessons/class_script.html",
        **address_facts(course, step, base_url),
        script=script(course, step),
        opening=OPENING,
        closing=CLOSING,
        devices=devices_of(step),
        skill=shelf.programme.skills.get(step.skill or "", ""),
        boxes=BOXES,
    )
    return print_pdf(html, "class_script.css", base_url)


def script(course: Course, step: Step) -> Script:
    """The class about a lesson or a practical, minute by minute."""
    told = pieces(course, step, answered_question)
    goal = _GOAL.search(step.html)
    practicals = (one for one in course.steps if one.kind is StepKind.PRACTICAL)
    watched = step if step.items else next(practicals, None)
    return Script(
        goal[1].strip() if goal else "",
        tuple(_timed(_parts([one for one in told if not _is_words(one)]))),
        next((one.html for one in told if _is_words(one)), ""),
        watched.items if watched else (),
        step.html.count("<img"),
        sum(one.asked is not None for one in told),
    )


def _parts(told: list[Piece]) -> list[tuple[str, list[Piece]]]:
    """Titles of parts and what stands in them; headings inside a block begin no part."""
    parts: list[tuple[str, list[Piece]]] = [(BEFORE_THE_FIRST_HEADING, [])]
    for piece in told:
        if piece.asked:
            parts[-1][1].append(piece)
            continue
        (_none, opening), *titled = _split(piece.html)
        parts[-1][1].append(Piece(_with_cues(opening)))
        parts += [(title, [Piece(_with_cues(html))]) for title, html in titled]
    return [(title, found) for title, found in parts if any(map(_says, found))]


def _is_words(piece: Piece) -> bool:
    return piece.html.startswith('<section class="terms"')


def _says(piece: Piece) -> bool:
    return bool(piece.asked or piece.html.strip())


def _timed(parts: list[tuple[str, list[Piece]]]) -> Iterator[Part]:
    begins = OPENING
    for title, found in parts:
        minutes = max(1, math.ceil(sum(map(_minutes, found))))
        yield Part(title, tuple(found), begins, minutes)
        begins += minutes


def _minutes(piece: Piece) -> float:
    if piece.asked:
        return PER_QUESTION
    words = len(_TAG.sub(" ", piece.html).split())
    acts = piece.html.count('class="walk-step"') + piece.html.count('class="task-list-item"')
    points, pictures = piece.html.count("<li") - acts, piece.html.count("<img")
    spoken = words / WORDS_A_MINUTE + points * PER_POINT
    return spoken + acts * PER_ACT + pictures * PER_PICTURE


def _with_cues(html: str) -> str:
    """Prose in which the trainer sees at a glance what is shown and what is done together."""
    for tag, cue in (
        (_PICTURE, _("Cho xem")),
        (_SCENE, _("Đọc to cảnh này, hỏi: thấy gì lạ?")),
        (_WALK, _("Làm cùng cả lớp")),
    ):
        html = tag.sub(rf'\g<0> data-cue="{cue}"', html)
    return html


def _split(html: str) -> list[tuple[str, str]]:
    """(title, HTML) at each heading of the first rank that stands in no block; the first title
    is empty."""
    finder = _Headings(html)
    parts, title, start = [], "", 0
    for opens, begins, ends, closes in finder.found:
        parts.append((title, html[start:opens]))
        title, start = Markup(html[begins:ends]).striptags(), closes
    return [*parts, (title, html[start:])]


class _Headings(HTMLParser):
    """Where the headings of a sanitised text are: (opens, begins, ends, closes) as offsets."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, int, int, int]] = []
        self._depth, self._opened = 0, (0, 0)
        lengths = [len(line) for line in html.split("\n")]
        self._lines = [sum(lengths[:n]) + n for n in range(len(lengths))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h2" and self._depth == 0:
            self._opened = self._at(), self._at() + len(self.get_starttag_text() or "")
        self._depth += tag not in _VOID

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in _VOID
        if tag == "h2" and self._depth == 0:
            self.found.append((*self._opened, self._at(), self._at() + len("</h2>")))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
