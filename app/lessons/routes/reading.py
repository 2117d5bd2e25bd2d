"""Read a lesson, hear it, practise, say whether it is clear, go on to the next."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask import send_file as send
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.content.grading import grade
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.learning.actions import complete_step
from app.learning.actions import enrol as take_course
from app.learning.asks import TooManyOpen
from app.learning.asks import ask as ask_helpers
from app.learning.queries import progress
from app.lessons import device
from app.lessons.forms import AskForm
from app.lessons.page import lesson_page, speaker, step_address, teaches
from app.lessons.practice import answer_given
from app.lessons.queries import asks_about
from app.lessons.routes.door import blueprint, find_lesson, find_step
from app.lessons.sheet import Answered, again
from app.lessons.speech import CannotSpeak
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.transaction import reads_only

ONE_YEAR = "public, max-age=31536000, immutable"


@blueprint.post("/courses/<slug>/enrolment")
def enrol(slug: str) -> ResponseReturnValue:
    """Take a course and open its first step, or its certificate where nothing is left."""
    course = shelf.course(slug) or abort(404)
    if take_course(current_user, course, operation_sent()):
        return redirect(url_for("lessons.certificate", slug=slug), 303)
    return redirect(step_address(course, course.required[0]), 303)


@blueprint.get("/courses/<slug>/<step_slug>")
def step(slug: str, step_slug: str) -> ResponseReturnValue:
    """A lesson to read or a practical to try; a test begins on its own page."""
    course, found = find_step(slug, step_slug)
    if found.kind is StepKind.TEST or found.slug != step_slug:
        return redirect(step_address(course, found))
    if found.kind is StepKind.PRACTICAL:
        return _practical(course, found)
    return device.remember(lesson_page(course, found))


@blueprint.post("/courses/<slug>/<step_slug>/practice")
@reads_only
def practise(slug: str, step_slug: str) -> ResponseReturnValue:
    """Answer a practice question and see at once why. Nothing is stored."""
    course, lesson = find_lesson(slug, step_slug)
    question = lesson.question(request.args.get("question", "")) or abort(404)
    given = request.form.getlist(f"q-{question.id}")
    verdict = grade(question, given) if answer_given(question, given) else None
    if request.headers.get("X-Fragment") == "verdict":
        return render_template(
            "lessons/verdict.html",
            course=course,
            question=question,
            grade=verdict,
            again=again(course, lesson, question),
        )
    return lesson_page(course, lesson, Answered(question, given, verdict))


@blueprint.post("/courses/<slug>/<step_slug>/completion")
def complete(slug: str, step_slug: str) -> ResponseReturnValue:
    """The reader says that a lesson is understood; on to the next step."""
    course, lesson = find_lesson(slug, step_slug)
    outcome = complete_step(current_user, course, lesson, Evidence.SELF, operation_sent())
    following = course.next_after(lesson.slug)
    if outcome.award and outcome.credited:
        return redirect(url_for("lessons.certificate", slug=slug), 303)
    if outcome.award or following is None:
        return redirect(url_for("catalogue.course", slug=slug), 303)
    return redirect(step_address(course, following), 303)


@blueprint.route("/courses/<slug>/<step_slug>/asks", methods=["GET", "POST"])
def ask(slug: str, step_slug: str) -> ResponseReturnValue:
    """The reader says that a step is not clear, and perhaps what; the helpers will answer."""
    course, found = find_step(slug, step_slug)
    form = AskForm()
    if form.validate_on_submit():
        try:
            ask_helpers(current_user, course, found, form.text.data or "", form.op_id.data)
        except TooManyOpen:
            form.text.errors = [_("Các câu đã hỏi về bài này còn chờ trả lời. Xin chờ thêm.")]
        else:
            flash(_("Đã báo cho người hỗ trợ. Có trả lời thì hiện ở cuối bài này."), "done")
            return redirect(step_address(course, found), 303)
    asks = asks_about(current_user.id, course, found)
    page = render_template("lessons/ask.html", course=course, step=found, form=form, asks=asks)
    return page, 400 if form.is_submitted() else 200


@blueprint.get("/courses/<slug>/<step_slug>/speech.mp3")
def speech(slug: str, step_slug: str) -> ResponseReturnValue:
    """A lesson read aloud by the machine; kept for ever when the address names its version."""
    course, lesson = find_lesson(slug, step_slug)
    machine = device.shown(device.devices_of(lesson))
    if speaker().sound(course, lesson, machine) is None:
        abort(404)
    try:
        file = speaker().speech(course, lesson, machine)
    except CannotSpeak:
        abort(503)
    response: Response = send(file, mimetype="audio/mpeg", conditional=True)
    # an address that leaves the machine to the cookie means something else tomorrow
    current = "may" in request.args and request.args.get("v") == course.version
    response.headers["Cache-Control"] = ONE_YEAR if current else "no-cache"
    return response


def _practical(course: Course, found: Step) -> str:
    standing = progress(current_user.id, course) if current_user.is_authenticated else None
    return render_template(
        "lessons/practical.html",
        course=course,
        step=found,
        progress=standing,
        done=bool(standing and found.slug in standing.done),
        test=course.step(found.instead_of or ""),
        address=shelf.programme.address(course.audience),
        teaches=teaches(),
    )
