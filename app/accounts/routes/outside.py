"""Signing in by another's OpenID Connect: there and back, linked after proof, taken off again."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import entry, linking, outside
from app.accounts.identity import person_known_as
from app.accounts.models import Person
from app.accounts.outside import Arrival, OutsideProblem
from app.accounts.outside_forms import BeginForm, ProofForm
from app.accounts.routes.door import asked_for, blueprint, enter, page_of_door, private, tries
from app.content.shelf import shelf
from app.lib import clock
from app.lib.vietnamese import given_name
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

# who walks away from a shared phone leaves no door ajar
TIME_TO_PROVE = timedelta(minutes=15)
NOT_YOURS = _l("Số định danh này đã có hồ sơ khác ở đây. Hãy đăng nhập đúng hồ sơ ấy.")


@blueprint.get("/login/outside", endpoint="outside")
def go_there() -> ResponseReturnValue:
    """To the other side's own page, and back afterwards."""
    if not outside.is_on():
        return redirect(url_for("accounts.login", next=asked_for()), 303)
    session["outside_next"] = asked_for()
    try:
        return outside.ask()
    except OutsideProblem as problem:
        return _failed(problem)


@blueprint.get("/login/outside/return")
def outside_return() -> ResponseReturnValue:
    """Back from there: whoever is linked is in; others prove who they are, or begin."""
    if not outside.is_on():
        return redirect(url_for("accounts.login"), 303)
    try:
        come = outside.arrival()
    except OutsideProblem as problem:
        return _failed(problem)
    known = person_known_as(come.issuer, come.subject)
    if known:
        return _enter(known)
    session["arrival"] = come.as_session()
    session["arrival_until"] = (clock.now() + TIME_TO_PROVE).timestamp()
    return private(redirect(url_for("accounts.outside_new"), 303))  # type: ignore[arg-type]


@blueprint.route("/login/outside/new", methods=["GET", "POST"])
def outside_new() -> ResponseReturnValue:
    """Somebody who is not linked yet: known here already (prove it), or new (begin)."""
    come = _come()
    if come is None:
        return redirect(url_for("accounts.login"), 303)
    form = ProofForm()
    if not form.validate_on_submit():
        return _new_page(come, form)
    try:
        person = _proved(form, come)
    except linking.AnothersNumber:
        form.login.errors = [str(NOT_YOURS)]
        return _new_page(come, form)
    if isinstance(person, entry.SignIn):
        return _new_page(come, form, wait=person.wait_minutes, refused=True)
    flash(_("Từ nay đăng nhập bằng %(name)s được.", name=outside.settings().oidc_name), "done")
    return _enter(person)


@blueprint.route("/login/outside/begin", methods=["GET", "POST"])
def outside_begin() -> ResponseReturnValue:
    """Somebody new begins, after the same consent as everybody."""
    come = _come()
    if come is None or linking.known_by_number(come):
        return redirect(url_for("accounts.outside_new"), 303)
    form = BeginForm(full_name=come.full_name)
    form.group.choices = [
        (group.id, _(group.title)) for group in shelf.programme.groups if not group.sensitive
    ]
    if not form.validate_on_submit():
        return page_of_door("outside_begin", form)
    person = linking.register(
        come,
        form.op_id.data,
        full_name=form.full_name.data,
        birth=(form.birth_date, form.birth_precision),
        group=form.group.data,
        guardian_name=form.guardian.data or None,
    )
    return _enter(person, url_for("units.residence", next=session.get("outside_next")))


@blueprint.post("/account/outside/<int(max=2147483647):identity_id>/unlink")
def unlink_outside(identity_id: int) -> ResponseReturnValue:
    """This identity opens nothing any more."""
    try:
        linking.unlink(current_user.id, identity_id, operation_sent()) or abort(404)
        flash(_("Đã thôi đăng nhập bằng cách ấy."), "done")
    except linking.OnlyWayIn:
        flash(_("Đây là cách vào duy nhất. Hãy nhờ người hỗ trợ đặt mã PIN trước."), "warn")
    return redirect(url_for("accounts.account"), 303)


@blueprint.get("/logout/outside")
def outside_left() -> ResponseReturnValue:
    """Signed out here; on a shared device one signs out on the other side as well."""
    address = outside.leaving_address() if outside.is_on() else None
    if address is None:
        return redirect(url_for("catalogue.landing"), 303)
    name = outside.settings().oidc_name
    return private(render_template("accounts/outside_left.html", address=address, name=name))


def _come() -> Arrival | None:
    """Who came and has not proved themselves yet, while there is time."""
    late = clock.now().timestamp() >= session.get("arrival_until", 0)
    if "arrival" in session and late:
        session.pop("arrival")
        flash(_("Đã quá 15 phút. Xin đăng nhập lại từ đầu."))
    kept = session.get("arrival")
    return Arrival.of_session(kept) if kept and outside.is_on() else None


def _proved(form: ProofForm, come: Arrival) -> Person | entry.SignIn:
    """Who proved themselves and is linked now; else the refused try."""
    if form.helpers_code:
        code = form.helpers_code
        return linking.link_by_code(code, come, *tries(f"card {code}")) or entry.SignIn([])
    kind, login = form.way
    tried = entry.sign_in(kind, login, form.secret.data or "", *tries(login))
    owner = linking.known_by_number(come)
    fitting = [one for one in tried.people if owner is None or one.id == owner.id]
    if len(fitting) != 1:
        if tried.people:
            raise linking.AnothersNumber
        return tried
    linking.link(fitting[0], come, kind)
    return fitting[0]


def _enter(person: Person, page: str | None = None) -> ResponseReturnValue:
    page = page or session.get("outside_next")
    flashed = session.get("_flashes", [])
    answer = enter(person, page, remember=False)
    session["_flashes"], session["outside"] = flashed, True
    return answer


def _new_page(
    come: Arrival, form: ProofForm, wait: int = 0, refused: bool = False
) -> ResponseReturnValue:
    return page_of_door(
        "outside_new",
        form,
        wait=wait,
        refused=refused,
        known=linking.known_by_number(come) is not None,
        called=given_name(come.full_name),
        name=outside.settings().oidc_name,
    )


def _failed(problem: OutsideProblem) -> ResponseReturnValue:
    name = outside.settings().oidc_name
    page = render_template("accounts/outside_failed.html", name=name, refused=problem.refused)
    return private(page), 400 if problem.refused else 502
