"""Addresses of the devices: batches, tickets, papers, parcels; and pages about what came in."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.profiles import company, profile
from app.accounts.signed_in import helped_in
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.learning.queries import progress
from app.lib.paging import page_number
from app.lib.vietnamese import given_name
from app.quizzes.actions import CannotStart
from app.sync import actions, queries, reasons, wire, words, worker
from app.sync.forms import CloseForm
from app.sync.neutral import neutral
from app.sync.papers import carried
from app.sync.parcel import parcel, sounds_size
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _

blueprint = Blueprint("sync", __name__, template_folder="templates")

WORDS = {"word": reasons.words, "kinds": words.KINDS, "title": words.title}
A_DAY = "public, max-age=86400"


@blueprint.post("/sync")
def receive() -> ResponseReturnValue:
    """Take in a batch; 200 says what became of each act, anything else that none was taken."""
    try:
        batch = wire.received()
    except wire.Unreadable as unreadable:
        return unreadable.answer
    sender = wire.sender(batch)
    if sender is None:
        return wire.problem(401, "sign_in")
    person, ticket = sender
    results = actions.take_in(person, ticket.id if ticket else None, batch.operations)
    if ticket and batch.leave:
        actions.withdraw(ticket)
    elif ticket:
        actions.renew(ticket)
    return wire.answer(results, ticket)


@blueprint.post("/sync/tickets")
def give_ticket() -> ResponseReturnValue:
    """Let this device hand in for the person signed in, also when the session has ended."""
    told = wire.told()
    op_id, secret = told.op_id, told.digits("secret", wire.SECRET)
    if op_id is None or secret is None:
        return wire.problem(400, "batch")
    ticket = actions.give_ticket(current_user, secret, op_id)
    return jsonify(**_me(), until=ticket.expires_at.isoformat())


@blueprint.get("/sync/courses/<slug>/mine")
def mine(slug: str) -> ResponseReturnValue:
    """What a device has to know of the person signed in to show a course without a network."""
    course = shelf.course(slug) or abort(404)
    so_far = progress(current_user.id, course)
    done = [step.slug for step in course.steps if step.slug in so_far.done]
    return jsonify(**_me(), enrolled=so_far.enrolled, done=done)


@blueprint.post("/sync/courses/<slug>/<step_slug>/paper")
def paper(slug: str, step_slug: str) -> ResponseReturnValue:
    """Open a test, or take the open one, to be answered on this device without a network."""
    course, test = _test(slug, step_slug)
    told = wire.told()
    op_id, device = told.op_id, told.digits("device", wire.DEVICE)
    if op_id is None or device is None:
        return wire.problem(400, "batch")
    try:
        attempt = actions.carry_paper(
            current_user, course, test, device, op_id, move=told.says("move")
        )
    except (actions.CarriedElsewhere, CannotStart) as refusal:
        return wire.refusal(refusal)
    return jsonify(**_me(), paper=carried(attempt))


@blueprint.get("/sync/courses/<slug>")
def summary(slug: str) -> ResponseReturnValue:
    """How large a course is to take home, before anything of it is fetched."""
    found = parcel(shelf.course(slug) or abort(404))
    answer = jsonify(
        course=slug,
        title=found.course.title,
        version=found.course.version,
        tag=found.tag,
        size=found.size,
        pages=found.pages,
        pages_size=len(found.body),
        pages_raw=found.raw_size,
        files=len(found.files),
        sounds_size=sounds_size(found.course),
        address=url_for("sync.take_home", slug=slug, tag=found.tag),
    )
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(found.tag)
    return answer.make_conditional(request)


@blueprint.get("/sync/courses/<slug>/parcel")
def take_home(slug: str) -> ResponseReturnValue:
    """A course to take home: the same bytes for everybody, with nothing of anybody in them."""
    return wire.packed(parcel(shelf.course(slug) or abort(404)))


@blueprint.get("/sync/shelf")
def shelf_page() -> ResponseReturnValue:
    """What can be studied on this device without a network; the device keeps this page."""
    return _kept(neutral("sync/shelf.html"))


@blueprint.get("/sync/equipment")
def equipment() -> ResponseReturnValue:
    """What the service worker keeps from the first visit on: three pages and the script."""
    pages = {
        url_for("sync.shelf_page"): neutral("sync/shelf.html"),
        url_for("sync.outbox") + "/held": neutral("sync/outbox.html", page=None, **WORDS),
        url_for("sync.outbox") + "/unsent": neutral("sync/unsent.html"),
    }
    answer = jsonify(worker.equipment(pages))
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/sync")
def outbox() -> ResponseReturnValue:
    """What this device still holds, and what of one's acts was not taken in, and why."""
    page = None
    if current_user.is_authenticated:
        page = queries.not_counted(current_user.id, page_number(request.args.get("page")))
    return render_template("sync/outbox.html", page=page, **WORDS)


@blueprint.get("/sync/quarantine")
def quarantine() -> ResponseReturnValue:
    """Acts of devices that wait for somebody to look."""
    return _quarantine_page(CloseForm(formdata=None))


@blueprint.post("/sync/quarantine/<waiting_id>/retry")
def retry(waiting_id: str) -> ResponseReturnValue:
    """Try once more to take in what waits."""
    waiting = queries.operation(waiting_id) or abort(404)
    if actions.retry(current_user, waiting, operation_sent()):
        flash(_("Đã ghi nhận."), "done")
    else:
        reason = reasons.words(waiting.reason) or _("Việc này đã được đóng lại.")
        flash(_("Vẫn chưa ghi nhận được. %(reason)s", reason=reason), "warn")
    return redirect(url_for("sync.quarantine"), 303)


@blueprint.post("/sync/quarantine/<waiting_id>/close")
def close(waiting_id: str) -> ResponseReturnValue:
    """Close what waits without taking it in, with a reason that the learner reads."""
    waiting = queries.operation(waiting_id) or abort(404)
    form = CloseForm()
    if not form.validate():
        return _quarantine_page(form, waiting_id), 400
    actions.close(current_user, waiting, form.note.data, form.op_id.data)
    flash(_("Đã đóng lại."), "done")
    return redirect(url_for("sync.quarantine"), 303)


@blueprint.get("/sw.js", endpoint="worker")
def service_worker() -> ResponseReturnValue:
    """The service worker; asked for with every visit, answered in a few bytes."""
    return _fixed("worker", "no-cache")


@blueprint.get("/manifest.webmanifest")
def manifest() -> ResponseReturnValue:
    """How the site stands on a phone's home screen."""
    return _fixed("manifest", A_DAY)


def _quarantine_page(form: CloseForm, wrong: str = "") -> str:
    page = queries.waiting(page_number(request.args.get("page")))
    return render_template("sync/quarantine.html", page=page, form=form, wrong=wrong, **WORDS)


def _me() -> dict[str, Any]:
    name = given_name(current_user.full_name)
    beside = company(helped_in(current_user))
    return {"profile": profile(current_user.id), "name": name, "helper": beside}


def _test(slug: str, step_slug: str) -> tuple[Course, Step]:
    course = shelf.course(slug) or abort(404)
    step = course.step(step_slug) or abort(404)
    if step.kind is not StepKind.TEST:
        abort(404)
    return course, step


def _kept(page: str) -> Response:
    answer = Response(page)
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer


def _fixed(name: str, cache_control: str) -> ResponseReturnValue:
    asset = current_app.extensions["sync"][name]
    answer = Response(asset.body, mimetype=asset.mimetype)
    answer.headers["Cache-Control"] = cache_control
    answer.set_etag(asset.path)
    return answer.make_conditional(request)
