"""Two records of one human being: what is proposed, the preview, merging, undoing."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Person, Role
from app.lib.ids import row_id
from app.lib.paging import page_number
from app.persons import words
from app.persons.actions import merging
from app.persons.actions import twins as actions
from app.persons.forms import MergeForm
from app.persons.queries import merging as merges_of
from app.persons.queries import twins as queries
from app.persons.routes.door import blueprint, twin_tabs
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.units.card_desk import CardDesk, desk_of


@blueprint.get("/people/twins")
def twins() -> ResponseReturnValue:
    """Records that may be of one human being, within what I am in charge of."""
    page = queries.proposals(_desk(), page_number(request.args.get("page")))
    tabs = twin_tabs("persons.twins")
    return render_template("persons/twins.html", page=page, tabs=tabs, alike=words.ALIKE)


@blueprint.post("/people/twins")
def look() -> ResponseReturnValue:
    """Look for pairs among my people once more."""
    if Form().validate_on_submit():
        found = actions.look(queries.own_people(_desk()))
        flash(_("Thấy thêm %(found)s cặp hồ sơ có thể trùng.", found=found), "done")
    return redirect(url_for("persons.twins"), 303)


@blueprint.route(
    "/people/twins/<int(max=2147483647):one_id>/<int(max=2147483647):other_id>",
    methods=["GET", "POST"],
)
def pair(one_id: int, other_id: int) -> ResponseReturnValue:
    """Two records side by side and what merging them would do; a POST merges them."""
    one, other = queries.pair(_desk(), one_id, other_id) or abort(404)
    form = MergeForm(keep=row_id(request.args.get("keep")) or one.id)
    form.keep.choices = [(person.id, str(person.id)) for person in (one, other)]
    if form.validate_on_submit():
        answer = _merged(form, one, other)
        if answer:
            return answer
    return _pair_page(form, one, other)


@blueprint.post("/people/twins/<int(max=2147483647):one_id>/<int(max=2147483647):other_id>/two")
def two(one_id: int, other_id: int) -> ResponseReturnValue:
    """They are two people."""
    queries.pair(_desk(), one_id, other_id) or abort(404)
    form = Form()
    if form.validate_on_submit():
        actions.decide_two(current_user, one_id, other_id, form.op_id.data)
        flash(_("Đã ghi: hai người khác nhau. Cặp này không hiện lại nữa."), "done")
    return redirect(url_for("persons.twins"), 303)


@blueprint.get("/people/merges")
def merges() -> ResponseReturnValue:
    """What was merged, and what can be undone."""
    page = queries.merges(_desk(), page_number(request.args.get("page")))
    undoable = {one.id for one, _old, _new in page.items if merges_of.may_be_undone(one)}
    tabs = twin_tabs("persons.merges")
    return render_template("persons/merges.html", page=page, undoable=undoable, tabs=tabs)


@blueprint.post("/people/merges/<int(max=2147483647):merge_id>/undo")
def undo(merge_id: int) -> ResponseReturnValue:
    """The two records are two again."""
    merged, old, new = queries.merge_of(_desk(), merge_id) or abort(404)
    form = Form()
    if form.validate_on_submit():
        try:
            _refuse_roles(old, new)
            merging.undo(current_user, merged, form.op_id.data)
            flash(_("Đã hủy hợp nhất: hai hồ sơ lại như trước."), "done")
        except merging.MergeRefused as refusal:
            flash(str(words.REFUSED[refusal.reason]), "wrong")
    return redirect(url_for("persons.merges"), 303)


def _merged(form: MergeForm, one: Person, other: Person) -> ResponseReturnValue | None:
    new, old = (one, other) if form.keep.data == one.id else (other, one)
    try:
        _refuse_roles(old, new)
        merging.merge(current_user, old.id, new.id, form.op_id.data)
    except merging.MergeRefused as refusal:
        form.keep.errors = [str(words.REFUSED[refusal.reason])]
        return None
    flash(_("Đã hợp nhất hai hồ sơ của %(name)s.", name=new.full_name), "done")
    return redirect(url_for("persons.merges"), 303)


def _pair_page(form: MergeForm, one: Person, other: Person) -> ResponseReturnValue:
    new, old = (other, one) if form.keep.data == other.id else (one, other)
    page = render_template(
        "persons/pair.html",
        form=form,
        records=[queries.record(one), queries.record(other)],
        preview=merges_of.preview(old, new),
        words=words,
    )
    return page, 400 if form.errors else 200


def _refuse_roles(old: Person, new: Person) -> None:
    if queries.holds_role(old, new) and Role.ADMIN not in current_user.province_roles:
        # whoever signs in to one of the records would get the other one's desk
        raise merging.MergeRefused("role")


def _desk() -> CardDesk:
    return desk_of(current_user)
