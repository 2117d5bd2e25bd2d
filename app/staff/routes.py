"""Addresses of the staff room: lists of one's own units, and rosters to take in."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flask import (
    Blueprint,
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

from app.accounts.models import Role
from app.config import Settings
from app.lib.paging import Page, offset, page_number
from app.staff import actions, lists, pdf, queries, tray
from app.staff.columns import TITLES
from app.staff.formats import FORMATS
from app.staff.forms import ANSWER_FIELD, KINDS, ImportForm, UploadForm, answers
from app.staff.plan import Answer, Outcome, Plan, draw
from app.staff.queries import Desk, State, Wanted
from app.staff.roster import RosterProblem, read
from app.staff.sample import sample_file
from app.staff.tray import Slip, TrayProblem
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.ui.transaction import reads_only
from app.units.models import Unit
from app.units.queries import scope, unit_within

blueprint = Blueprint("staff", __name__, template_folder="templates")
LINES_ON_A_PAGE = 100
DOUBTS_SHOWN = 200
SCHOOL = "Trường học"


@blueprint.get("/staff")
def people() -> ResponseReturnValue:
    """The staff of one's own units and how far each one is in a course."""
    desk = queries.desk_of(current_user)
    wanted, unit = _wanted(desk, request.args)
    if wanted is None:
        return render_template("staff/no_course.html", desk=desk)
    return render_template(
        "staff/people.html",
        desk=desk,
        wanted=wanted,
        unit=unit,
        counts=queries.summary(wanted),
        page=queries.page(wanted, page_number(request.args.get("page"))),
        state_words=_state_words(),
        note=lists.note,
    )


@blueprint.get("/staff/people/<int(max=2147483647):person_id>")
def person(person_id: int) -> ResponseReturnValue:
    """One member of the staff: where they work, and each course in words."""
    desk = queries.desk_of(current_user)
    member = queries.staff_member(person_id, desk.paths)
    if member is None:
        abort(404)
    return render_template(
        "staff/person.html",
        member=member,
        courses=queries.courses_of(person_id, desk.courses),
        state_words=_state_words(),
        what_is_left=lists.what_is_left,
    )


@blueprint.post("/staff/lists")
def download() -> ResponseReturnValue:
    """A list as a file; it leaves the server after its audit line is safe."""
    desk = queries.desk_of(current_user)
    wanted, unit = _wanted(desk, request.form)
    extension = request.form.get("format", "")
    if wanted is None or extension not in FORMATS:
        abort(400)
    units = [unit] if unit else desk.tops
    made = lists.made(wanted, units, current_user.full_name)
    if extension == "pdf" and len(made.lines) > pdf.MOST_LINES:
        flash(said(pdf.too_long(len(made.lines))), "warn")
        return redirect(_address(wanted, unit), 303)
    actions.record_download(current_user.id, units, wanted, extension)
    return _file(made, extension)


def _state_words() -> dict[State, str]:
    return {state: said(words) for state, words in lists.STATE_WORDS.items()}


def _file(made: lists.StaffList, extension: str) -> Response:
    kind = FORMATS[extension]
    response = Response(mimetype=kind.mimetype)
    name = f"danh-sach-{made.course.slug}-{made.on:%Y%m%d}.{extension}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"

    # after the commit: a long PDF must not hold the database's write lock
    @after_this_request
    def write(answer: Response) -> Response:
        answer.set_data(kind.write(made, None))
        return answer

    return response


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
@reads_only
def dry_run() -> ResponseReturnValue:
    """Show row by row what an import would do; nothing is written."""
    slip = _slip(request.form.get("roster", ""))
    if slip:
        return _turn_page(slip)
    form = _upload_form()
    if not form.validate_on_submit():
        return _upload_page(form)
    data, filename = form.file.data.read(), form.file.data.filename[:120]
    unit = _unit(form.unit.data)
    try:
        plan = draw(read(data, filename), unit, form.kind.data, _identity_key())
    except RosterProblem as problem:
        form.file.errors = [said(problem)]
        return _upload_page(form)
    slip = _keep(data, filename, plan)
    return _plan_page(plan, slip)


@blueprint.post("/staff/rosters")
def import_roster() -> ResponseReturnValue:
    """Import the roster that was shown, once."""
    form = ImportForm()
    slip = _slip(form.roster.data or "")
    if slip is None or not form.validate_on_submit():
        flash(_("Trang mở đã lâu. Hãy tải tệp lên lại."), "warn")
        return redirect(url_for("staff.roster"), 303)
    answered = answers(request.form)
    content = [slip.digest, slip.unit_id, slip.kind, form.rows.data, sorted(answered.items())]
    done = actions.claim_import(form.op_id.data, current_user, content)
    if done is None:
        return _import(slip, form, answered)
    return _imported(slip, done)


def _import(slip: Slip, form: ImportForm, answered: dict[int, Answer]) -> ResponseReturnValue:
    try:
        plan = _plan(slip)
    except TrayProblem as problem:
        actions.give_up_import(form.op_id.data)
        flash(said(problem), "warn")
        return redirect(url_for("staff.roster"), 303)
    if plan.fingerprint != slip.fingerprint:
        actions.give_up_import(form.op_id.data)
        flash(
            _("Trong lúc đó dữ liệu đã thay đổi. Chưa nhập gì; hãy xem lại rồi bấm nhập."), "warn"
        )
        return _plan_page(plan, replace(slip, fingerprint=plan.fingerprint)), 409
    if plan.counts[Outcome.WRONG] and not form.only_good_rows:
        actions.give_up_import(form.op_id.data)
        flash(_("Tệp có dòng sai. Chưa nhập gì; hãy chọn chỉ nhập các dòng đúng."), "warn")
        return _plan_page(plan, slip), 400
    try:
        done = actions.import_roster(current_user.id, plan, answered, op_id=form.op_id.data)
    except actions.RosterClash:
        abort(409)
    return _imported(slip, done)


def _imported(slip: Slip, done: str) -> ResponseReturnValue:
    # after the commit: until then the file may be needed again
    @after_this_request
    def clear(answer: Response) -> Response:
        if answer.status_code < 400:
            tray.drop(_folder(), slip)
        return answer

    flash(said(done), "done")
    return redirect(url_for("staff.people", unit=slip.unit_id), 303)


def _turn_page(slip: Slip) -> ResponseReturnValue:
    try:
        return _plan_page(_plan(slip), slip)
    except TrayProblem as problem:
        flash(said(problem), "warn")
        return redirect(url_for("staff.roster"), 303)


def _plan(slip: Slip) -> Plan:
    data = tray.take(_folder(), slip)
    return draw(read(data, slip.filename), _unit(slip.unit_id), slip.kind, _identity_key())


def _plan_page(plan: Plan, slip: Slip) -> str:
    number = page_number(request.form.get("page"))
    start = offset(number, LINES_ON_A_PAGE)
    lines = plan.by_attention[start : start + LINES_ON_A_PAGE]
    return render_template(
        "staff/dry_run.html",
        plan=plan,
        counts=plan.counts,
        Outcome=Outcome,
        doubts=plan.of(Outcome.DOUBT)[:DOUBTS_SHOWN],
        answer_field=ANSWER_FIELD,
        page=Page(lines, number, LINES_ON_A_PAGE, len(plan.lines)),
        slip=tray.signed(slip, str(current_app.secret_key)),
        filename=slip.filename,
    )


def _keep(data: bytes, filename: str, plan: Plan) -> Slip:
    try:
        name, digest = tray.keep(_folder(), data)
    except OSError:
        raise ServiceUnavailable(retry_after=60) from None
    return Slip(name, digest, filename, plan.unit.id, plan.kind, current_user.id, plan.fingerprint)


def _upload_form() -> UploadForm:
    form = UploadForm()
    desk = queries.desk_of(current_user)
    form.unit.choices = [(unit.id, unit.name) for unit in desk.units]
    if not any(unit.kind == SCHOOL for unit in desk.units):
        form.kind.choices = KINDS[:1]
    return form


def _upload_page(form: UploadForm) -> ResponseReturnValue:
    page = render_template("staff/roster.html", form=form, columns=TITLES)
    return page, 400 if form.errors else 200


def _slip(text: str) -> Slip | None:
    return tray.unsigned(text, str(current_app.secret_key), current_user.id) if text else None


def _wanted(desk: Desk, asked: Mapping[str, str]) -> tuple[Wanted | None, Unit | None]:
    """Which list is asked for, None without courses; 404 for what is not on this desk."""
    number, slug = asked.get("unit", ""), asked.get("course", "")
    unit = _unit(int(number)) if number.isdecimal() and len(number) < 10 else None
    course = next((course for course in desk.courses if slug in ("", course.slug)), None)
    if course is None and slug:
        abort(404)
    if course is None:
        return None, unit
    state = next((state for state in State if state == asked.get("state")), None)
    paths = (unit.path,) if unit else desk.paths
    return Wanted(course, paths, state, asked.get("q", "")[:80]), unit


def _address(wanted: Wanted, unit: Unit | None) -> str:
    unit_id = unit.id if unit else None
    return url_for("staff.people", course=wanted.course.slug, unit=unit_id, state=wanted.state)


def _unit(unit_id: int) -> Unit:
    unit = unit_within(unit_id, scope(current_user, Role.HR))
    if unit is None:
        abort(404)
    return unit


def _settings() -> Settings:
    return current_app.extensions["settings"]  # type: ignore[no-any-return]


def _identity_key() -> str:
    return _settings().identity_key.get_secret_value()


def _folder() -> Path:
    return _settings().instance / "rosters"
