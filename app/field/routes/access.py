"""A learner comes to sign in by themselves: a card to take the account over, a new PIN."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import cards, keys
from app.accounts.sheet import Sheet, picture
from app.field.routes.door import PERSON, blueprint, met, own
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

SHOWN_ONCE = _l("Thẻ và mã chỉ hiện một lần. Cần nữa thì bấm làm lại: cái trước hết dùng được.")


@blueprint.post(f"{PERSON}/card")
def issue_card(person_id: int) -> ResponseReturnValue:
    """A card for one of my own people, shown once; its first use sets their PIN."""
    known = own(person_id)
    back = redirect(url_for("field.person", person_id=person_id), 303)
    try:
        card = cards.issue_card(known.person, current_user, known.unit_id, operation_sent())
    except cards.CardProblem as problem:
        flash(str(problem), "warn")
        return back
    if card is None:
        flash(str(SHOWN_ONCE))
        return back
    sheet = _sheet(known.unit_name)
    return render_template(
        "field/card.html", card=card, sheet=sheet, picture=picture(sheet.address(card.secret))
    )


@blueprint.post(f"{PERSON}/pin")
def reset_pin(person_id: int) -> ResponseReturnValue:
    """Face to face: a code by which this person sets a new PIN, shown once."""
    learner = met(person_id)
    try:
        key = keys.reset_pin(learner.person, current_user, operation_sent())
    except keys.HoldsRole:
        flash(_("Người này giữ quyền của cán bộ: mã PIN do người quản trị lo."), "warn")
        return redirect(url_for("field.home"), 303)
    if key is None:
        flash(str(SHOWN_ONCE))
        return redirect(url_for("field.home"), 303)
    return render_template(
        "field/new_pin.html", person=learner.person, key=key, sheet=_sheet(learner.unit_name)
    )


def _sheet(issuer: str) -> Sheet:
    settings = current_app.extensions["settings"]
    return Sheet(settings.base_url, settings.site_name, issuer, settings.hotline)
