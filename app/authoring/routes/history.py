"""The texts that stood in a file: listed, compared, put back; and two that want to be merged."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring import draft_queries as queries
from app.authoring.actions import texts
from app.authoring.arrangement import Leaf
from app.authoring.differences import differences, is_changed
from app.authoring.draft_queries import RevisionLine
from app.authoring.forms import RestoreForm
from app.authoring.opened import OpenDraft
from app.authoring.problems import Locked, NotThere
from app.authoring.routes.door import blueprint
from app.authoring.routes.writing import file_of, gone
from app.authoring.sittings import each, page_of
from app.lib.paging import page_number
from app.ui.i18n import gettext as _
from app.ui.i18n import said


@blueprint.get("/studio/<slug>/draft/<int:file_id>/history")
def history(slug: str, file_id: int) -> ResponseReturnValue:
    """The texts that stood in a file, the newest first: by sittings, or (`tung`) each of them."""
    draft, leaf = file_of(slug, file_id)
    number, every = page_number(request.args.get("trang")), request.args.get("tung") == "1"
    page = (
        each(queries.history(leaf.row, slug, number))
        if every
        else page_of(queries.newest_history(leaf.row, slug), number)
    )
    return render_template("authoring/history.html", draft=draft, file=leaf, page=page, every=every)


@blueprint.get("/studio/<slug>/draft/<int:file_id>/history/<int:revision_id>")
def revision(slug: str, file_id: int, revision_id: int) -> ResponseReturnValue:
    """One text of the history against the one that stands now."""
    draft, leaf, line = _text(slug, file_id, revision_id)
    lines = differences(line.revision.text, leaf.row.text)
    return render_template(
        "authoring/revision.html",
        draft=draft,
        file=leaf,
        line=line,
        lines=lines,
        changed=is_changed(lines),
        restorable=not draft.locked,
    )


@blueprint.post("/studio/<slug>/draft/<int:file_id>/history")
def restore(slug: str, file_id: int) -> ResponseReturnValue:
    """Make a text of the history the present one; what stood until now stays in the history."""
    file_of(slug, file_id)
    form = RestoreForm()
    if not form.validate() or form.revision_id.data is None:
        abort(400)
    try:
        texts.restore(form.op_id.data, current_user, slug, file_id, form.revision_id.data)
    except Locked as problem:
        flash(said(problem), "wrong")
    except NotThere:
        return gone()
    else:
        flash(_("Đã lấy lại bản cũ. Bản trước đó vẫn nằm trong “Các bản đã lưu”."), "done")
    return redirect(url_for("authoring.edit", slug=slug, file_id=file_id), 303)


@blueprint.get("/studio/<slug>/draft/<int:file_id>/merge/<int:revision_id>")
def merge(slug: str, file_id: int, revision_id: int) -> ResponseReturnValue:
    """A text that was set aside beside the one that was saved first: choose, or join both."""
    draft, leaf, line = _text(slug, file_id, revision_id)
    aside = line.revision
    if not aside.aside or aside.file_id != leaf.id:
        abort(404)
    conflict = texts.conflict(leaf.row, aside)
    return render_template(
        "authoring/merge.html",
        draft=draft,
        file=leaf,
        aside=aside,
        mine=_("tôi") if aside.person_id == current_user.id else line.writer,
        theirs=_writer(conflict, aside.person_id),
        conflict=conflict,
        joined=conflict.merge,
    )


def _writer(conflict: texts.Conflict, aside_by: int | None) -> str:
    """How the one is called who saved first."""
    if conflict.writer is None:
        return _("tệp trên máy chủ")
    if conflict.writer_id == aside_by:
        return _("trang mở trước")
    return _("tôi") if conflict.writer_id == current_user.id else conflict.writer


def _text(slug: str, file_id: int, revision_id: int) -> tuple[OpenDraft, Leaf, RevisionLine]:
    draft, leaf = file_of(slug, file_id)
    line = queries.revision(leaf.row, slug, revision_id) or abort(404)
    return draft, leaf, line
