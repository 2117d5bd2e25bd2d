"""Study together: begin with a learner, see how things stand, end."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import company
from app.content.shelf import shelf
from app.field import queries
from app.field.actions import sessions
from app.field.actions.proofs import proof_of
from app.field.ahead import ahead
from app.field.forms.learners import GiveBackForm, StartForm
from app.field.queries import Resident
from app.field.routes.door import PERSON, blueprint, in_company, met, tried
from app.learning.queries import progress_of_all
from app.lib.vietnamese import addressed
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _


@blueprint.route(f"{PERSON}/session", methods=["GET", "POST"])
def begin(person_id: int) -> ResponseReturnValue:
    """The learner agrees, and the pages act for them from now on."""
    learner = met(person_id, alike=True)
    form = _start_form(learner)
    if form.validate_on_submit():
        way = _way_proven(form, learner)
        if not form.errors:
            meeting = form.meeting(way)
            begun = sessions.begin_session(current_user, learner, meeting, form.op_id.data)
            company.begin(begun.id)
            return redirect(url_for("home.start"), 303)
    address = shelf.programme.address((learner.person.group or "",))
    page = render_template(
        "field/begin.html",
        form=form,
        learner=learner,
        address=address,
        spoken=addressed(address, learner.person.full_name),
    )
    return page, 400 if form.errors else 200


def _start_form(learner: Resident) -> StartForm:
    who = learner.person
    return StartForm(
        queries.ways(who.id),
        who.birth_date,
        who.birth_precision,
        queries.has_consented(who.id),
        place=queries.likely_place(current_user.id, who.id),
    )


def _way_proven(form: StartForm, learner: Resident) -> str | None:
    """The way in which the learner showed that it is them; what is wrong is said at the form."""
    if not form.ways:
        return None
    if form.proof is None:
        form.say(_("Chưa có mã. Mời người học tự tay bấm."))
        return None
    way, secret = form.proof
    proof = proof_of(learner.person.id, tried(learner.person.id, way, secret))
    if not proof.right:
        form.say(wrong_words(proof.wait_minutes))
    return way


def wrong_words(wait_minutes: int) -> str:
    """What to say about a proof that was not right."""
    if wait_minutes:
        return _("Nhập sai nhiều lần. Hãy chờ %(minutes)s phút rồi thử lại.", minutes=wait_minutes)
    return _("Mã chưa đúng. Mời người học bấm lại.")


@blueprint.get("/field/now")
@in_company
def now() -> ResponseReturnValue:
    """How things stand: with whom, since when, what comes next; or whose test it is."""
    if current_user.helper.alone:
        return alone_page(GiveBackForm())
    return render_template(
        "field/now.html",
        session=queries.field_session(current_user.helper.session_id),
        steps=queries.steps_in(current_user.helper.session_id),
        courses=ahead(progress_of_all(current_user.id, shelf.published())),
    )


def alone_page(form: GiveBackForm) -> str:
    """The page between the learner and the helper while a test is under way."""
    handed = queries.open_hand_over(current_user.helper.session_id)
    course = shelf.course(handed.course_slug) if handed else None
    test = course.step(handed.step_slug) if handed and course else None
    return render_template("field/alone.html", form=form, handed=handed, course=course, test=test)


@blueprint.post("/field/end")
@in_company
def end() -> ResponseReturnValue:
    """The helper is on their own again."""
    helper = current_user.helper
    steps = queries.steps_in(helper.session_id)
    sessions.end_session(helper, operation_sent())
    company.end()
    flash(
        _(
            "Đã kết thúc buổi học với %(name)s: ghi được %(steps)s bài.",
            name=helper.learner,
            steps=steps,
        ),
        "done",
    )
    return redirect(url_for("field.person", person_id=current_user.id), 303)
