"""Lists as files: making one, those that were made, those that make themselves, checking one."""

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

from app.jobs import actions as jobs
from app.lib.paging import page_number
from app.staff import actions, exports, made_lists, monthly, pdf
from app.staff.desks import Desk
from app.staff.formats import FORMATS
from app.staff.forms import MonthlyForm
from app.staff.models import MadeList
from app.staff.queries import State
from app.staff.routes.door import address_of, blueprint, own_desk, own_paths, own_unit, wanted_at
from app.staff.routes.lists import state_words
from app.staff.window import number_of
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import said
from app.ui.transaction import reads_only


@blueprint.post("/staff/lists")
def download() -> ResponseReturnValue:
    """A list as a file; it leaves the server after its line of the audit is safe."""
    desk = own_desk()
    wanted, unit = wanted_at(desk, request.form)
    form = request.form.get("format", "")
    if wanted is None or form not in FORMATS:
        abort(400)
    people, op_id = number_of(wanted), operation_sent()
    if form == "pdf" and people > pdf.MOST_LINES:
        flash(said(pdf.too_long(people)), "warn")
        return redirect(address_of(wanted, unit), 303)
    units = [unit] if unit else desk.tops
    once = made_lists.operation_of(op_id, form, str(wanted.state), str(unit and unit.id))
    entered = made_lists.enter(current_user, units, wanted, unit, form, once)
    if exports.takes_long(form, people):
        return _in_line(entered, once, address_of(wanted, unit))
    return _file(entered)


def _in_line(entered: MadeList, op_id: str, back: str) -> ResponseReturnValue:
    once = made_lists.operation_of(op_id, "job")
    job = jobs.start(current_user, exports.EXPORT, {"list": entered.id}, once, back=back)
    entered.job_id = job.id
    return redirect(url_for("jobs.show", job_id=job.id), 303)


def _file(entered: MadeList) -> Response:
    response, list_id = Response(mimetype=FORMATS[entered.form].mimetype), entered.id
    name = f"danh-sach-{entered.wanted['course']}-{entered.made_on:%Y%m%d}.{entered.form}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"

    # after the commit: a long PDF must not hold the database's write lock
    @after_this_request
    def write(answer: Response) -> Response:
        if answer.status_code == 200:
            answer.set_data(exports.write_now(list_id))
        return answer

    return response


@blueprint.get("/staff/lists/made")
def made() -> ResponseReturnValue:
    """The lists that one's own units made, and those that make themselves."""
    desk = own_desk()
    return _made_page(desk, _monthly_form(desk))


def _made_page(desk: Desk, form: MonthlyForm) -> ResponseReturnValue:
    number = page_number(request.args.get("page"))
    page = render_template(
        "staff/made.html",
        page=made_lists.made_lists(desk.paths, number),
        kept=made_lists.file_of,
        settings=monthly.settings(desk.paths),
        titles={course.slug: course.title for course in desk.courses},
        state_words=state_words(),
        form=form,
    )
    return page, 400 if form.errors else 200


def _monthly_form(desk: Desk) -> MonthlyForm:
    form = MonthlyForm()
    form.offer(desk)
    return form


@blueprint.post("/staff/lists/made/<int(max=2147483647):list_id>/file")
def made_file(list_id: int) -> ResponseReturnValue:
    """The file of a list as it was made, once more."""
    found = made_lists.made_list(list_id, own_paths())
    data = made_lists.kept_file(found.made) if found else None
    if found is None or data is None:
        abort(404)
    actions.record_again(current_user, found.made)
    response = Response(data, mimetype=FORMATS[found.made.form].mimetype)
    name = f"danh-sach-{found.made.number}-{found.made.year}.{found.made.form}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


@blueprint.post("/staff/monthly")
def make_monthly() -> ResponseReturnValue:
    """A list makes itself every month from now on."""
    desk = own_desk()
    form = _monthly_form(desk)
    if not form.validate_on_submit():
        return _made_page(desk, form)
    unit = own_unit(form.unit.data)
    course = next(one for one in desk.courses if one.slug == form.course.data)
    state = State(form.state.data) if form.state.data else None
    kind, day = form.form.data, form.day.data
    monthly.make_monthly(current_user, unit, course, state, kind, day, form.op_id.data)
    flash(_("Từ nay danh sách này tự lập hằng tháng."), "done")
    return redirect(url_for("staff.made"), 303)


@blueprint.post("/staff/monthly/<int(max=2147483647):monthly_id>/end")
def end_monthly(monthly_id: int) -> ResponseReturnValue:
    """A list does not make itself any more."""
    found = monthly.setting(monthly_id, own_paths())
    if found is None:
        abort(404)
    monthly.end_monthly(current_user, found, operation_sent())
    flash(_("Danh sách này thôi tự lập."), "done")
    return redirect(url_for("staff.made"), 303)


@blueprint.route("/staff/lists/check", methods=["GET", "POST"])
@reads_only
def check() -> ResponseReturnValue:
    """Whether a list somebody holds is as it was made: by its code, by the file, or by both."""
    code, sent = request.values.get("code", "")[:40], request.files.get("file")
    data = sent.read() if sent else b""
    found = made_lists.check(code, data)
    asked = bool(code or data) or request.method == "POST"
    page = render_template(
        "staff/check.html",
        code=code,
        shown=bool(data),
        found=found,
        asked=asked,
        state_words=state_words(),
        megabytes=current_app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024),
    )
    return page, 404 if asked and found is None else 200
