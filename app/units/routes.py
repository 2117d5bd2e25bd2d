"""A learner says where they live."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.ui.safe_urls import local_path
from app.units import actions, queries
from app.units.forms import ResidenceForm

blueprint = Blueprint("units", __name__, template_folder="templates")


@blueprint.route("/residence", methods=["GET", "POST"])
def residence() -> ResponseReturnValue:
    """The commune in which the learner is counted; can be left for later."""
    page = local_path(request.args.get("next")) or url_for("home.start")
    communes = queries.communes()
    form = ResidenceForm()
    form.commune.choices = [(unit.id, unit.name) for unit in communes]
    if form.validate_on_submit():
        unit = next(unit for unit in communes if unit.id == form.commune.data)
        actions.join(current_user, unit, "residence")
        flash(f"Đã ghi nơi ở: {unit.name}.")
        return redirect(page, 303)
    return render_template("units/residence.html", form=form, next=page), 400 if form.errors else 200
