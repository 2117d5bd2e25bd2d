"""A practical in a helper's session: the helper ticks what they saw the learner do."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.field import queries
from app.field.actions import observing
from app.field.actions.observing import Seen
from app.field.forms.work import ObservedForm
from app.field.routes.door import blueprint, in_company, to_their_own_start
from app.learning.queries import progress
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _

PRACTICAL = "/field/courses/<slug>/<step_slug>/practical"


@blueprint.route(PRACTICAL, methods=["GET", "POST"])
def practical(slug: str, step_slug: str) -> ResponseReturnValue:
    """The acts of a practical: those seen already, and those to tick now."""
    course, step = _practical(slug, step_slug)
    if current_user.helper is None:
        return to_their_own_start()
    form = ObservedForm(queries.field_session(current_user.helper.session_id).place)
    ticked = request.form.getlist("item")
    if form.validate_on_submit():
        if ticked:
            return _seen(course, step, Seen(ticked, form.place.data, form.on), form.op_id.data)
        form.form_errors.append(_("Chưa đánh dấu việc nào."))
    return _page(course, step, form, ticked), 400 if form.errors else 200


def _page(course: Course, step: Step, form: ObservedForm, ticked: list[str]) -> str:
    seen = queries.observed(current_user.id, course.slug, step.slug)
    return render_template(
        "field/practical.html",
        course=course,
        step=step,
        form=form,
        ticked=ticked,
        seen=seen,
        left=[item for item in step.items if item.id not in seen],
        done=step.slug in progress(current_user.id, course).done,
        test=course.step(step.instead_of) if step.instead_of else None,
    )


def _seen(course: Course, step: Step, seen: Seen, op_id: str) -> ResponseReturnValue:
    outcome = observing.observe(current_user, course, step, seen, op_id)
    if outcome is None:
        flash(_("Đã ghi những việc vừa xem."), "done")
    elif outcome.award:
        flash(_("Chúc mừng! Đã học xong cả khóa. Giấy chứng nhận đã có."), "done")
    else:
        flash(_("Đã xem đủ các việc. Phần này tính thay cho bài kiểm tra."), "done")
    address = url_for("field.practical", slug=course.slug, step_slug=step.slug)
    return redirect(address, 303)


@blueprint.post(f"{PRACTICAL}/removal")
@in_company
def take_back(slug: str, step_slug: str) -> ResponseReturnValue:
    """A tick made by mistake is taken back."""
    course, step = _practical(slug, step_slug)
    item = request.form.get("item", "")
    observing.take_back(current_user, course, step, item, operation_sent())
    return redirect(url_for("field.practical", slug=slug, step_slug=step_slug), 303)


def _practical(slug: str, step_slug: str) -> tuple[Course, Step]:
    course = shelf.course(slug) or abort(404)
    step = course.step(step_slug)
    return (course, step) if step and step.kind is StepKind.PRACTICAL else abort(404)
