"""What whoever answers for the data keeps: the incident log and the register of processing."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib import clock
from app.persons.actions import incidents as actions
from app.persons.actions.retention import FILE as RETENTION
from app.persons.actions.retention import KINDS, Periods
from app.persons.forms import IncidentForm, WorkForm
from app.persons.models import DataIncident
from app.persons.office_files import read
from app.persons.processing import register
from app.persons.queries import incidents as queries
from app.persons.routes.door import blueprint, keeper_tabs
from app.ui.forms import Form
from app.ui.i18n import gettext as _

NUMBER = "/admin/incidents/<int(max=2147483647):incident_id>"


@blueprint.route("/admin/incidents", methods=["GET", "POST"])
def incidents() -> ResponseReturnValue:
    """The log of incidents; a POST notes one."""
    form = IncidentForm()
    if form.validate_on_submit():
        noted = actions.note_incident(current_user, *form.facts, form.op_id.data)
        flash(_("Đã ghi sự cố. Hãy báo cơ quan chuyên trách trong 72 giờ."), "done")
        return redirect(url_for("persons.one_incident", incident_id=noted.id), 303)
    page = render_template(
        "persons/incidents.html",
        form=form,
        incidents=queries.incidents(),
        now=clock.now(),
        tabs=keeper_tabs("persons.incidents"),
    )
    return page, 400 if form.errors else 200


@blueprint.route(NUMBER, methods=["GET", "POST"])
def one_incident(incident_id: int) -> ResponseReturnValue:
    """One incident: what is known, what was done; a POST writes it down."""
    found = _found(incident_id)
    form = WorkForm(happened=found.happened, people=_typed(found.people), measures=found.measures)
    if form.validate_on_submit():
        actions.change_incident(current_user, found, *form.facts, form.op_id.data)
        flash(_("Đã lưu."), "done")
        return redirect(url_for("persons.one_incident", incident_id=incident_id), 303)
    page = render_template("persons/incident.html", one=found, form=form, now=clock.now())
    return page, 400 if form.errors else 200


@blueprint.post(f"{NUMBER}/<step>")
def step_of_incident(incident_id: int, step: str) -> ResponseReturnValue:
    """The authority was told, the people were told, or the matter is closed: now."""
    found, form = _found(incident_id), Form()
    if step not in actions.STEPS:
        abort(404)
    if form.validate_on_submit():
        actions.take_step(current_user, found, step, form.op_id.data)
        flash(_("Đã ghi."), "done")
    return redirect(url_for("persons.one_incident", incident_id=incident_id), 303)


@blueprint.get("/admin/processing")
def processing() -> ResponseReturnValue:
    """The register of processing activities, and how long things are kept."""
    periods = read(RETENTION, Periods)
    return render_template(
        "persons/processing.html",
        register=register(),
        periods=[(kind.title, getattr(periods, kind.name)) for kind in KINDS],
        tabs=keeper_tabs("persons.processing"),
    )


def _typed(number: int | None) -> str:
    return "" if number is None else str(number)


def _found(incident_id: int) -> DataIncident:
    return queries.incident(incident_id) or abort(404)
