"""The tree: search, one unit with its history, a new unit, a whole file."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib.hashing import digest
from app.lib.paging import page_number
from app.lib.spreadsheets import SpreadsheetProblem
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.units import decisions, operation_queries, tree_queries, unit_file
from app.units.actions import UnitProblem
from app.units.forms import UnitFileForm, UnitForm
from app.units.imports import Imported
from app.units.models import Unit
from app.units.queries import today
from app.units.routes.door import blueprint, for_the_whole, paths, tabs

MOST_PROBLEMS = 30


@blueprint.get("/units")
def tree() -> ResponseReturnValue:
    """The units I administer: the tops to go down from, or what was searched for."""
    words, kind = request.args.get("q", "")[:160], request.args.get("kind", "")
    ended = "ended" in request.args
    page = None
    if words.strip() or kind or ended:
        number = page_number(request.args.get("page"))
        page = tree_queries.found(paths(), words, kind, ended, number)
    return render_template(
        "units/tree.html",
        page=page,
        tops=tree_queries.tops(paths()),
        asked={"q": words, "kind": kind, "ended": ended},
        kinds=unit_file.KINDS,
        tabs=tabs("units.tree"),
        whole=for_the_whole(),
    )


@blueprint.get("/units/<int(max=2147483647):unit_id>")
def unit(unit_id: int) -> ResponseReturnValue:
    """One unit: what it is, what it was, what it came from, what stands below."""
    one = _unit(unit_id)
    ended = "ended" in request.args
    made_of, became = operation_queries.relatives(one.id)
    return render_template(
        "units/unit.html",
        unit=one,
        above=tree_queries.above(one),
        below=tree_queries.below(one, ended, page_number(request.args.get("page"))),
        ended=ended,
        people=tree_queries.belonging(one),
        versions=operation_queries.versions_of(one.id),
        made_of=made_of,
        became=became,
        operations=operation_queries.operations_of(one.id),
        today=today(),
        tabs=tabs(""),
        whole=for_the_whole(),
    )


@blueprint.route("/units/<int(max=2147483647):unit_id>/below", methods=["GET", "POST"])
def add(unit_id: int) -> ResponseReturnValue:
    """A new unit under this one."""
    parent = _unit(unit_id)
    form = UnitForm()
    if form.validate_on_submit():
        try:
            made = decisions.add(current_user, form.row, parent, form.op_id.data)
        except UnitProblem as problem:
            form.form_errors.append(said(problem))
        else:
            flash(_("Đã thêm %(unit)s.", unit=made.name), "done")
            return redirect(url_for("units.unit", unit_id=made.id), 303)
    page = render_template("units/add.html", form=form, parent=parent)
    return page, 400 if form.errors else 200


@blueprint.route("/units/file", methods=["GET", "POST"])
def take_file() -> ResponseReturnValue:
    """Take a units file, the whole of it or nothing; the checker is that of `units import`."""
    form = UnitFileForm()
    problems: list[str] = []
    if form.validate_on_submit():
        problems = _taken(form)
        if not problems:
            return redirect(url_for("units.tree"), 303)
    page = render_template(
        "units/take_file.html",
        form=form,
        problems=problems[:MOST_PROBLEMS],
        more=len(problems) - MOST_PROBLEMS,
        tabs=tabs("units.take_file"),
        kinds=unit_file.KINDS,
    )
    return page, 400 if form.errors or problems else 200


def _unit(unit_id: int) -> Unit:
    return tree_queries.one(unit_id, paths()) or abort(404)


def _taken(form: UnitFileForm) -> list[str]:
    """Take the file in; what is in the way, else nothing."""
    data = form.file.data.read()
    try:
        read = unit_file.read(data, form.file.data.filename, today())
        if read.problems:
            return read.problems
        fingerprint = digest(data.hex())
        done = decisions.take_file(current_user, read.lines, fingerprint, form.op_id.data)
    except (SpreadsheetProblem, UnitProblem) as problem:
        return [said(problem)]
    _tell(read.remarks, done)
    return []


def _tell(remarks: list[str], done: Imported | None) -> None:
    for remark in remarks[:MOST_PROBLEMS]:
        flash(remark)
    if done is None:
        flash(_("Tệp này đã nhập ở lần gửi trước."))
        return
    facts = {"added": done.added, "updated": done.updated, "linked": done.linked}
    flash(
        _(
            "Đã nhập: thêm %(added)s đơn vị, cập nhật %(updated)s, nối %(linked)s đơn vị cũ với "
            "đơn vị kế tiếp.",
            **facts,
        ),
        "done",
    )
    if done.waiting:
        flash(
            _(
                "Chưa nối được %(number)s mã kế tiếp: hãy nhập tệp đơn vị mới, rồi nhập lại "
                "tệp này.",
                number=len(done.waiting),
            )
        )
