"""A course as its page shows it: modules with the state of every step, and how long it takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.content.models import Course, Module, Step, StepKind
from app.content.programme import Group
from app.learning.queries import Progress
from app.ui.i18n import gettext as _


@dataclass(frozen=True)
class Line:
    """One step of the outline; `note` stands in place of the word for its state."""

    title: str
    href: str | None
    state: str
    kind: StepKind
    minutes: int
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One module of the outline."""

    title: str
    summary: str
    lines: tuple[Line, ...]


def outline(
    course: Course, progress: Progress | None, href: Callable[[Step], str]
) -> tuple[Section, ...]:
    """The modules of a course for a person, or for a visitor (no progress)."""
    going_on = progress.next_step.slug if progress and progress.enrolled else None
    notes = ("", "") if progress else (_("Đọc thử"), _("Đăng ký để làm"))

    def line(step: Step) -> Line:
        if progress is None:
            return _visitors_line(step, href, *notes)
        state = "next"
        if step.slug in progress.done:
            state = "done"
        elif step.slug == going_on:
            state = "current"
        return Line(step.title, href(step), state, step.kind, step.minutes)

    return tuple(_section(module, line) for module in course.modules)


def _section(module: Module, line: Callable[[Step], Line]) -> Section:
    return Section(module.title, module.summary, tuple(line(step) for step in module.steps))


def _visitors_line(step: Step, href: Callable[[Step], str], look: str, enter: str) -> Line:
    if step.kind is StepKind.TEST:
        return Line(step.title, None, "locked", step.kind, step.minutes, enter)
    return Line(step.title, href(step), "next", step.kind, step.minutes, look)


def lesson_minutes(course: Course) -> tuple[int, int]:
    """(shortest, longest) lesson of a course, in minutes; (0, 0) without lessons."""
    minutes = [step.minutes for step in course.steps if step.kind is StepKind.LESSON]
    return (min(minutes), max(minutes)) if minutes else (0, 0)


def arranged(courses: Iterable[Course], group: Group | None) -> tuple[list[Course], int]:
    """The courses with those made for the group in front, and how many these are."""
    listed = list(courses)
    own = [course for course in listed if group and group.id in course.audience]
    return own + [course for course in listed if course not in own], len(own)
