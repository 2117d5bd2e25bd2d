"""A unit prints cards for its people."""

from collections.abc import Callable, Mapping

from flask import (
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.cards import CardProblem, NewCard, issue_printed
from app.accounts.cards import withdraw_card as withdraw
from app.accounts.sheet import Sheet
from app.accounts.sheet import print_cards as print_sheets
from app.lib.ids import row_id
from app.lib.paging import page_number
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.units import card_desk, queries
from app.units.card_desk import CardDesk
from app.units.models import Unit
from app.units.routes.door import blueprint


@blueprint.get("/cards")
def cards() -> ResponseReturnValue:
    """The people of one's own units and their cards."""
    desk = card_desk.desk_of(current_user)
    unit = _unit_of(desk, request.args)
    words = request.args.get("q", "")
    page = card_desk.lines(desk, unit, words, page_number(request.args.get("page")))
    facts = {"units": card_desk.units_of(desk), "unit": unit, "words": words}
    return render_template("units/cards.html", page=page, all="all" in request.args, **facts)


@blueprint.post("/cards")
def print_cards() -> ResponseReturnValue:
    """New cards for the people chosen, as sheets to print; this answer alone ever shows them."""
    desk, op_id = card_desk.desk_of(current_user), operation_sent()
    unit = _unit_of(desk, request.form) or card_desk.top_of(desk) or abort(404)
    wanted = set(map(row_id, request.form.getlist("person")))
    people = card_desk.chosen(desk, wanted)
    if {person.id for person in people} != wanted:
        abort(404)
    if not people:
        return _back(_("Chưa chọn ai: hãy đánh dấu trước tên người cần thẻ."))
    try:
        pdf = issue_printed(people, current_user, unit.id, op_id, _printer(unit))
    except CardProblem as problem:
        return _back(str(problem))
    if pdf is None:
        return _back(_("Thẻ đã in ở lần gửi trước. Cần in lại thì chọn lại tên rồi bấm In thẻ."))
    return _sheets(pdf)


@blueprint.post("/cards/<int(max=2147483647):person_id>/withdrawal")
def withdraw_card(person_id: int) -> ResponseReturnValue:
    """A card was lost: it opens nothing any more."""
    desk, op_id = card_desk.desk_of(current_user), operation_sent()
    people = card_desk.chosen(desk, [person_id])
    if not people:
        abort(404)
    if withdraw(people[0], current_user, op_id):
        flash(_("Thẻ của %(name)s hết dùng được.", name=people[0].full_name), "done")
    return redirect(url_for("units.cards"), 303)


def _unit_of(desk: CardDesk, sent: Mapping[str, str]) -> Unit | None:
    """The unit asked for; 404 outside the desk."""
    text = sent.get("unit", "")
    if not text:
        return None
    return queries.unit_within(row_id(text), desk.paths) or abort(404)


def _printer(unit: Unit) -> Callable[[list[NewCard]], bytes]:
    settings = current_app.extensions["settings"]
    sheet = Sheet(settings.base_url, settings.site_name, unit.name, settings.hotline)
    return lambda new: print_sheets(new, sheet)


def _sheets(pdf: bytes) -> ResponseReturnValue:
    answer = make_response(pdf)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = 'attachment; filename="the-hoc.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _back(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("units.cards"), 303)
