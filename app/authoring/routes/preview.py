"""A step as learners see it, before it is published."""

import re

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.authoring.pool import pool
from app.authoring.routes.door import blueprint
from app.content.grading import grade
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.lessons import device
from app.lessons.practice import answer_given
from app.lessons.sheet import Answered, again, body
from app.ui.transaction import reads_only


@blueprint.route("/studio/<slug>/preview/<step_slug>", methods=["GET", "POST"])
@reads_only
def preview(slug: str, step_slug: str) -> ResponseReturnValue:
    """A step as learners see it, drafts too; of a test the whole pool with its answers."""
    course, step = _step(slug, step_slug)
    if step.kind is StepKind.LESSON:
        return _lesson(course, step)
    if request.method == "POST":
        abort(405, valid_methods=["GET"])
    return render_template("authoring/pool.html", course=course, step=step, pool=pool(course, step))


def _step(slug: str, step_slug: str) -> tuple[Course, Step]:
    course = shelf.library.course(slug) or abort(404)
    return course, course.step(step_slug) or abort(404)


def _lesson(course: Course, step: Step) -> ResponseReturnValue:
    answered = _answered(step) if request.method == "POST" else None
    if answered and request.headers.get("X-Fragment") == "verdict":
        return _in_studio(course, Markup(_verdict(course, step, answered)))
    place, total = course.position(step.slug)
    return render_template(
        "authoring/lesson.html",
        course=course,
        step=step,
        place=place,
        total=total,
        following=course.next_after(step.slug),
        before=course.steps[place - 2] if place > 1 else None,
        address=shelf.programme.address(course.audience),
        body=_in_studio(course, body(course, step, answered)),
        device=device.chosen(),
        progress=None,
        done=False,
    )


def _answered(step: Step) -> Answered:
    question = step.question(request.args.get("question", "")) or abort(404)
    given = request.form.getlist(f"q-{question.id}")
    verdict = grade(question, given) if answer_given(question, given) else None
    return Answered(question, given, verdict)


def _verdict(course: Course, step: Step, answered: Answered) -> str:
    return render_template(
        "lessons/verdict.html",
        course=course,
        question=answered.question,
        grade=answered.grade,
        again=again(course, step, answered.question),
    )


def _in_studio(course: Course, html: Markup) -> Markup:
    """A lesson's HTML with its links and forms kept inside the preview: drafts have no other."""
    steps = "|".join(re.escape(step.slug) for step in course.steps)
    page = rf"/courses/{re.escape(course.slug)}/({steps})(?:/practice)?"
    address = rf'(href|action)="([^"]*){page}(?=["?#])'
    return Markup(re.sub(address, rf'\1="\2/studio/{course.slug}/preview/\3', str(html)))
