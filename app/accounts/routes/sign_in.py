"""Signing in by phone or e-mail, registering."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import actions, device_cookie, devices, entry, queries
from app.accounts.forms import ChoosePersonForm, RegistrationForm, SignInForm, StaffSignInForm
from app.accounts.models import Person
from app.accounts.routes.door import asked_for, blueprint, enter, page_of_door, tries
from app.content.shelf import shelf
from app.lib import clock
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l

# who walks away from a shared phone leaves no door ajar
TIME_TO_CHOOSE = timedelta(minutes=10)
REGISTERED = _l(
    "Người này đã đăng ký với số điện thoại này rồi. "
    "Hãy bấm Đăng nhập ở cuối trang; quên mã PIN thì nhờ người giúp."
)


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """The people known on this device; else, or for others, phone and PIN."""
    form = SignInForm()
    if form.validate_on_submit():
        phone, device = form.phone.data, device_cookie.read()
        outcome = entry.sign_in("pin", phone, form.pin.data, *tries(phone), device)
        return _let_in(outcome, "login", form)
    people = (
        [] if form.errors or "other" in request.args else devices.known_on(device_cookie.read())
    )
    return page_of_door("people" if people else "login", form, people=people)


@blueprint.route("/login/staff", methods=["GET", "POST"])
def staff_login() -> ResponseReturnValue:
    """Staff sign in with e-mail and password."""
    form = StaffSignInForm()
    if not form.validate_on_submit():
        return page_of_door("staff_login", form)
    email = form.email.data.strip().lower()
    outcome = entry.sign_in("password", email, form.password.data, *tries(email))
    if len(outcome.people) == 1:
        return enter(outcome.people[0], asked_for(), remember=False)
    return page_of_door("staff_login", form, wait=outcome.wait_minutes, refused=True)


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
        (group.id, _(group.title)) for group in shelf.programme.groups if not group.sensitive
    ]
    page = asked_for()
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
        form.full_name.errors = [str(REGISTERED)]
        return None


def _let_in(outcome: entry.SignIn, template: str, form: SignInForm) -> ResponseReturnValue:
    page = asked_for()
    if len(outcome.people) == 1:
        return enter(outcome.people[0], page)
    if outcome.people:
        session["fitting"], session["next"] = [p.id for p in outcome.people], page
        session["fitting_until"] = (clock.now() + TIME_TO_CHOOSE).timestamp()
        return redirect(url_for("accounts.choose_person"), 303)
    return page_of_door(template, form, wait=outcome.wait_minutes, refused=True)


def _fitting() -> list[int]:
    """Whom the PIN fitted, while there is time to choose; then the PIN is asked again."""
    if "fitting" in session and clock.now().timestamp() >= session.get("fitting_until", 0):
        del session["fitting"]
        flash(_("Đã quá 10 phút. Xin nhập lại số điện thoại và mã PIN."))
    fitting: list[int] = session.get("fitting", [])
    return fitting
