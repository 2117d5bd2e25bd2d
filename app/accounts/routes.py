"""Sign-in, sign-out."""

from datetime import timedelta

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from app.accounts import actions, queries
from app.accounts.forms import ChoosePersonForm, RegistrationForm, SignInForm, StaffSignInForm
from app.accounts.models import Person
from app.content.shelf import shelf
from app.lib import clock
from app.lib.hashing import keyed
from app.ui import display
from app.ui.forms import Form
from app.ui.safe_urls import local_path

blueprint = Blueprint("accounts", __name__, template_folder="templates")

# who walks away from a shared phone leaves no door ajar
TIME_TO_CHOOSE = timedelta(minutes=10)
REGISTERED = (
    "Người này đã đăng ký với số điện thoại này rồi. "
    "Hãy bấm Đăng nhập ở cuối trang; quên mã PIN thì nhờ người giúp."
)


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """A learner signs in with phone and PIN."""
    form = SignInForm()
    if form.validate_on_submit():
        return _try("pin", form.phone.data, form.pin.data, form)
    return _login_page(form)


@blueprint.route("/login/staff", methods=["GET", "POST"])
def staff_login() -> ResponseReturnValue:
    """Staff sign in with e-mail and password."""
    form = StaffSignInForm()
    if form.validate_on_submit():
        return _try("password", form.email.data.strip().lower(), form.password.data, form)
    return _login_page(form)


@blueprint.route("/login/person", methods=["GET", "POST"])
def choose_person() -> ResponseReturnValue:
    """After a PIN that fits several people of one phone: which of them?"""
    form = ChoosePersonForm()
    people = queries.people(_fitting())
    if not people:
        return redirect(url_for("accounts.login", next=session.pop("next", None)))
    form.person.choices = [(person.id, person.full_name) for person in people]
    if form.validate_on_submit():
        chosen = next(person for person in people if person.id == form.person.data)
        return enter(chosen, session.get("next"))
    page = render_template("accounts/choose_person.html", form=form)
    return page, 400 if form.errors else 200


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """A learner registers with name, birth date, phone and PIN, and is signed in."""
    form = RegistrationForm(group=request.args.get("group"))
    form.group.choices = [
        (group.id, group.title) for group in shelf.programme.groups if not group.sensitive
    ]
    page = local_path(request.args.get("next"))
    person = _registered(form) if form.validate_on_submit() else None
    if person is None:
        status = 400 if form.errors else 200
        return render_template("accounts/register.html", form=form, next=page), status
    return enter(person, url_for("units.residence", next=page))


def _registered(form: RegistrationForm) -> Person | None:
    """The person whom a valid form registers; None, said at the form, when known already."""
    try:
        return actions.register(
            form.op_id.data,
            full_name=form.full_name.data,
            phone=form.phone.data,
            pin=form.pin.data,
            birth=(form.birth_date, form.birth_precision),
            group=form.group.data,
            guardian_name=form.guardian.data or None,
        )
    except actions.AlreadyRegistered:
        form.full_name.errors = [REGISTERED]
        return None


@blueprint.route("/logout", methods=["GET", "POST"])
def logout() -> ResponseReturnValue:
    """End the session and leave nothing of it in this browser."""
    if request.method == "GET":
        return render_template("accounts/logout.html")
    logout_user()
    session.clear()
    flash("Đã kết thúc. Máy này không còn giữ gì của người vừa học.", "done")
    response = redirect(url_for("catalogue.landing"), 303)
    # on a shared phone the next person starts afresh; text size and colours may stay
    may_stay = {display.COOKIE, current_app.config["SESSION_COOKIE_NAME"]}
    for name in sorted(request.cookies.keys() - may_stay):
        response.delete_cookie(name)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def enter(person: Person, page: str | None = None) -> ResponseReturnValue:
    """Open a session for a person and go to the page asked for, else to their start page."""
    session.clear()
    login_user(person)
    session.permanent = True
    return redirect(local_path(page) or url_for("home.start"), 303)


def _try(kind: str, login_name: str, secret: str, form: Form) -> ResponseReturnValue:
    key = current_app.secret_key
    outcome = actions.sign_in(
        kind,
        login_name,
        secret,
        keyed(str(key), f"account {login_name}"),
        keyed(str(key), f"address {request.remote_addr}"),
    )
    page = local_path(request.args.get("next"))
    if len(outcome.people) == 1:
        return enter(outcome.people[0], page)
    if outcome.people:
        session["fitting"], session["next"] = [p.id for p in outcome.people], page
        session["fitting_until"] = (clock.now() + TIME_TO_CHOOSE).timestamp()
        return redirect(url_for("accounts.choose_person"), 303)
    return _login_page(form, wait=outcome.wait_minutes, refused=True)


def _fitting() -> list[int]:
    """Whom the PIN fitted, while there is time to choose; then the PIN is asked again."""
    if "fitting" in session and clock.now().timestamp() >= session.get("fitting_until", 0):
        del session["fitting"]
        flash("Đã quá 10 phút. Xin nhập lại số điện thoại và mã PIN.")
    fitting: list[int] = session.get("fitting", [])
    return fitting


def _login_page(form: Form, wait: int = 0, refused: bool = False) -> ResponseReturnValue:
    template = "login" if isinstance(form, SignInForm) else "staff_login"
    status = 429 if wait else 401 if refused else 400 if form.errors else 200
    page = render_template(
        f"accounts/{template}.html",
        form=form,
        wait=wait,
        refused=refused,
        next=local_path(request.args.get("next")),
    )
    return page, status, {"Retry-After": str(wait * 60)} if wait else {}
