"""A test in a helper's session: the device goes into the learner's hands, and comes back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import company
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.field import queries
from app.field.actions import sessions
from app.field.actions.proofs import proof_of
from app.field.ahead import practicals
from app.field.forms.learners import GiveBackForm, HandOverForm
from app.field.routes.door import blueprint, in_company, to_their_own_start, tried
from app.field.routes.sessions import alone_page, wrong_words
from app.learning.queries import progress
from app.ui.i18n import gettext as _


@blueprint.route("/field/courses/<slug>/<step_slug>/test", methods=["GET", "POST"])
def test(slug: str, step_slug: str) -> ResponseReturnValue:
    """The learner shows that it is them, and has the device to themselves."""
    course, found = _test(slug, step_slug)
    if current_user.helper is None:
        return to_their_own_start()
    form = HandOverForm(queries.ways(current_user.id))
    if form.validate_on_submit():
        way, pin = _way_proven(form)
        if not form.errors:
            sessions.hand_over(current_user, course, found, way, form.op_id.data, pin)
            company.shut_old_pages()
            return redirect(url_for("quizzes.intro", slug=slug, step_slug=step_slug), 303)
    page = render_template(
        "field/test.html",
        form=form,
        course=course,
        test=found,
        done=found.slug in progress(current_user.id, course).done,
        practicals=practicals(course, [found]),
    )
    return page, 400 if form.errors else 200


def _test(slug: str, step_slug: str) -> tuple[Course, Step]:
    course = shelf.course(slug) or abort(404)
    step = course.step(step_slug)
    return (course, step) if step and step.kind is StepKind.TEST else abort(404)


def _way_proven(form: HandOverForm) -> tuple[str, str | None]:
    """How the learner took the device, and the PIN where it was chosen just now."""
    if "once" in form:
        return "once", form.once.data
    if form.proof is None:
        form.say(_("Chưa có mã. Mời người học tự tay bấm."))
        return "", None
    way, secret = form.proof
    proof = proof_of(current_user.id, tried(current_user.id, way, secret))
    if not proof.right:
        form.say(wrong_words(proof.wait_minutes))
    return way, None


@blueprint.post("/field/test/end")
@in_company
def give_back() -> ResponseReturnValue:
    """The learner ends the test by what they began it with; the helper may go on."""
    handed = queries.open_hand_over(current_user.helper.session_id)
    form = GiveBackForm()
    if handed is None or not form.validate():
        return alone_page(form), 400
    typed = tried(current_user.id, handed.proof, form.secret.data)
    proof = proof_of(current_user.id, typed, handed)
    if not proof.right:
        form.secret.errors = [wrong_words(proof.wait_minutes)]
        return alone_page(form), 400
    sessions.give_back(current_user, handed, form.op_id.data)
    company.shut_old_pages()
    flash(_("Xong bài kiểm tra. Máy đã trả lại người hỗ trợ."), "done")
    return redirect(url_for("field.now"), 303)
