"""The audit trail: search it, take it away; who looked at sensitive lists."""

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib.paging import page_number
from app.ops import trail, words
from app.ops.routes.door import blueprint, only_for_the_whole, page_of_admin
from app.ops.trail_form import TrailForm
from app.staff.formats import FORMATS
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _


@blueprint.get("/admin/audit")
def audit() -> ResponseReturnValue:
    """Who did what, newest first; only for those who administer everything."""
    only_for_the_whole()
    form = TrailForm(request.args)
    form.offer(trail.verbs())
    fits = form.validate()
    page = trail.page(form.asked, page_number(request.args.get("page"))) if fits else None
    answer = page_of_admin("audit", page=page, form=form, words=words, most=trail.MOST_LINES)
    return answer, 200 if fits else 400


@blueprint.post("/admin/audit/file")
def audit_file() -> ResponseReturnValue:
    """The lines that are looked for as a file, and a line about that."""
    only_for_the_whole()
    form, extension, op_id = TrailForm(request.form), request.form.get("format"), operation_sent()
    form.offer(trail.verbs())
    if extension not in ("csv", "xlsx") or not form.validate():
        abort(400)
    number = trail.number_of(form.asked)
    if number > trail.MOST_LINES:
        flash(_("Nhiều dòng quá. Hãy chọn ít ngày hơn rồi tải lại."), "warn")
        address: dict[str, Any] = dict(form.address)
        return redirect(url_for("ops.audit", **address), 303)
    data = trail.written(form.asked, extension)
    trail.record_file(current_user.id, form.asked, number, extension, op_id)
    response = Response(data, mimetype=FORMATS[extension].mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename=nhat-ky.{extension}"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/admin/views")
def views() -> ResponseReturnValue:
    """Who looked at which list or person, newest first."""
    only_for_the_whole()
    form = TrailForm(request.args)
    form.offer([])
    fits = form.validate()
    page = trail.views(form.asked, page_number(request.args.get("page"))) if fits else None
    return page_of_admin("views", page=page, form=form, words=words), 200 if fits else 400
