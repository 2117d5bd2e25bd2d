"""Rosters: a file is looked at row by row, its columns named, then taken in."""

from dataclasses import replace

from flask import (
    Response,
    abort,
    after_this_request,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import ServiceUnavailable

from app.jobs import actions as jobs
from app.jobs.queries import own_job
from app.lib.paging import Page, offset, page_number
from app.staff import actions, takings, tray
from app.staff.columns import TITLES
from app.staff.formats import FORMATS
from app.staff.forms import ANSWER_FIELD, COLUMN_FIELD, KINDS, ImportForm, UploadForm, answers
from app.staff.forms import columns as columns_sent
from app.staff.looks import Look, choices
from app.staff.plan import Answer, Outcome
from app.staff.roster import RosterProblem
from app.staff.routes.door import blueprint, own_desk, own_unit
from app.staff.sample import sample_file
from app.staff.takings import CHANGED, LARGE, WRONG_ROWS, OutOfScope
from app.staff.tray import Slip, TrayProblem
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.ui.transaction import reads_only

LINES_ON_A_PAGE = 100
DOUBTS_SHOWN = 200
SCHOOL = "Trường học"


@blueprint.get("/staff/rosters/new", endpoint="roster")
def roster_form() -> ResponseReturnValue:
    """Upload a roster."""
    return _upload_page(_upload_form())


@blueprint.get("/staff/rosters/sample")
def sample() -> ResponseReturnValue:
    """An empty roster with the right headings, to be filled in."""
    response = Response(sample_file(), mimetype=FORMATS["xlsx"].mimetype)
    response.headers["Content-Disposition"] = "attachment; filename=danh-sach-mau.xlsx"
    return response


@blueprint.post("/staff/rosters/dry-run")
def dry_run() -> ResponseReturnValue:
    """Show row by row what an import would do; of the people nothing is written."""
    slip = _slip(request.form.get("roster", ""))
    if slip:
        return _look_again(slip)
    form = _upload_form()
    if not form.validate_on_submit():
        return _upload_page(form)
    data, filename = form.file.data.read(), form.file.data.filename[:120]
    name, digest = _kept(data)
    slip = Slip(name, digest, filename, form.unit.data, form.kind.data, current_user.id)
    if len(data) > LARGE:
        return _look_in_line(slip, form.op_id.data)
    try:
        return _look_page(takings.look_now(data, slip), slip)
    except RosterProblem as problem:
        tray.drop(takings.folder(), slip)
        form.file.errors = [said(problem)]
        return _upload_page(form)


@blueprint.get("/staff/rosters/looks/<int(max=2147483647):job_id>")
def looked(job_id: int) -> ResponseReturnValue:
    """What a job saw in a large roster, page by page."""
    job = own_job(current_user.id, job_id)
    if job is None or job.kind != takings.LOOK:
        abort(404)
    slip = replace(Slip(**job.facts), look_id=job.id)
    own_unit(slip.unit_id)
    seen = takings.look_kept(job.id)
    if seen is None:
        return redirect(url_for("jobs.show", job_id=job.id))
    return _look_page(seen, slip)


@blueprint.post("/staff/rosters/columns")
def choose_columns() -> ResponseReturnValue:
    """Somebody says what the columns are; remembered for lists with these headings."""
    slip = _slip(request.form.get("roster", ""))
    if slip is None:
        return _start_again(_("Trang mở đã lâu. Hãy tải tệp lên lại."))
    own_unit(slip.unit_id)
    said_so = columns_sent(request.form)
    if said_so is None:
        flash(_("Hai cột không thể cùng là một thứ. Hãy chọn lại."), "warn")
        return _look_again(slip)
    slip = replace(slip, columns=said_so, fingerprint="")
    if slip.look_id:
        actions.remember_columns(current_user, slip.unit_id, slip.header, said_so)
        return _look_in_line(replace(slip, look_id=0), operation_sent())
    try:
        seen = takings.look_now(tray.take(takings.folder(), slip), slip)
    except (TrayProblem, RosterProblem) as problem:
        return _start_again(said(problem))
    actions.remember_columns(current_user, slip.unit_id, slip.header, said_so, operation_sent())
    return _look_page(seen, slip)


@blueprint.post("/staff/rosters/bad-rows")
@reads_only
def bad_rows() -> ResponseReturnValue:
    """The rows that cannot be taken, as they came, with the reason beside each."""
    slip = _slip(request.form.get("roster", ""))
    if slip is None:
        return _start_again(_("Trang mở đã lâu. Hãy tải tệp lên lại."))
    try:
        data = takings.bad_rows_of(slip)
    except (TrayProblem, RosterProblem) as problem:
        return _start_again(said(problem))
    if data is None:
        abort(404)
    response = Response(data, mimetype=FORMATS["xlsx"].mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={takings.BAD_FILE}"
    return response


@blueprint.post("/staff/rosters")
def import_roster() -> ResponseReturnValue:
    """Import the roster that was shown, once."""
    form = ImportForm()
    slip = _slip(form.roster.data or "")
    if slip is None or not form.validate_on_submit():
        return _start_again(_("Trang mở đã lâu. Hãy tải tệp lên lại."))
    answered = answers(request.form)
    if slip.look_id:
        return _import_in_line(slip, form, answered)
    content = [slip.digest, slip.unit_id, slip.kind, form.rows.data, sorted(answered.items())]
    done = actions.claim_import(form.op_id.data, current_user, [*content, slip.columns])
    if done is None:
        return _import(slip, form, answered)
    return _imported(slip, done)


def _import(slip: Slip, form: ImportForm, answered: dict[int, Answer]) -> ResponseReturnValue:
    own_unit(slip.unit_id)
    try:
        found = takings.drawn(tray.take(takings.folder(), slip), slip)
    except (TrayProblem, RosterProblem) as problem:
        actions.give_up_import(form.op_id.data)
        return _start_again(said(problem))
    if found.plan.fingerprint != slip.fingerprint:
        actions.give_up_import(form.op_id.data)
        flash(said(CHANGED), "warn")
        return _look_page(found.look(), slip, 409)
    if found.plan.counts[Outcome.WRONG] and not form.only_good_rows:
        actions.give_up_import(form.op_id.data)
        flash(said(WRONG_ROWS), "warn")
        return _look_page(found.look(), slip, 400)
    try:
        done = actions.import_roster(
            current_user.id, found.plan, answered, op_id=form.op_id.data, filename=slip.filename
        )
    except actions.RosterClash:
        abort(409)
    return _imported(slip, done)


def _imported(slip: Slip, done: str) -> ResponseReturnValue:
    # after the commit: until then the file may be needed again
    @after_this_request
    def clear(answer: Response) -> Response:
        if answer.status_code < 400:
            tray.drop(takings.folder(), slip)
        return answer

    flash(said(done), "done")
    return redirect(url_for("staff.people", unit=slip.unit_id), 303)


def _import_in_line(
    slip: Slip, form: ImportForm, answered: dict[int, Answer]
) -> ResponseReturnValue:
    own_unit(slip.unit_id)
    facts = {
        "slip": takings.facts_of(slip),
        "answers": {str(number): answer.value for number, answer in sorted(answered.items())},
        "rows": form.rows.data,
    }
    back = url_for("staff.looked", job_id=slip.look_id)
    job = jobs.start(current_user, takings.IMPORT, facts, form.op_id.data, back=back)
    return redirect(url_for("jobs.show", job_id=job.id), 303)


def _look_in_line(slip: Slip, op_id: str) -> ResponseReturnValue:
    job = jobs.start(current_user, takings.LOOK, takings.facts_of(slip), op_id)
    job.back = url_for("staff.looked", job_id=job.id)
    return redirect(url_for("jobs.show", job_id=job.id), 303)


def _look_again(slip: Slip) -> ResponseReturnValue:
    if slip.look_id:
        return redirect(url_for("staff.looked", job_id=slip.look_id), 303)
    try:
        data = tray.take(takings.folder(), slip)
        return _look_page(takings.look_now(data, slip), slip)
    except (TrayProblem, RosterProblem) as problem:
        return _start_again(said(problem))


def _start_again(why: str) -> ResponseReturnValue:
    flash(why, "warn")
    return redirect(url_for("staff.roster"), 303)


def _look_page(seen: Look, slip: Slip, status: int = 200) -> ResponseReturnValue:
    number = page_number(request.values.get("page"))
    start = offset(number, LINES_ON_A_PAGE)
    lines = seen.lines[start : start + LINES_ON_A_PAGE]
    slip = takings.looked_at(slip, seen)
    page = render_template(
        "staff/dry_run.html",
        seen=seen,
        unit_id=slip.unit_id,
        doubts=seen.doubts[:DOUBTS_SHOWN],
        more_doubts=max(0, len(seen.doubts) - DOUBTS_SHOWN),
        answer_field=ANSWER_FIELD,
        column_field=COLUMN_FIELD,
        choices={field: said(words) for field, words in choices().items()},
        page=Page(lines, number, LINES_ON_A_PAGE, len(seen.lines)),
        slip=tray.signed(slip, str(current_app.secret_key)),
        look_id=slip.look_id,
        filename=slip.filename,
    )
    return page, 400 if seen.problem else status


def _kept(data: bytes) -> tuple[str, str]:
    try:
        return tray.keep(takings.folder(), data)
    except OSError:
        raise ServiceUnavailable(retry_after=60) from None


def _upload_form() -> UploadForm:
    form = UploadForm()
    desk = own_desk()
    form.unit.choices = [(unit.id, unit.name) for unit in desk.units]
    if not any(unit.kind == SCHOOL for unit in desk.units):
        form.kind.choices = KINDS[:1]
    return form


def _upload_page(form: UploadForm) -> ResponseReturnValue:
    page = render_template("staff/roster.html", form=form, columns=TITLES)
    return page, 400 if form.errors else 200


def _slip(text: str) -> Slip | None:
    return tray.unsigned(text, str(current_app.secret_key), current_user.id) if text else None


@blueprint.errorhandler(OutOfScope)
def out_of_scope(_error: OutOfScope) -> ResponseReturnValue:
    """What is not one's own does not exist."""
    abort(404)
