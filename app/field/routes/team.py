"""The community digital team of a commune: whom its people may call."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Role
from app.field.forms.work import ContactForm
from app.field.routes.door import blueprint
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.units import actions, queries
from app.units.models import Unit


@blueprint.route("/field/team", methods=["GET", "POST"])
def team() -> ResponseReturnValue:
    """Names and phones that the people of a commune see on their help page."""
    communes = [unit for unit in queries.units_in(_paths()) if unit.is_commune]
    unit = _chosen(communes)
    form = ContactForm()
    if unit and form.validate_on_submit():
        actions.add_team_member(current_user, unit, form.contact, form.op_id.data)
        flash(_("Đã đưa %(name)s lên trang nhờ giúp.", name=form.full_name.data), "done")
        return redirect(url_for("field.team", unit=unit.id), 303)
    members = queries.team(unit.id) if unit else []
    page = render_template(
        "field/team.html", form=form, unit=unit, communes=communes, members=members
    )
    return page, 400 if form.errors else 200


def _chosen(communes: list[Unit]) -> Unit | None:
    asked = request.args.get("unit", "")
    if not asked:
        return communes[0] if communes else None
    return next((unit for unit in communes if str(unit.id) == asked), None) or abort(404)


@blueprint.post("/field/team/<int(max=2147483647):member_id>/removal")
def remove(member_id: int) -> ResponseReturnValue:
    """Somebody left the team."""
    member = queries.team_member(member_id, _paths()) or abort(404)
    actions.remove_team_member(current_user, member, operation_sent())
    flash(_("Đã bỏ khỏi trang nhờ giúp."), "done")
    return redirect(url_for("field.team", unit=member.unit_id), 303)


def _paths() -> tuple[str, ...]:
    return queries.scope(current_user, Role.HELPER, Role.ADMIN)
