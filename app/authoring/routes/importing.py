"""A course made elsewhere comes in as a draft."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring.actions import importing
from app.authoring.forms import ImportForm
from app.authoring.routes.door import blueprint, courses_folder, look_at_files
from app.content.adoption import Adopted
from app.content.import_report import ImportRefused

FILES_SHOWN = 300


@blueprint.get("/studio/import")
def import_form() -> ResponseReturnValue:
    """Choose a course made elsewhere to bring in."""
    return _import_page(ImportForm())


@blueprint.post("/studio/import")
def import_course() -> ResponseReturnValue:
    """Bring a course in as a draft, and tell what became of each file."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _import_page(form)
    upload = importing.Upload(form.file.data.filename[:120], form.file.data.read(), form.slug.data)
    try:
        found = importing.import_course(form.op_id.data, current_user, upload, courses_folder())
    except ImportRefused as refusal:
        form.file.errors = [str(refusal)]
        return _import_page(form)
    return _imported(found)


def _import_page(form: ImportForm) -> ResponseReturnValue:
    megabytes = current_app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024)
    page = render_template(
        "authoring/import.html", form=form, most=importing.IN_A_BROWSER, megabytes=megabytes
    )
    return page, 400 if form.errors else 200


def _imported(found: Adopted | str) -> ResponseReturnValue:
    look_at_files()
    if isinstance(found, str):
        return redirect(url_for("authoring.course", slug=found), 303)
    lines = found.report.lines
    return render_template(
        "authoring/imported.html",
        adopted=found,
        lines=lines[:FILES_SHOWN],
        more=max(len(lines) - FILES_SHOWN, 0),
    )
