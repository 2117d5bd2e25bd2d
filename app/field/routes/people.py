"""A helper's own people: the list, one of them, somebody new, somebody found by phone and name."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import company
from app.accounts.needs import TITLES, needs_of
from app.content.shelf import shelf
from app.field import queries
from app.field.actions import people, sessions
from app.field.actions.sessions import Meeting
from app.field.forms.learners import NewcomerForm, SearchForm
from app.field.queries import Resident
from app.field.routes.door import PERSON, blueprint, own, paths, remember_alike, remember_found
from app.learning.asks import asks_of
from app.learning.queries import progress_of_all
from app.lib.paging import page_number
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.units.models import Unit
from app.units.queries import units_in


@blueprint.get("/field")
def home() -> ResponseReturnValue:
    """Whom I help, and who waits for an answer."""
    words = request.args.get("q", "").strip()
    number = page_number(request.args.get("page"))
    return render_template(
        "field/home.html",
        page=queries.own_people(current_user.id, paths(), words, number),
        words=words,
        waiting=asks_of(paths(), 1, 1).total,
    )


@blueprint.get(PERSON)
def person(person_id: int) -> ResponseReturnValue:
    """One of my own people: how far they are, when we met, what I can do for them."""
    known = own(person_id)
    return render_template(
        "field/person.html",
        known=known,
        address=shelf.programme.address((known.person.group or "",)),
        courses=progress_of_all(person_id, shelf.published()),
        sessions=queries.past_sessions(current_user.id, person_id),
        ways=queries.ways(person_id),
        needs=[TITLES[need] for need in needs_of(person_id)],
    )


@blueprint.route("/field/people/search", methods=["GET", "POST"])
def search() -> ResponseReturnValue:
    """Somebody who is not my own yet, by exactly their phone and name; leaves an audit line."""
    form = SearchForm()
    if not form.validate_on_submit():
        page = render_template("field/search.html", form=form, found=None)
        return page, 400 if form.errors else 200
    found = queries.residents_named(paths(), form.phone.data, form.full_name.data, current_user.id)
    people.note_search(current_user, len(found), people.BY_PHONE)
    remember_found([one.person.id for one in found])
    return render_template("field/search.html", form=form, found=found)


@blueprint.route("/field/people/new", methods=["GET", "POST"])
def newcomer() -> ResponseReturnValue:
    """Register somebody on the spot and begin at once."""
    communes = [unit for unit in units_in(paths()) if unit.is_commune]
    form = _newcomer_form(communes)
    known: list[Resident] = []
    if form.validate_on_submit():
        home = next(unit for unit in communes if unit.id == form.commune.data)
        try:
            return _begun(form, home)
        except people.LooksKnown as doubt:
            known = queries.residents(paths(), doubt.person_ids)
            people.note_search(current_user, len(known), people.BY_BIRTH)
            remember_alike(doubt.person_ids)
            form.another.errors = [_("Có người trùng tên và năm sinh hoặc số điện thoại.")]
    page = render_template("field/newcomer.html", form=form, known=known, communes=communes)
    return page, 400 if form.errors else 200


def _newcomer_form(communes: list[Unit]) -> NewcomerForm:
    only = communes[0].id if len(communes) == 1 else None
    form = NewcomerForm(
        commune=only, group="nguoi-dan", place=queries.likely_place(current_user.id)
    )
    form.commune.choices = [("", _("Chọn trong danh sách…"))] + [(u.id, u.name) for u in communes]
    form.group.choices = [
        (group.id, _(group.title)) for group in shelf.programme.groups if not group.sensitive
    ]
    return form


def _begun(form: NewcomerForm, home: Unit) -> ResponseReturnValue:
    op_id = form.op_id.data
    who = people.register_beside(
        current_user, form.newcomer, home, form.yes, op_id, another=form.another.data
    )
    meeting = Meeting(form.place.data, form.channel.data, form.witness.data)
    learner = Resident(who, home.id, home.name)
    begun = sessions.begin_session(current_user, learner, meeting, f"new-{op_id}")
    company.begin(begun.id)
    flash(_("Đã đăng ký cho %(name)s. Mời chọn khóa học.", name=who.full_name), "done")
    return redirect(url_for("home.start"), 303)


@blueprint.post(f"{PERSON}/stop")
def stop(person_id: int) -> ResponseReturnValue:
    """This one is not my own any more."""
    known = own(person_id)
    people.stop_helping(current_user, person_id, operation_sent())
    flash(_("Đã bỏ %(name)s khỏi danh sách.", name=known.person.full_name), "done")
    return redirect(url_for("field.home"), 303)
