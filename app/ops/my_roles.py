"""Addresses of one's own roles: what I hold, who stands in for me, until when."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import ROLE_TITLES
from app.ops import handed, handing_on
from app.ops.actions import GrantProblem
from app.ops.forms import StandInForm
from app.ops.handed import HeldRole
from app.ops.routes import blueprint
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _

__all__ = ["blueprint"]


@blueprint.route("/account/roles", methods=["GET", "POST"])
def my_roles() -> ResponseReturnValue:
    """My roles; a POST asks a colleague to stand in for one of them."""
    mine = handed.held_by(current_user.id)
    form = StandInForm()
    form.grant.choices = [(one.grant.id, _named(one)) for one in mine if one.may_be_handed_on]
    if len(form.grant.choices) == 1 and not form.is_submitted():
        form.grant.data = form.grant.choices[0][0]
    if form.validate_on_submit() and _handed_on(form):
        return redirect(url_for("ops.my_roles"), 303)
    page = render_template(
        "ops/my_roles.html",
        form=form,
        mine=mine,
        others=handed.handed_on_by(current_user.id),
        titles=ROLE_TITLES,
    )
    return page, 400 if form.errors else 200


@blueprint.post("/account/roles/<int(max=2147483647):grant_id>/end")
def take_role_back(grant_id: int) -> ResponseReturnValue:
    """Nobody stands in any more, before the day that was set."""
    grant = handed.stands_in(current_user, grant_id) or abort(404)
    handing_on.take_back(current_user, grant, operation_sent())
    flash(_("Đã thôi nhờ làm thay."), "done")
    return redirect(url_for("ops.my_roles"), 303)


def _handed_on(form: StandInForm) -> bool:
    try:
        person = handing_on.hand_on(current_user, form.wish, form.op_id.data)
    except GrantProblem as problem:
        form.complain(problem)
        return False
    flash(_("%(name)s làm thay đến hết ngày đã ghi.", name=person.full_name), "done")
    return True


def _named(one: HeldRole) -> str:
    place = one.unit.name if one.unit else _("toàn tỉnh, thành phố")
    return f"{ROLE_TITLES[one.grant.role]} · {place}"
