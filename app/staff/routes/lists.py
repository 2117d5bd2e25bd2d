"""Lists: who finished and who did not, one person, files to take away."""

from collections.abc import Mapping

from flask import (
    Response,
    abort,
    after_this_request,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.operations import is_known as operation_is_known
from app.jobs import actions as jobs
from app.lib.paging import page_number
from app.staff import actions, exports, lists, pdf, queries
from app.staff.formats import FORMATS
from app.staff.queries import Desk, State, Wanted
from app.staff.routes.door import blueprint, own_unit
from app.ui.forms import operation_sent
from app.ui.i18n import said
from app.units.models import Unit


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
    if extension != "pdf" and exports.number_of(wanted) > exports.MANY:
        return _in_line(wanted, unit, units, extension)
    made = lists.made(wanted, units, current_user.full_name)
    if extension == "pdf" and len(made.lines) > pdf.MOST_LINES:
        flash(said(pdf.too_long(len(made.lines))), "warn")
        return redirect(_address(wanted, unit), 303)
    actions.record_download(current_user.id, units, wanted, extension)
    return _file(made, extension)


def _in_line(
    wanted: Wanted, unit: Unit | None, units: list[Unit], extension: str
) -> ResponseReturnValue:
    op_id = operation_sent()
    back = _address(wanted, unit)
    facts = exports.facts_of(wanted, unit, extension)
    if not operation_is_known(op_id):
        actions.record_download(current_user.id, units, wanted, extension)
    job = jobs.start(current_user, exports.EXPORT, facts, op_id, back=back)
    return redirect(url_for("jobs.show", job_id=job.id), 303)


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


def _wanted(desk: Desk, asked: Mapping[str, str]) -> tuple[Wanted | None, Unit | None]:
    """Which list is asked for, None without courses; 404 for what is not on this desk."""
    number, slug = asked.get("unit", ""), asked.get("course", "")
    unit = own_unit(int(number)) if number.isdecimal() and len(number) < 10 else None
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
