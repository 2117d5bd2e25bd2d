"""Imports of before: what each one did, and taking it back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib.paging import page_number
from app.staff import imported, undo
from app.staff.actions import may_be_undone
from app.staff.routes.door import blueprint, own_paths
from app.ui.forms import operation_sent
from app.ui.i18n import said

NUMBER = "<int(max=2147483647):import_id>"
NAMES_SHOWN = 200


@blueprint.get("/staff/rosters/imports")
def imports() -> ResponseReturnValue:
    """The imports into one's own units, newest first."""
    page = imported.imports(own_paths(), page_number(request.args.get("page")))
    return render_template("staff/imports.html", page=page)


@blueprint.get(f"/staff/rosters/imports/{NUMBER}")
def one_import(import_id: int) -> ResponseReturnValue:
    """One import, and whom undoing it would leave as they are."""
    found = _own(import_id)
    open_still = may_be_undone(found.taken)
    return render_template(
        "staff/import.html",
        one=found,
        open_still=open_still,
        undoing=undo.undoing(found.taken) if open_still else None,
        most=NAMES_SHOWN,
    )


@blueprint.post(f"/staff/rosters/imports/{NUMBER}/undo")
def undo_import(import_id: int) -> ResponseReturnValue:
    """Take an import back."""
    found = _own(import_id)
    if not may_be_undone(found.taken) and found.taken.undone_at is None:
        abort(409)
    words = undo.undo(current_user, found.taken, operation_sent())
    if words:
        flash(said(words), "done")
    return redirect(url_for("staff.one_import", import_id=import_id), 303)


def _own(import_id: int) -> imported.Imported:
    found = imported.one_import(import_id, own_paths())
    if found is None:
        abort(404)
    return found
