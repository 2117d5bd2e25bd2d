"""The outline of a draft: modules and steps are made, named, moved, taken out, brought back."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring import draft_queries as queries
from app.authoring.actions import outline
from app.authoring.arrangement import Arrangement, Leaf, arranged
from app.authoring.draft_forms import MoveForm, NameForm, RemoveForm, StepForm, TitleForm, choices
from app.authoring.problems import StudioProblem
from app.authoring.routes.door import FILE, attempt, blueprint, own_draft, to_draft
from app.authoring.routes.drafts import draft_page
from app.ui.forms import Form, operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import said


@blueprint.post("/studio/<slug>/draft/modules")
def add_module(slug: str) -> ResponseReturnValue:
    """A module at the end of the course."""
    found = own_draft(slug)
    form = TitleForm()
    if not form.validate():
        return draft_page(found, form)
    with attempt(_("Đã thêm phần “%(title)s”.", title=form.name.data)):
        outline.add_module(form.op_id.data, current_user, slug, form.name.data)
    return to_draft(slug, "outline")


@blueprint.post("/studio/<slug>/draft/steps")
def add_step(slug: str) -> ResponseReturnValue:
    """A lesson, test or practical at the end of a module; on to writing it."""
    found = own_draft(slug)
    form = StepForm([(part.folder, part.title) for part in _arranged(slug).modules])
    if not form.validate():
        return draft_page(found, form)
    facts = (form.title.data, form.module.data, form.kind.data)
    try:
        made = outline.add_step(form.op_id.data, current_user, slug, *facts)
    except StudioProblem as problem:
        form.title.errors = [said(problem)]
        return draft_page(found, form)
    return redirect(url_for("authoring.edit", slug=slug, file_id=made), 303)


@blueprint.get(f"{FILE}/place", endpoint="place")
def place_form(slug: str, file_id: int) -> ResponseReturnValue:
    """One file of the outline: its name, its place, and taking it out."""
    return _place_page(slug, file_id)


@blueprint.post(f"{FILE}/name")
def rename(slug: str, file_id: int) -> ResponseReturnValue:
    """Another title, and for a step another name in its address."""
    own_draft(slug)
    form = NameForm()
    if not form.validate():
        return _place_page(slug, file_id, form)
    names = (form.title.data, form.slug.data or "")
    try:
        outline.rename(form.op_id.data, current_user, slug, file_id, *names)
    except StudioProblem as problem:
        form.slug.errors = [said(problem)]
        return _place_page(slug, file_id, form)
    return to_draft(slug, f"f{file_id}")


@blueprint.post(f"{FILE}/move")
def move(slug: str, file_id: int) -> ResponseReturnValue:
    """One place up or down, or to the end of another module."""
    own_draft(slug)
    form = MoveForm()
    if not form.validate():
        abort(400)
    way, module = form.way.data, form.module.data or ""
    with attempt(_("Đã đổi chỗ.")):
        outline.move(form.op_id.data, current_user, slug, file_id, way, module)
    return to_draft(slug, f"f{file_id}")


@blueprint.post(f"{FILE}/remove")
def remove(slug: str, file_id: int) -> ResponseReturnValue:
    """Take a file out of the draft; it may be brought back."""
    own_draft(slug)
    form = RemoveForm()
    if not form.validate():
        abort(400)
    with attempt(_("Đã bỏ ra. Cần lại thì bấm “Lấy lại” ở cuối dàn bài.")):
        outline.remove(form.op_id.data, current_user, slug, file_id, form.heir.data)
    return to_draft(slug, "outline")


@blueprint.post(f"{FILE}/return")
def bring_back(slug: str, file_id: int) -> ResponseReturnValue:
    """Put a file back that was taken out."""
    own_draft(slug)
    with attempt(_("Đã lấy lại.")):
        outline.bring_back(operation_sent(), current_user, slug, file_id)
    return to_draft(slug, f"f{file_id}")


def _arranged(slug: str) -> Arrangement:
    return arranged(queries.files(own_draft(slug)))


def _place_page(slug: str, file_id: int, refused: Form | None = None) -> ResponseReturnValue:
    draft, found = own_draft(slug), _arranged(slug)
    leaf = found.leaf(file_id) or abort(404)
    name = refused or NameForm(data={"title": leaf.title, "slug": leaf.slug})
    move_form, remove_form = MoveForm(), RemoveForm()
    own = leaf.name.rpartition("/")[0]
    places = [(part.folder, part.title) for part in found.modules] + [("", _("Ngoài các phần"))]
    move_form.module.choices = choices(choice for choice in places if choice[0] != own)
    remove_form.heir.choices = choices(_heirs(found, leaf))
    html = render_template(
        "authoring/place.html",
        draft=draft,
        title=found.course.title if found.course else slug,
        leaf=leaf,
        part=found.part(own),
        name_form=name,
        move_form=move_form,
        remove_form=remove_form,
    )
    return html, 400 if refused else 200


def _heirs(found: Arrangement, leaf: Leaf) -> list[tuple[int, str]]:
    """The steps of the same kind to which the credit for one may go."""
    others = [one for one in found.lessons if one.kind == leaf.kind and one is not leaf]
    rest = (0, _("Không được tính cho bài nào khác"))
    return [rest, *((one.id, _("Được tính đã học “%(title)s”", title=one.title)) for one in others)]
