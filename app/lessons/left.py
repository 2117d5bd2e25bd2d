"""What is left of a course and why, module by module, in words for the learner."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.content.models import Module, Step, StepKind
from app.learning.asks import AskLine
from app.learning.queries import Progress
from app.ui.i18n import gettext as _


@dataclass(frozen=True)
class Line:
    """One step: `state` as the outline component knows it, `note` says why it is left."""

    title: str
    href: str
    state: str
    kind: StepKind
    minutes: int
    note: str


@dataclass(frozen=True)
class Section:
    """One module: how many of its required steps are done, and all its steps."""

    title: str
    done: int
    total: int
    lines: tuple[Line, ...]


def sections(
    progress: Progress,
    begun: Mapping[str, int],
    asks: Iterable[AskLine],
    href: Callable[[Step], str],
) -> tuple[Section, ...]:
    """The modules of a course for one learner.

    `begun`: the paragraph reached by the slug of each lesson opened; `asks`: their questions in
    this course, newest first.
    """
    newest: dict[str, AskLine] = {}
    for ask in asks:
        step = progress.course.present(ask.step_slug)
        if step:
            newest.setdefault(step.slug, ask)

    def line(step: Step) -> Line:
        done = step.slug in progress.done
        current = not done and step.slug == progress.next_step.slug
        state = "done" if done else "current" if current else "next"
        why = _done(step) if done else _why(step, progress, begun, newest.get(step.slug))
        return Line(step.title, href(step), state, step.kind, step.minutes, why)

    return tuple(_section(module, progress, line) for module in progress.course.modules)


def _section(module: Module, progress: Progress, line: Callable[[Step], Line]) -> Section:
    required = [step for step in module.steps if step.kind is not StepKind.PRACTICAL]
    done = sum(step.slug in progress.done for step in required)
    return Section(module.title, done, len(required), tuple(line(step) for step in module.steps))


def _done(step: Step) -> str:
    if step.kind is StepKind.PRACTICAL:
        return _("Đã có người xem và ghi nhận")
    return _("Đã đạt") if step.kind is StepKind.TEST else _("Đã học")


def _why(step: Step, progress: Progress, begun: Mapping[str, int], ask: AskLine | None) -> str:
    if step.kind is StepKind.PRACTICAL:
        return _why_practical(step, progress)
    if step.test:
        return _("Chưa đạt: cần từ %(points)s trên 100 điểm", points=step.test.pass_percent)
    if ask:
        return _why_asked(ask)
    if begun.get(step.slug):
        return _("Đọc dở, chưa bấm “Đã hiểu”")
    return _("Chưa bấm “Đã hiểu”") if step.slug in begun else _("Chưa đọc")


def _why_practical(step: Step, progress: Progress) -> str:
    if step.instead_of in progress.done:
        return _("Không bắt buộc: bài kiểm tra đã đạt")
    return _("Không bắt buộc: làm thay bài kiểm tra, có người xem")


def _why_asked(ask: AskLine) -> str:
    if ask.answered_at:
        return _("Đã có trả lời cho chỗ chưa rõ: mời xem lại")
    return _("Đã báo chưa rõ, đang chờ trả lời")
