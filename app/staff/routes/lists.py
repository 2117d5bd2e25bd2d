"""HR's first page, one person, and leaving a unit."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib.paging import page_number
from app.staff import leaving, lists, one_person
from app.staff.forms import LeaveForm
from app.staff.queries import STATES, Sort, State
from app.staff.routes.door import blueprint, own_desk, own_paths, wanted_at
from app.staff.window import window
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.units.models import Membership
from app.units.queries import today

PERSON = "/staff/people/<int(max=2147483647):person_id>"


@blueprint.get("/staff")
def people() -> ResponseReturnValue:
    """The staff of one's own units and how far each one is in a course."""
    desk = own_desk()
    wanted, unit = wanted_at(desk, request.args)
    if wanted is None:
        return render_template("staff/no_course.html", desk=desk)
    return render_template(
        "staff/people.html",
        desk=desk,
        wanted=wanted,
        unit=unit,
        seen=window(wanted, page_number(request.args.get("page"))),
        sorts={Sort.UNIT: _("Theo đơn vị"), Sort.NAME: _("Theo tên")},
        states=STATES,
        state_words=state_words(),
        note=lists.note,
        due_words=lists.due_words,
    )


@blueprint.get(PERSON)
def person(person_id: int) -> ResponseReturnValue:
    """One member of the staff: where they work, and each course in words."""
    return _person_page(person_id, None)


def _person_page(person_id: int, form: LeaveForm | None) -> ResponseReturnValue:
    desk = own_desk()
    member = one_person.staff_member(person_id, desk.paths)
    if member is None:
        abort(404)
    forms = {place.id: _leave_form(place) for place in member.places}
    if form is not None:
        forms[form.place.id] = form
    page = render_template(
        "staff/person.html",
        member=member,
        forms=forms,
        wrong=form,
        today=today(),
        courses=one_person.courses_of(person_id, desk.courses),
        state_words=state_words(),
        what_is_left=lists.what_is_left,
    )
    return page, 400 if form else 200


def _leave_form(place: Membership) -> LeaveForm:
    form = LeaveForm(prefix="")
    form.offer(place)
    return form


@blueprint.post(f"{PERSON}/places/<int(max=2147483647):place_id>/end")
def leave(person_id: int, place_id: int) -> ResponseReturnValue:
    """Somebody moved away or left: their place ends on a day."""
    member = one_person.staff_member(person_id, own_paths())
    places = member.places if member else []
    place = next((place for place in places if place.id == place_id), None)
    if place is None:
        abort(404)
    form = _leave_form(place)
    if not form.validate_on_submit():
        return _person_page(person_id, form)
    leaving.leave(current_user, place, form.day, form.reason.data, form.op_id.data)
    flash(_("Đã ghi. Nếu nhầm, bấm “Trả lại” ở dưới."), "done")
    return redirect(url_for("staff.left"), 303)


@blueprint.get("/staff/left")
def left() -> ResponseReturnValue:
    """Who left, newest first; each can be taken back."""
    page = leaving.departures(own_paths(), page_number(request.args.get("page")))
    reasons = {key: said(words) for key, words in leaving.REASONS.items()}
    return render_template("staff/left.html", page=page, reasons=reasons)


@blueprint.post("/staff/left/<int(max=2147483647):departure_id>/undo")
def come_back(departure_id: int) -> ResponseReturnValue:
    """Somebody did not leave after all."""
    found = leaving.departure(departure_id, own_paths())
    if found is None:
        abort(404)
    try:
        leaving.come_back(current_user, found, operation_sent())
    except leaving.PlaceGone:
        flash(_("Chỗ này đã thay đổi từ lúc đó nên không trả lại được."), "warn")
        return redirect(url_for("staff.left"), 303)
    flash(_("Đã trả lại như trước."), "done")
    return redirect(url_for("staff.left"), 303)


def state_words() -> dict[State, str]:
    """The states as they are called on pages."""
    return {state: said(words) for state, words in lists.STATE_WORDS.items()}
