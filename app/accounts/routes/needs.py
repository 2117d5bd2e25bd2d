"""How I want to learn: larger letters, listening first, captions, my own tongue."""

from flask import flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import needs as actions
from app.accounts.forms import NeedsForm
from app.accounts.routes.door import blueprint, page_of_door
from app.ui import display
from app.ui.i18n import gettext as _


@blueprint.route("/account/needs", methods=["GET", "POST"])
def needs() -> ResponseReturnValue:
    """Choose how pages and helpers meet me; never why."""
    form = NeedsForm(needs=actions.needs_of(current_user.id))
    if not form.validate_on_submit():
        return page_of_door("needs", form)
    actions.choose(current_user, form.needs.data, form.op_id.data)
    flash(_("Đã ghi cách học của anh chị."), "done")
    answer = make_response(redirect(url_for("accounts.account"), 303))
    display.remember(answer, actions.display_of(form.needs.data, others=True))
    return answer
