"""From a draft to what learners get: handed in, taken back, judged by another, published."""

from flask import current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import ServiceUnavailable

from app.authoring import draft_queries as queries
from app.authoring.actions import workflow
from app.authoring.draft_forms import ReviewForm, WordsForm
from app.authoring.problems import StudioProblem
from app.authoring.routes.door import (
    attempt,
    blueprint,
    look_at_files,
    own_course,
    own_draft,
    place,
    to_draft,
)
from app.authoring.routes.drafts import draft_page, page_of
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import said


@blueprint.post("/studio/<slug>/draft/submission")
def submit(slug: str) -> ResponseReturnValue:
    """Hand the draft in for review; errors are listed."""
    found = own_draft(slug)
    form = WordsForm()
    if not form.validate():
        return draft_page(found, form)
    try:
        workflow.submit(form.op_id.data, current_user, slug, form.words.data, place())
    except StudioProblem as problem:
        return draft_page(found, problem=said(problem))
    return to_draft(slug)


@blueprint.post("/studio/<slug>/draft/withdrawal")
def withdraw(slug: str) -> ResponseReturnValue:
    """Take a draft back that was handed in, to write on."""
    own_course(slug)
    with attempt(_("Đã rút về. Giờ lại sửa được.")):
        workflow.withdraw(operation_sent(), current_user, slug)
    return to_draft(slug)


@blueprint.get("/studio/<slug>/draft/review", endpoint="review")
def review_form(slug: str) -> ResponseReturnValue:
    """Everything that a draft changes, line by line; for reviewers the form to judge it."""
    return _review_page(slug, ReviewForm())


@blueprint.post("/studio/<slug>/draft/review")
def judge(slug: str) -> ResponseReturnValue:
    """Approve a draft, or send it back with a comment."""
    own_draft(slug)
    form = ReviewForm()
    if not form.validate():
        return _review_page(slug, form)
    approved = form.verdict.data == "approve"
    with attempt(_("Đã duyệt. Giờ có thể công bố.") if approved else _("Đã gửi trả người soạn.")):
        workflow.review(form.op_id.data, current_user, slug, approved, form.words.data)
    return to_draft(slug)


@blueprint.post("/studio/<slug>/draft/publication")
def publish(slug: str) -> ResponseReturnValue:
    """Put an approved draft where learners get it; errors are listed."""
    own_course(slug)
    op_id = operation_sent()
    try:
        workflow.publish(op_id, current_user, slug, place())
    except StudioProblem as problem:
        found = queries.open_draft(slug)
        if found is not None:
            return draft_page(found, problem=said(problem))
        flash(said(problem), "warn")
    except OSError as fault:
        current_app.logger.error("the course %s was not published: %s", slug, fault)
        raise ServiceUnavailable(retry_after=30) from fault
    look_at_files()
    return to_draft(slug)


def _review_page(slug: str, form: ReviewForm) -> ResponseReturnValue:
    draft = own_draft(slug)
    html = render_template(
        "authoring/review.html",
        page=page_of(draft),
        form=form,
        events=queries.events(draft),
        may_review=workflow.may_review(current_user, draft),
    )
    return html, 400 if form.errors else 200
