"""Asked once, at the first sign-in of somebody whom an office listed: do they agree?"""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import consents, notices, queries
from app.accounts.ages import is_child
from app.accounts.consent_form import ConsentForm
from app.accounts.guard import CONSENT_FIRST
from app.accounts.routes.door import asked_for, blueprint, private
from app.ui.i18n import gettext as _


@blueprint.route("/account/consent", methods=["GET", "POST"])
def consent() -> ResponseReturnValue:
    """Each purpose by itself, none ticked; for a child a guardian agrees too."""
    page = asked_for() or url_for("home.start")
    person = queries.people([current_user.id])[0]
    if notices.LEARNING in consents.in_force(person.id):
        session.pop(CONSENT_FIRST, None)
        return redirect(page, 303)
    child = is_child(person.birth_date, person.birth_precision)
    form = ConsentForm(child=child)
    if form.validate_on_submit():
        guardian = form.guardian.data if child else None
        consents.answer(current_user, form.purposes, form.op_id.data, guardian)
        session.pop(CONSENT_FIRST, None)
        flash(_("Đã ghi. Xem và rút lại ở trang Dữ liệu của tôi."), "done")
        return redirect(page, 303)
    texts = {purpose: notices.current(purpose) for purpose in notices.PURPOSES}
    shown = render_template(
        "accounts/consent.html", form=form, texts=texts, child=child, next=asked_for(), later=page
    )
    answer = private(shown)
    answer.status_code = 400 if form.errors else 200
    return answer
