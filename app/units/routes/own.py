"""A learner says where they live."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.ui.i18n import gettext as _
from app.ui.safe_urls import local_path
from app.units import actions, queries
from app.units.forms import ResidenceForm
from app.units.routes.door import blueprint


@blueprint.route("/residence", methods=["GET", "POST"])
def residence() -> ResponseReturnValue:
    """The commune in which the learner is counted; can be left for later."""
    page = local_path(request.args.get("next")) or url_for("home.start")
    communes = queries.communes()
    places = queries.memberships(current_user.id)
    home = next((place.unit for place in places if place.kind == "residence"), None)
    form = ResidenceForm(commune=home.id if home else None)
    form.commune.choices = [("", _("Chọn trong danh sách…"))] + [(u.id, u.name) for u in communes]
    if form.validate_on_submit():
        unit = next(unit for unit in communes if unit.id == form.commune.data)
        actions.move_home(current_user, unit, form.op_id.data)
        flash(_("Đã ghi nơi ở: %(unit)s.", unit=unit.name), "done")
        return redirect(page, 303)
    status = 400 if form.errors else 200
    return render_template("units/residence.html", form=form, home=home, next=page), status
