"""Files that changed on disk while a draft is open: taken into it, or settled one by one."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring.actions import drafts
from app.authoring.actions.drafts import Choice
from app.authoring.draft_forms import SettleForm
from app.authoring.routes.door import FILE, attempt, blueprint, courses_folder, own_draft
from app.authoring.routes.drafts import page_of
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _


@blueprint.get("/studio/<slug>/draft/disk")
def disk(slug: str) -> ResponseReturnValue:
    """What changed on disk beside the draft, and what has to be decided."""
    return render_template("authoring/disk.html", page=page_of(own_draft(slug)))


@blueprint.post("/studio/<slug>/draft/disk")
def catch_up(slug: str) -> ResponseReturnValue:
    """Take into the draft what changed on disk alone."""
    own_draft(slug)
    with attempt(_("Đã lấy những tệp mới đổi trên máy chủ vào bản soạn.")):
        drafts.catch_up(operation_sent(), current_user, slug, courses_folder())
    return _back(slug)


@blueprint.post(f"{FILE}/disk")
def settle(slug: str, file_id: int) -> ResponseReturnValue:
    """Say what becomes of one file that was changed here and on disk."""
    own_draft(slug)
    form = SettleForm()
    if not form.validate():
        if not form.text.errors:
            abort(400)
        flash(form.text.errors[0], "warn")
        return _back(slug)
    choice = Choice(form.seen.data, form.base.data, form.text.data, form.act.data == "remove")
    with attempt(_("Đã ghép xong tệp này.")):
        drafts.settle(form.op_id.data, current_user, slug, file_id, choice, courses_folder())
    return _back(slug)


def _back(slug: str) -> ResponseReturnValue:
    """To what is left to decide, or to the draft when nothing is."""
    page = page_of(own_draft(slug))
    endpoint = "authoring.disk" if page.clashes or page.news else "authoring.draft"
    return redirect(url_for(endpoint, slug=slug), 303)
