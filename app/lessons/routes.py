"""Read a lesson, practise, complete it, go on to the next."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.content.grading import grade
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.learning.actions import complete_step
from app.learning.actions import enrol as take_course
from app.learning.queries import Progress, progress
from app.lessons import device
from app.lessons.practice import answer_given
from app.lessons.sheet import Answered, again, body
from app.ui.forms import operation_sent
from app.ui.shared_page import SharedPage
from app.ui.transaction import reads_only

blueprint = Blueprint("lessons", __name__, template_folder="templates")
_lessons = SharedPage("lessons/lesson.html")


@blueprint.post("/courses/<slug>/enrolment")
def enrol(slug: str) -> ResponseReturnValue:
    """Take a course and open its first step."""
    course = shelf.course(slug) or abort(404)
    take_course(current_user, course, operation_sent())
    return redirect(_address(course, course.steps[0]), 303)


@blueprint.get("/courses/<slug>/<step_slug>")
def step(slug: str, step_slug: str) -> ResponseReturnValue:
    """A lesson to read; a test begins on its own page."""
    course, found = _step(slug, step_slug)
    if found.kind is StepKind.TEST:
        return redirect(_address(course, found))
    return device.remember(_page(course, found))


@blueprint.post("/courses/<slug>/<step_slug>/practice")
@reads_only
def practise(slug: str, step_slug: str) -> ResponseReturnValue:
    """Answer a practice question and see at once why. Nothing is stored."""
    course, lesson = _lesson(slug, step_slug)
    question = lesson.question(request.args.get("question", "")) or abort(404)
    given = request.form.getlist(f"q-{question.id}")
    verdict = grade(question, given) if answer_given(question, given) else None
    if request.headers.get("X-Fragment") == "verdict":
        return render_template(
            "lessons/verdict.html",
            question=question,
            grade=verdict,
            again=again(course, lesson, question),
        )
    return _page(course, lesson, Answered(question, given, verdict))


@blueprint.post("/courses/<slug>/<step_slug>/completion")
def complete(slug: str, step_slug: str) -> ResponseReturnValue:
    """The reader says that a lesson is done; on to the next step."""
    course, lesson = _lesson(slug, step_slug)
    outcome = complete_step(current_user, course, lesson, Evidence.SELF, operation_sent())
    following = course.next_after(lesson.slug)
    if outcome.award and outcome.credited:
        flash("Chúc mừng! Đã học xong cả khóa. Giấy chứng nhận đã có.", "done")
    if outcome.award or following is None:
        return redirect(url_for("catalogue.course", slug=slug), 303)
    return redirect(_address(course, following), 303)


def _page(course: Course, lesson: Step, answered: Answered | None = None) -> str:
    mine = progress(current_user.id, course) if current_user.is_authenticated else None
    facts = _facts(course, lesson, mine)
    if mine is None or answered:
        return render_template("lessons/lesson.html", **facts, body=body(course, lesson, answered))
    state = (
        course.slug,
        lesson.slug,
        facts["device"],
        facts["done"],
        mine.done_count,
        mine.tests_left,
    )
    return _lessons.render(state, (course,), **facts, body=body(course, lesson))


def _facts(course: Course, lesson: Step, mine: Progress | None) -> dict[str, Any]:
    place, _ = course.position(lesson.slug)
    return {
        "course": course,
        "step": lesson,
        "place": place,
        "progress": mine,
        "done": bool(mine and lesson.slug in mine.done),
        "following": course.next_after(lesson.slug),
        "before": course.steps[place - 2] if place > 1 else None,
        "address": shelf.programme.address(course.audience),
        "device": device.chosen(),
    }


def _step(slug: str, step_slug: str) -> tuple[Course, Step]:
    course = shelf.course(slug) or abort(404)
    return course, course.step(step_slug) or abort(404)


def _lesson(slug: str, step_slug: str) -> tuple[Course, Step]:
    """A lesson only: a test is never credited or answered through this room."""
    course, found = _step(slug, step_slug)
    if found.kind is not StepKind.LESSON:
        abort(404)
    return course, found


def _address(course: Course, step: Step) -> str:
    endpoint = "quizzes.intro" if step.kind is StepKind.TEST else "lessons.step"
    return url_for(endpoint, slug=course.slug, step_slug=step.slug)
