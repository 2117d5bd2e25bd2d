"""People of a divided unit: who waits to be confirmed, and where they belong."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib.ids import row_id
from app.lib.paging import page_number
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.units import confirming, waiting_queries
from app.units.card_desk import desk_of
from app.units.routes.door import blueprint, tabs


@blueprint.get("/units/waiting")
def waiting() -> ResponseReturnValue:
    """The units I am in charge of where people wait to be confirmed."""
    lists = waiting_queries.lists(desk_of(current_user))
    return render_template("units/waiting.html", lists=lists, tabs=tabs("units.waiting"))


@blueprint.get("/units/waiting/<int(max=2147483647):old_id>/<int(max=2147483647):unit_id>")
def waiting_people(old_id: int, unit_id: int) -> ResponseReturnValue:
    """Who came from a divided unit and is only supposed to belong to this one."""
    waits = waiting_queries.one(desk_of(current_user), old_id, unit_id) or abort(404)
    return render_template(
        "units/waiting_people.html",
        waits=waits,
        page=waiting_queries.people(waits, page_number(request.args.get("page"))),
        successors=confirming.successors(old_id),
        all="all" in request.args,
        tabs=tabs("units.waiting"),
    )


@blueprint.post("/units/waiting/<int(max=2147483647):old_id>/<int(max=2147483647):unit_id>")
def confirm(old_id: int, unit_id: int) -> ResponseReturnValue:
    """Say where those who were ticked belong."""
    waits = waiting_queries.one(desk_of(current_user), old_id, unit_id) or abort(404)
    form = Form()
    if not form.validate_on_submit():
        abort(400)
    wanted = set(map(row_id, request.form.getlist("person")))
    target = row_id(request.form.get("unit"))
    if target not in {one.id for one in confirming.successors(old_id)}:
        flash(_("Chưa chọn đơn vị mà những người này thuộc về."), "wrong")
    elif not wanted:
        flash(_("Chưa chọn ai: hãy đánh dấu trước tên."), "wrong")
    else:
        known = waiting_queries.among(waits, wanted, current_user.id)
        if known != wanted:
            abort(404)
        confirming.place(current_user, old_id, target, sorted(wanted), form.op_id.data)
        flash(_("Đã ghi đơn vị của %(number)s người.", number=len(wanted)), "done")
    return redirect(url_for("units.waiting_people", old_id=old_id, unit_id=unit_id), 303)
