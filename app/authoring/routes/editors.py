"""Who writes a course: trainers are added, and write it no more."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring import draft_queries as queries
from app.authoring import studio
from app.authoring.actions import editors as actions
from app.authoring.arrangement import arranged
from app.authoring.draft_forms import EditorForm
from app.authoring.routes.door import attempt, blueprint, own_course
from app.content.shelf import shelf
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _


@blueprint.get("/studio/<slug>/editors")
def editors(slug: str) -> ResponseReturnValue:
    """Who writes this course, and who may be asked to."""
    title = _title(slug)
    return _page(slug, title, EditorForm(_others(slug)))


@blueprint.post("/studio/<slug>/editors")
def add_editor(slug: str) -> ResponseReturnValue:
    """Let one more trainer write this course."""
    title = _title(slug)
    form = EditorForm(queries.trainers())
    if not form.validate():
        return _page(slug, title, form)
    with attempt(_("Đã thêm người soạn.")):
        actions.add_editor(form.op_id.data, current_user, slug, form.person.data)
    return _back(slug)


@blueprint.post("/studio/<slug>/editors/<int(max=2147483647):person_id>/end")
def end_editor(slug: str, person_id: int) -> ResponseReturnValue:
    """Let somebody write this course no more."""
    _title(slug)
    with attempt(_("Người này thôi soạn khóa này.")):
        actions.end_editor(operation_sent(), current_user, slug, person_id)
    return _back(slug)


def _title(slug: str) -> str:
    """What the course is called; 404 for what is neither on disk nor in a draft."""
    own_course(slug)
    entry = studio.entry(shelf.library, slug)
    if entry is not None and entry.course is not None:
        return entry.course.title
    draft = queries.open_draft(slug)
    if draft is None:
        return slug if entry is not None else abort(404)
    course = arranged(queries.files(draft)).course
    return course.title if course else slug


def _others(slug: str) -> list[tuple[int, str]]:
    write = {editor.person_id for editor, _name in queries.editors(slug)}
    return [(person_id, name) for person_id, name in queries.trainers() if person_id not in write]


def _page(slug: str, title: str, form: EditorForm) -> ResponseReturnValue:
    html = render_template(
        "authoring/editors.html",
        slug=slug,
        title=title,
        form=form,
        editors=queries.editors(slug),
    )
    return html, 400 if form.errors else 200


def _back(slug: str) -> ResponseReturnValue:
    """To the list, or to one's courses for who just took oneself off it."""
    if queries.may_write(current_user, slug):
        return redirect(url_for("authoring.editors", slug=slug), 303)
    return redirect(url_for("authoring.courses"), 303)
