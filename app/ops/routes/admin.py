"""Roles and their sign-in, the installation at a glance; /healthz and /metrics for machines."""

import hmac
from ipaddress import ip_address

from flask import (
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from prometheus_client import CONTENT_TYPE_LATEST

from app.accounts.models import ROLE_TITLES, Person, Role
from app.certificates.press import missing_parts
from app.content.shelf import shelf
from app.lib.paging import page_number
from app.ops import actions, queries
from app.ops.forms import GrantForm, PasswordForm, SecondFactorResetForm
from app.ops.metrics import exposition
from app.ops.release import version
from app.ops.routes.door import blueprint, own_paths, page_of_admin
from app.ui.forms import Form
from app.ui.i18n import gettext as _
from app.units.queries import EVERYWHERE


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether this installation can serve: for load balancers and watchdogs."""
    if queries.database_answers():
        return jsonify(status="ok")
    return jsonify(status="database"), 503


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Figures for Prometheus, from this machine or with the token; for others not there."""
    if not (_from_this_machine() or _has_token()):
        abort(404)
    return Response(exposition(), content_type=CONTENT_TYPE_LATEST)


@blueprint.get("/admin")
def admin() -> ResponseReturnValue:
    """The installation at a glance."""
    return page_of_admin(
        "overview",
        overview=queries.overview(),
        version=version(),
        problems=shelf.library.problems,
        missing=missing_parts(),
    )


@blueprint.route("/admin/grants", methods=["GET", "POST"])
def grants() -> ResponseReturnValue:
    """Who holds which role where; give a role."""
    form = _grant_form()
    if form.validate_on_submit() and _given(form):
        return redirect(url_for("ops.grants"), 303)
    return _grants_page(form)


@blueprint.post("/admin/passwords")
def make_password() -> ResponseReturnValue:
    """Make the password of somebody who holds a role; this answer alone ever shows it."""
    form = PasswordForm()
    made = _made(form) if form.validate_on_submit() else None
    if made is None:
        return _grants_page(password_form=form)
    person, password = made
    page = page_of_admin("password", person=person, email=form.email.data, password=password)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/admin/second-factors")
def reset_second_factor() -> ResponseReturnValue:
    """Somebody who holds a role lost telephone and recovery codes: they begin anew."""
    form = SecondFactorResetForm()
    if form.validate_on_submit():
        wanted, op_id = form.person.data, form.op_id.data
        try:
            person = actions.reset_second_factor(current_user, wanted, own_paths(), op_id)
        except actions.GrantProblem as problem:
            form.complain(problem)
        else:
            flash(_("%(name)s sẽ bật lại hai lớp khi đăng nhập.", name=person.full_name), "done")
            return redirect(url_for("ops.grants"), 303)
    return _grants_page(second_form=form)


@blueprint.post("/admin/grants/<int(max=2147483647):grant_id>/end")
def end_grant(grant_id: int) -> ResponseReturnValue:
    """End a role now."""
    line = queries.grant(grant_id, own_paths()) or abort(404)
    form = Form()
    if not form.validate_on_submit():
        abort(400)
    try:
        actions.end_role(current_user, line.grant, form.op_id.data)
        title = ROLE_TITLES[Role(line.grant.role)]
        name = line.person.full_name
        flash(_("%(name)s thôi giữ quyền “%(role)s”.", name=name, role=title), "done")
    except actions.LastAdministrator:
        flash(
            _("Đây là người quản trị cuối cùng của toàn hệ thống. Hãy giao cho người khác trước.")
        )
    return redirect(url_for("ops.grants"), 303)


def _grant_form(**data: None) -> GrantForm:
    form = GrantForm(**data)
    if EVERYWHERE not in own_paths():
        form.only_units()
    return form


def _grants_page(
    form: GrantForm | None = None,
    password_form: PasswordForm | None = None,
    second_form: SecondFactorResetForm | None = None,
) -> ResponseReturnValue:
    page = queries.grants(own_paths(), page_number(request.args.get("page")))
    forms = {
        "form": form or _grant_form(formdata=None),
        "password_form": password_form or PasswordForm(formdata=None),
        "second_form": second_form or SecondFactorResetForm(formdata=None),
    }
    status = 400 if any(one.errors for one in forms.values()) else 200
    return page_of_admin("grants", page=page, titles=ROLE_TITLES, **forms), status


def _made(form: PasswordForm) -> tuple[Person, str | None] | None:
    wanted, email, op_id = form.person.data, form.email.data, form.op_id.data
    try:
        return actions.make_password(current_user, wanted, email, own_paths(), op_id)
    except actions.GrantProblem as problem:
        form.complain(problem)
        return None


def _given(form: GrantForm) -> bool:
    try:
        person = actions.give_role(current_user, form.wish, own_paths(), form.op_id.data)
    except actions.GrantProblem as problem:
        form.complain(problem)
        return False
    title = ROLE_TITLES[form.wish.role]
    flash(_("Đã giao quyền “%(role)s” cho %(name)s.", role=title, name=person.full_name), "done")
    return True


def _from_this_machine() -> bool:
    # a proxy on this machine hands on everybody's requests, and says so
    if {"X-Forwarded-For", "Forwarded"} & set(request.headers.keys()):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _has_token() -> bool:
    token = current_app.extensions["settings"].metrics_token.get_secret_value()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())
