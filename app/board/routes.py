"""Addresses of the board; `?don-vi=<id>` names the unit it is about."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Role
from app.board import actions, queries
from app.board.figures import Order
from app.board.forms import DenominatorForm
from app.board.queries import Place
from app.content.programme import Indicator
from app.content.shelf import shelf
from app.counts.models import EVIDENCE_TITLES
from app.lib.dates import parse_vietnamese_date
from app.ui.filters import vn_number
from app.ui.i18n import gettext as _
from app.units.models import Unit
from app.units.queries import scope, today

blueprint = Blueprint("board", __name__, template_folder="templates")


@blueprint.get("/board", endpoint="indicators")
def board() -> ResponseReturnValue:
    """Each indicator of a place against its target."""
    own = queries.own_units(_scope())
    if not own:
        return render_template("board/no_units.html")
    place = _asked_place() or queries.place_of(own[0], _day())
    return render_template(
        "board/indicators.html",
        place=place,
        own=own,
        lines=queries.overview(place, shelf.programme.indicators),
        vneid=queries.vneid(place),
        **_shared(place),
    )


@blueprint.get("/board/<indicator_id>")
def indicator(indicator_id: str) -> ResponseReturnValue:
    """One indicator by commune, or by the units inside a commune."""
    found, place, order = _indicator(indicator_id), _place(), _order()
    return render_template(
        "board/indicator.html",
        indicator=found,
        place=place,
        order=order,
        table=queries.breakdown(place, found, order),
        **_shared(place),
    )


@blueprint.route("/board/<indicator_id>/denominator", methods=["GET", "POST"])
def set_denominator(indicator_id: str) -> ResponseReturnValue:
    """Type in how many people an indicator is measured against, with source and day."""
    found, place = _indicator(indicator_id), queries.place_of(_place().unit)
    units = {unit.id: unit for unit in (*queries.areas(_scope()), place.unit)}
    form = DenominatorForm(unit=place.unit.id)
    form.unit.choices = [(unit.id, unit.name) for unit in units.values()]
    if form.validate_on_submit():
        return _entered(found, units[form.unit.data], form)
    page = render_template(
        "board/denominator.html",
        form=form,
        indicator=found,
        place=place,
        known=queries.denominator(found.id, place.unit.id),
    )
    return page, 400 if form.errors else 200


def _entered(found: Indicator, unit: Unit, form: DenominatorForm) -> ResponseReturnValue:
    actions.set_denominator(
        current_user,
        form.op_id.data,
        found.id,
        unit,
        value=form.persons,
        source=form.source.data,
        as_of=form.day,
    )
    people = vn_number(form.persons)
    told = _("Đã ghi mẫu số của %(unit)s: %(people)s người.", unit=unit.name, people=people)
    flash(told, "done")
    row = url_for("board.indicator", indicator_id=found.id, _anchor=f"don-vi-{unit.id}")
    return redirect(row, 303)


def _shared(place: Place) -> dict[str, Any]:
    heads = [(title, "number") for title in EVIDENCE_TITLES.values()]
    return {
        "programme": shelf.programme,
        "today": today(),
        "typed_day": request.args.get("ngay", ""),
        # what the links of a report of another day take along
        "as_of": {"ngay": place.day.isoformat()} if place.day else {},
        "levels": EVIDENCE_TITLES,
        "level_heads": heads,
    }


def _indicator(indicator_id: str) -> Indicator:
    return shelf.programme.indicator(indicator_id) or abort(404)


def _scope() -> tuple[str, ...]:
    """The subtrees in which this person watches the targets; read once per request."""
    paths: tuple[str, ...] | None = g.get("board_scope")
    if paths is None:
        paths = g.board_scope = scope(current_user, Role.OFFICER, Role.ADMIN)
    return paths


def _place() -> Place:
    """The place asked for, else the first of the scope."""
    place = _asked_place()
    if place is None:
        own = queries.own_units(_scope()) or abort(404)
        place = queries.place_of(own[0], _day())
    return place


def _asked_place() -> Place | None:
    """The place of the unit in the address; 404 when it lies outside the scope."""
    asked = request.args.get("don-vi")
    if asked is None:
        return None
    known = asked.isascii() and asked.isdigit() and len(asked) < 10
    return (queries.place(int(asked), _scope(), _day()) if known else None) or abort(404)


def _day() -> date | None:
    """The day asked for, when it has passed; None: as things stand today."""
    try:
        day, precision = parse_vietnamese_date(request.args.get("ngay", "")[:40])
    except ValueError:
        return None
    return day if precision == "day" and day < today() else None


def _order() -> Order:
    asked = request.args.get("xep", "")
    return Order(asked) if asked in set(Order) else Order.NAME
