"""Addresses of a test: its first page, one page per question, review, submission, result."""

from functools import partial

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.certificates.queries import in_force
from app.content.drawing import blind
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.learning.queries import Progress, progress
from app.quizzes import actions, queries, sheets
from app.quizzes.forms import AnswerForm
from app.quizzes.models import Attempt
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

blueprint = Blueprint("quizzes", __name__, template_folder="templates")

# larger numbers are nobody's attempt, and no database column takes them
ATTEMPT = "/attempts/<int(max=2147483647):attempt_id>"
SUBMITTED = _l("Bài này đã nộp, không sửa được nữa. Đây là kết quả.")
WITHDRAWN = _l(
    "Bài kiểm tra đang được biên soạn lại nên chưa nộp được. "
    "Các câu trả lời vẫn được giữ nguyên; hãy quay lại sau."
)


@blueprint.after_request
def keep_no_copy(response: Response) -> Response:
    """No browser and no proxy keeps a page of a test (rule 11)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/courses/<slug>/<step_slug>/test")
def intro(slug: str, step_slug: str) -> ResponseReturnValue:
    """What the test is like, and what this learner may do with it now."""
    return _intro_page(*_published_test(slug, step_slug), Form())


@blueprint.post("/courses/<slug>/<step_slug>/attempts")
def start(slug: str, step_slug: str) -> ResponseReturnValue:
    """Start an attempt, or go on with the open one."""
    course, test = _published_test(slug, step_slug)
    form = Form()
    if not form.validate():
        return _intro_page(course, test, form), 400
    try:
        attempt = actions.start(current_user, course, test, form.op_id.data)
    except actions.CannotStart:
        return redirect(url_for("quizzes.intro", slug=slug, step_slug=step_slug), 303)
    number = sheets.first_unanswered(attempt) or 1
    return redirect(_question_url(attempt, number), 303)


@blueprint.route(f"{ATTEMPT}/<int(max=9999):number>", methods=["GET", "POST"])
def question(attempt_id: int, number: int) -> ResponseReturnValue:
    """One question of an open attempt; each POST saves its answer."""
    attempt = _own_attempt(attempt_id)
    asked = attempt.question(number) or abort(404)
    if not attempt.is_open:
        return _result_instead(attempt)
    form = AnswerForm(blind(asked), request.form.getlist(f"q-{asked.id}"))
    if not form.validate_on_submit():
        return _question_page(attempt, number, form), 400 if form.errors else 200
    try:
        actions.save_answer(attempt, number, form.answer, form.op_id.data, at_once=True)
    except actions.AlreadySubmitted:
        return _result_instead(attempt)
    return redirect(_after(attempt, number, form.go.data), 303)


@blueprint.get(f"{ATTEMPT}/review")
def review(attempt_id: int) -> ResponseReturnValue:
    """Which questions are answered, and the button that hands in."""
    attempt = _own_attempt(attempt_id)
    if not attempt.is_open:
        return _result_instead(attempt)
    return _review_page(attempt, Form())


@blueprint.post(f"{ATTEMPT}/submission")
def submit(attempt_id: int) -> ResponseReturnValue:
    """Hand in; handing in again leads to the same result."""
    attempt = _own_attempt(attempt_id)
    form = Form()
    if not form.validate():
        return _review_page(attempt, form), 400
    course = shelf.library.course(attempt.course_slug)
    try:
        actions.submit(attempt, course, _test_of(course, attempt.step_slug), form.op_id.data)
    except actions.TestWithdrawn:
        flash(str(WITHDRAWN), "warn")
        return redirect(url_for("quizzes.review", attempt_id=attempt_id), 303)
    return redirect(url_for("quizzes.result", attempt_id=attempt_id), 303)


@blueprint.get(ATTEMPT)
def result(attempt_id: int) -> ResponseReturnValue:
    """How it went; with right answers, unless another attempt at this test is open (rule 11)."""
    attempt = _own_attempt(attempt_id)
    if attempt.is_open:
        return redirect(url_for("quizzes.review", attempt_id=attempt_id))
    return _result_page(attempt)


def _published_test(slug: str, step_slug: str) -> tuple[Course, Step]:
    course = shelf.course(slug)
    test = _test_of(course, step_slug)
    if course is None or test is None:
        abort(404)
    return course, test


def _test_of(course: Course | None, step_slug: str) -> Step | None:
    step = course.step(step_slug) if course else None
    return step if step and step.kind is StepKind.TEST else None


def _own_attempt(attempt_id: int) -> Attempt:
    return queries.attempt_of(current_user.id, attempt_id) or abort(404)


def _intro_page(course: Course, step: Step, form: Form) -> str:
    so_far = progress(current_user.id, course)
    standing = queries.standing(current_user.id, step, so_far)
    return render_template(
        "quizzes/intro.html",
        course=course,
        step=step,
        form=form,
        standing=standing,
        unread=[left for left in so_far.left if left.kind is StepKind.LESSON],
        length=sheets.length(step),
        again_at=sheets.again_at(standing),
        address=_address(),
    )


def _question_page(attempt: Attempt, number: int, form: AnswerForm) -> str:
    entries = sheets.entries(attempt)
    return render_template(
        "quizzes/question.html",
        attempt=attempt,
        number=number,
        question=form.question,
        form=form,
        given=form.values if form.is_submitted() else attempt.answer(form.question.id),
        entries=entries,
        answered=sheets.answered(entries),
    )


def _review_page(attempt: Attempt, form: Form) -> str:
    entries = sheets.entries(attempt)
    return render_template(
        "quizzes/review.html",
        attempt=attempt,
        form=form,
        lines=sheets.lines(entries, partial(_question_url, attempt)),
        answered=sheets.answered(entries),
        first_left=sheets.first_unanswered(attempt),
    )


def _result_page(attempt: Attempt) -> str:
    course = shelf.course(attempt.course_slug)
    so_far = progress(current_user.id, course) if course else None
    standing = _standing(so_far, attempt.step_slug)
    open_id = queries.open_attempt_id(attempt)
    # what was right then may be asked in the attempt that is open now
    marks = [] if open_id else queries.marks(attempt)
    return render_template(
        "quizzes/result.html",
        attempt=attempt,
        outcome=sheets.outcome(marks, course),
        sealed=open_id is not None,
        open_id=open_id,
        standing=standing,
        again_at=sheets.again_at(standing),
        progress=so_far,
        award=in_force(current_user.id, attempt.course_slug) if attempt.passed else None,
        address=_address(),
    )


def _standing(so_far: Progress | None, step_slug: str) -> queries.Standing | None:
    test = _test_of(so_far.course, step_slug) if so_far else None
    return queries.standing(current_user.id, test, so_far) if so_far and test else None


def _result_instead(attempt: Attempt) -> ResponseReturnValue:
    flash(str(SUBMITTED))
    return redirect(url_for("quizzes.result", attempt_id=attempt.id), 303)


def _after(attempt: Attempt, number: int, go: str | None) -> str:
    target = int(go) if go and go.isdecimal() and len(go) < 5 else number + 1
    if go == "review" or not 1 <= target <= len(attempt.paper):
        return url_for("quizzes.review", attempt_id=attempt.id)
    return _question_url(attempt, target)


def _question_url(attempt: Attempt, number: int) -> str:
    return url_for("quizzes.question", attempt_id=attempt.id, number=number)


def _address() -> str:
    group = shelf.programme.group(current_user.group or "")
    return group.address if group else _("anh chị")
