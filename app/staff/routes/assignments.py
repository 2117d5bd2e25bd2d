"""Courses given to units with a day, and reminding those who are asked."""

from urllib.parse import quote

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.content.shelf import shelf
from app.learning import assignments as given
from app.lib.dates import short_date
from app.lib.paging import page_number
from app.staff import prompts
from app.staff.forms import AssignForm
from app.staff.prompts import Prompted
from app.staff.queries import State, Wanted
from app.staff.routes.door import blueprint, own_desk, own_paths, own_unit, wanted_at
from app.staff.routes.lists import state_words
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.units.queries import today

NUMBER = "<int(max=2147483647):assignment_id>"


@blueprint.get("/staff/assignments")
def assignments() -> ResponseReturnValue:
    """What was given to one's own units and to those above them."""
    desk = own_desk()
    return render_template(
        "staff/assignments.html",
        page=given.assignments(desk.paths, page_number(request.args.get("page"))),
        own={unit.id for unit in desk.units},
        titles={course.slug: course.title for course in shelf.published()},
        groups=shelf.programme.group_titles,
        today=today(),
    )


@blueprint.get("/staff/assignments/new")
def assign_form() -> ResponseReturnValue:
    """Give a course: which, to whom, until when."""
    form = _form()
    asked = request.args
    if asked.get("course") in dict(form.course.choices):
        form.course.data = asked["course"]
    if asked.get("unit", "").isdecimal() and int(asked["unit"]) in dict(form.unit.choices):
        form.unit.data = int(asked["unit"])
    return _page(form)


@blueprint.post("/staff/assignments")
def assign() -> ResponseReturnValue:
    """Give the course that was chosen."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form)
    unit = own_unit(form.unit.data)
    course = next(one for one in own_desk().courses if one.slug == form.course.data)
    try:
        given.assign(current_user, unit, course, form.day, form.group.data, form.op_id.data)
    except given.AlreadyGiven as problem:
        day = short_date(problem.known.due_on)
        form.due_on.errors = [
            _("Khóa này đã giao với hạn %(day)s. Muốn đổi hạn thì thôi giao rồi giao lại.", day=day)
        ]
        return _page(form)
    flash(_("Đã giao khóa học. Mọi người thấy hạn ở trang học của mình."), "done")
    return redirect(url_for("staff.assignments"), 303)


@blueprint.post(f"/staff/assignments/{NUMBER}/end")
def end_assignment(assignment_id: int) -> ResponseReturnValue:
    """Take back what was given."""
    found = _own(assignment_id)
    given.end(current_user, found.assignment, operation_sent())
    flash(_("Đã thôi giao. Phần đã học vẫn còn nguyên."), "done")
    return redirect(url_for("staff.assignments"), 303)


@blueprint.post(f"/staff/assignments/{NUMBER}/again")
def give_again(assignment_id: int) -> ResponseReturnValue:
    """It was taken back by mistake."""
    found = _own(assignment_id)
    try:
        given.give_again(current_user, found.assignment, operation_sent())
    except given.AlreadyGiven:
        flash(_("Khóa này đã được giao lại với hạn khác."), "warn")
        return redirect(url_for("staff.assignments"), 303)
    flash(_("Đã giao lại như trước."), "done")
    return redirect(url_for("staff.assignments"), 303)


def _own(assignment_id: int) -> given.Given:
    found = given.assignment(assignment_id, own_paths())
    if found is None:
        abort(404)
    return found


def _form() -> AssignForm:
    form = AssignForm()
    form.offer(own_desk(), shelf.programme)
    return form


def _page(form: AssignForm) -> ResponseReturnValue:
    return render_template("staff/assign.html", form=form), 400 if form.errors else 200


@blueprint.route("/staff/reminders", methods=["GET", "POST"])
def reminders() -> ResponseReturnValue:
    """Whom to remind; a POST shows the texts too and leaves an audit line."""
    desk = own_desk()
    wanted, unit = wanted_at(desk, {"state": State.NOT_BEGUN, **request.values.to_dict()})
    if wanted is None:
        return render_template("staff/no_course.html", desk=desk)
    if wanted.state not in prompts.STATES:
        abort(404)
    number = page_number(request.values.get("page"))
    counts, page = prompts.to_remind(wanted, number)
    texts: dict[int, str] = {}
    if request.method == "POST":
        prompts.note_texts(current_user, wanted, number, len(page.items), operation_sent())
        texts = {one.row.person_id: _text(one, wanted) for one in page.items if not one.off}
    return render_template(
        "staff/reminders.html",
        wanted=wanted,
        unit=unit,
        counts=counts,
        page=page,
        texts=texts,
        states=prompts.STATES,
        state_words=state_words(),
        sms=lambda phone, text: f"sms:{phone}?body={quote(text)}",
        mail=_mail,
    )


def _text(one: Prompted, wanted: Wanted) -> str:
    base = current_app.extensions["settings"].base_url.rstrip("/")
    go_on = f"{base}{url_for('home.start')}"
    return prompts.text_for(one, wanted, shelf.programme, go_on, current_user.full_name)


def _mail(email: str, text: str) -> str:
    return f"mailto:{quote(email, safe='@')}?subject={quote(prompts.SUBJECT)}&body={quote(text)}"
