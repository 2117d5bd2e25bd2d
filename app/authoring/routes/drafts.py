"""A course's draft: begun, looked at as a whole, given up; and a course that begins as one."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring import draft_queries as queries
from app.authoring import studio
from app.authoring.actions import drafts, outline
from app.authoring.actions.outline import NewCourse
from app.authoring.actions.workflow import may_review
from app.authoring.arrangement import arranged
from app.authoring.draft_forms import NewCourseForm, StepForm, TitleForm, WordsForm
from app.authoring.draft_page import DraftPage
from app.authoring.meeting import clashes_of, news_of
from app.authoring.models import Draft
from app.authoring.on_disk import read_disk
from app.authoring.problems import StudioProblem
from app.authoring.routes.door import (
    attempt,
    blueprint,
    courses_folder,
    own_course,
    own_draft,
    to_draft,
)
from app.authoring.working_copy import loaded
from app.content.shelf import shelf
from app.ui.forms import Form, operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.units.queries import today


@blueprint.get("/studio/new")
def new_course_form() -> ResponseReturnValue:
    """What a new course begins with."""
    return _new_page(NewCourseForm(_groups()))


@blueprint.post("/studio/new")
def new_course() -> ResponseReturnValue:
    """Open the draft of a new course."""
    form = NewCourseForm(_groups())
    if not form.validate():
        return _new_page(form)
    wanted = NewCourse(
        form.slug.data or "",
        form.title.data,
        form.summary.data,
        form.code.data,
        tuple(form.audience.data),
    )
    try:
        slug = outline.new_course(form.op_id.data, current_user, wanted, courses_folder())
    except StudioProblem as problem:
        form.slug.errors = [said(problem)]
        return _new_page(form)
    return to_draft(slug)


def _groups() -> list[tuple[str, str]]:
    return [(group.id, group.title) for group in shelf.programme.groups]


def _new_page(form: NewCourseForm) -> ResponseReturnValue:
    page = render_template("authoring/new_course.html", form=form)
    return page, 400 if form.errors else 200


@blueprint.get("/studio/<slug>/draft")
def draft(slug: str) -> ResponseReturnValue:
    """The draft of a course as a whole; where there is none, the course."""
    own_course(slug)
    found = queries.open_draft(slug)
    if found is None:
        studio.entry(shelf.library, slug) or abort(404)
        return redirect(url_for("authoring.course", slug=slug))
    return draft_page(found)


@blueprint.post("/studio/<slug>/draft")
def begin_draft(slug: str) -> ResponseReturnValue:
    """Open the draft of a course, or go on with the one that is open."""
    own_course(slug)
    op_id = operation_sent()
    with attempt(_("Đã mở bản soạn. Người học vẫn thấy khóa cũ cho đến khi công bố.")):
        drafts.begin_draft(op_id, current_user, slug, courses_folder())
    return to_draft(slug)


@blueprint.route("/studio/<slug>/draft/discard", methods=["GET", "POST"])
def discard(slug: str) -> ResponseReturnValue:
    """Give a draft up, after being asked once more."""
    found = own_draft(slug)
    form = Form()
    if not form.validate_on_submit():
        return render_template("authoring/discard.html", form=form, page=page_of(found))
    with attempt(_("Đã bỏ bản soạn. Khóa đang phục vụ không đổi gì.")):
        drafts.discard(form.op_id.data, current_user, slug, courses_folder())
    return redirect(url_for("authoring.courses"), 303)


def draft_page(found: Draft, refused: Form | None = None, problem: str = "") -> ResponseReturnValue:
    """The page of a draft; with a form that was refused, or what kept an act from being done."""
    page = page_of(found)
    modules = [(part.folder, part.title) for part in page.found.modules]
    forms = {"module_form": TitleForm(), "step_form": StepForm(modules), "words_form": WordsForm()}
    for name, form in forms.items():
        if refused is not None and type(form) is type(refused):
            forms[name] = refused
    html = render_template(
        "authoring/draft.html",
        page=page,
        events=queries.events(found),
        opener=queries.names_of([found.opened_by])[found.opened_by],
        may_review=may_review(current_user, found),
        may_publish=queries.sees_all(current_user),
        refused=refused,
        problem=problem,
        **forms,
    )
    return html, 400 if refused or problem else 200


def page_of(found: Draft) -> DraftPage:
    """Everything about a draft as it stands now, beside the files on disk."""
    rows, disk = queries.files(found), read_disk(courses_folder() / found.course_slug)
    return DraftPage(
        found,
        arranged(rows),
        loaded(queries.contents(found), courses_folder(), shelf.programme, today()),
        news_of(rows, disk),
        clashes_of(rows, disk),
        queries.set_aside(found),
        queries.picture_names(found),
        bool(disk),
    )
