"""Writing one file of a draft: the page, saving, and a look at what is not saved yet."""

from flask import abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring.actions import beginning, texts
from app.authoring.arrangement import Leaf
from app.authoring.draft_queries import may_write
from app.authoring.forms import EditForm, LookForm, PictureForm
from app.authoring.opened import OpenDraft
from app.authoring.problems import Locked, NotThere, StudioProblem
from app.authoring.routes.door import blueprint, courses_folder
from app.authoring.routes.writing import asked_by_script, file_of, gone, refused_in_json
from app.authoring.seeing import Reader, Sight, look, shown_problems
from app.authoring.surroundings import surroundings
from app.content.shelf import shelf
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.ui.transaction import reads_only


@blueprint.get("/studio/<slug>/draft/<int:file_id>")
def edit(slug: str, file_id: int) -> ResponseReturnValue:
    """Write a file of the draft as Markdown, beside how learners will see it."""
    draft, leaf = file_of(slug, file_id)
    form = EditForm(None, text=leaf.row.text, base=leaf.revision)
    return _page(draft, leaf, form)


@blueprint.post("/studio/<slug>/draft/<int:file_id>")
def save(slug: str, file_id: int) -> ResponseReturnValue:
    """Save a text over the one it was made from; over another one it is set aside to merge."""
    draft, leaf = file_of(slug, file_id)
    form = EditForm()
    if not form.validate_on_submit():
        return _refused(draft, leaf, form)
    if form.act.data == "preview":
        return _page(draft, leaf, form, Reader(form.group.data or "", form.device.data or ""))
    typed = texts.Typed(form.plain, form.base.data, form.merges.data)
    try:
        outcome = texts.save_text(form.op_id.data, current_user, slug, file_id, typed)
    except Locked as problem:
        return _locked(draft, leaf, form, problem)
    except NotThere:
        return gone()
    return _saved(draft, leaf, form, outcome)


@blueprint.post("/studio/<slug>/draft/<int:file_id>/look")
@reads_only
def live_preview(slug: str, file_id: int) -> ResponseReturnValue:
    """How the text in the form would look, and what is wrong with it; nothing is stored."""
    draft, leaf = file_of(slug, file_id)
    form = LookForm()
    if not form.validate():
        return jsonify(errors=form.errors), 400
    sight = _sight(draft, leaf, form)
    return jsonify(
        html=sight.html(Reader(form.group.data or "", form.device.data or "")),
        problems=shown_problems(sight.problems),
        elsewhere=sight.elsewhere,
    )


@blueprint.post("/studio/<slug>/steps/<step_slug>/writing")
def write_step(slug: str, step_slug: str) -> ResponseReturnValue:
    """Begin to write a step as it lies on disk: in the open draft, or in a new one."""
    may_write(current_user, slug) or abort(404)
    op_id, courses = operation_sent(), courses_folder()
    try:
        file_id = beginning.begin_writing(op_id, current_user, slug, step_slug, courses)
    except NotThere:
        return gone()
    except StudioProblem as problem:
        abort(404, said(problem))
    return redirect(url_for("authoring.edit", slug=slug, file_id=file_id), 303)


def _sight(draft: OpenDraft, leaf: Leaf, form: LookForm) -> Sight:
    return look(draft, leaf, form.plain, courses_folder(), shelf.programme)


def _page(
    draft: OpenDraft, leaf: Leaf, form: EditForm, reader: Reader | None = None, status: int = 200
) -> ResponseReturnValue:
    sight = _sight(draft, leaf, form)
    before, following = draft.beside(leaf)
    page = render_template(
        "authoring/editor.html",
        draft=draft,
        file=leaf,
        form=form,
        problems=sight.problems,
        elsewhere=sight.elsewhere,
        reader=reader,
        preview=sight.html(reader) if reader else None,
        picture_form=PictureForm(None),
        before=before,
        following=following,
        **surroundings(draft, leaf, courses_folder(), shelf.programme),
    )
    return page, status


def _refused(draft: OpenDraft, leaf: Leaf, form: EditForm) -> ResponseReturnValue:
    if asked_by_script():
        return jsonify(errors=form.errors), 400
    return _page(draft, leaf, form, status=400)


def _locked(draft: OpenDraft, leaf: Leaf, form: EditForm, problem: Locked) -> ResponseReturnValue:
    if asked_by_script():
        return refused_in_json(problem, 423)
    form.text.errors = [said(problem)]
    return _page(draft, leaf, form, status=423)


def _saved(
    draft: OpenDraft, leaf: Leaf, form: EditForm, outcome: texts.Saved | texts.Conflict
) -> ResponseReturnValue:
    if isinstance(outcome, texts.Conflict):
        return _parted(draft, leaf, form, outcome)
    if asked_by_script():
        return jsonify(base=outcome.revision, at=outcome.at.isoformat())
    flash(_("Đã lưu bản thứ %(number)s.", number=outcome.revision), "done")
    return redirect(url_for("authoring.edit", slug=draft.slug, file_id=leaf.id), 303)


def _parted(
    draft: OpenDraft, leaf: Leaf, form: EditForm, conflict: texts.Conflict
) -> ResponseReturnValue:
    page = url_for("authoring.merge", slug=draft.slug, file_id=leaf.id, revision_id=conflict.aside)
    if asked_by_script():
        return jsonify(said=_meanwhile(conflict), mine=form.text.data or "", page=page), 409
    return redirect(page, 303)


def _meanwhile(conflict: texts.Conflict) -> str:
    if conflict.writer is None:
        return _("Tệp trên máy chủ vừa đổi lúc anh chị đang viết.")
    if conflict.writer_id == current_user.id:
        return _("Anh chị đã lưu bài này ở một trang khác.")
    return _("%(name)s đã lưu bài này lúc anh chị đang viết.", name=conflict.writer)
