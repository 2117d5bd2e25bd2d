"""Merge, split, rename, move, dissolve: look at it first, then do it; list and undo."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib.ids import row_id
from app.lib.paging import page_number
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.units import decisions, operation_queries, planning, tree_queries
from app.units.actions import UnitProblem
from app.units.forms import ActForm, act_form
from app.units.models import Unit
from app.units.operation_models import KIND_TITLES, Kind
from app.units.operation_queries import Preview
from app.units.queries import EVERYWHERE
from app.units.routes.door import blueprint, tabs
from app.units.undoing import BuiltOn, UndoneAlready, built_on


@blueprint.route("/units/<int(max=2147483647):unit_id>/<act>", methods=["GET", "POST"])
def decide(unit_id: int, act: str) -> ResponseReturnValue:
    """An act on a unit: the form, what it would do, and doing it."""
    unit = tree_queries.one(unit_id, (EVERYWHERE,)) or abort(404)
    form = _form(unit, act)
    seen = None
    if form.validate_on_submit():
        try:
            if request.form.get("step") == "do":
                return _done(form, unit)
            seen = operation_queries.preview(decisions.plan_of(form.asked(unit)))
        except UnitProblem as problem:
            form.form_errors.append(said(problem))
    return _decide_page(form, unit, seen)


def _form(unit: Unit, act: str) -> ActForm:
    kind = Kind(act) if act in decisions.ACTS else abort(404)
    beside = tree_queries.beside(unit) if kind is Kind.MERGE else []
    return act_form(kind, unit, beside, _below(unit) if kind is Kind.SPLIT else [])


def _below(unit: Unit) -> list[Unit]:
    if request.method == "GET":
        return planning.children_of(unit)
    # as they were told: sent again, they stand below another unit by now
    told = [name.removeprefix("child_") for name in request.form if name.startswith("child_")]
    return tree_queries.by_ids(map(row_id, told))


def _done(form: ActForm, unit: Unit) -> ResponseReturnValue:
    done = decisions.put_in_force(current_user, form.asked(unit), form.op_id.data)
    flash(_("Đã ghi: %(title)s.", title=done.title), "done")
    return redirect(url_for("units.operation", operation_id=done.id), 303)


def _decide_page(form: ActForm, unit: Unit, seen: Preview | None) -> ResponseReturnValue:
    page = render_template(
        "units/decide.html",
        form=form,
        unit=unit,
        seen=seen,
        title=KIND_TITLES[form.kind],
        act=form.kind.value,
    )
    return page, 400 if form.errors else 200


@blueprint.get("/units/operations")
def operations() -> ResponseReturnValue:
    """Everything that was done to the tree, the last first."""
    page = operation_queries.operations(page_number(request.args.get("page")))
    return render_template(
        "units/operations.html", page=page, kinds=KIND_TITLES, tabs=tabs("units.operations")
    )


@blueprint.get("/units/operations/<int(max=2147483647):operation_id>")
def operation(operation_id: int) -> ResponseReturnValue:
    """One operation: what became of what, who moved, and whether it can be undone."""
    done = operation_queries.operation(operation_id) or abort(404)
    return render_template(
        "units/operation.html",
        done=done,
        kind=KIND_TITLES[Kind(done.kind)],
        links=operation_queries.links_of(done.id),
        later=[] if done.undone_at else built_on(done),
        tabs=tabs("units.operations"),
    )


@blueprint.post("/units/operations/<int(max=2147483647):operation_id>/undo")
def undo(operation_id: int) -> ResponseReturnValue:
    """The tree, people and roles are again what they were before the operation."""
    operation_queries.operation(operation_id) or abort(404)
    form = Form()
    if not form.validate_on_submit():
        abort(400)
    try:
        decisions.take_back(current_user, operation_id, form.op_id.data)
        flash(_("Đã hoàn tác: mọi thứ trở lại như trước, không con số nào thay đổi."), "done")
    except UndoneAlready:
        flash(_("Việc này đã được hoàn tác từ trước."))
    except BuiltOn as problem:
        flash(
            _(
                "Sau việc này còn việc khác dựa vào nó: %(title)s. Hãy hoàn tác việc sau trước.",
                title=problem.later[0].title,
            )
        )
    return redirect(url_for("units.operation", operation_id=operation_id), 303)
