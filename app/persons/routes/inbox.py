"""Requests about personal data: filed for others, acknowledged, answered, carried out."""

from flask import Response, abort, after_this_request, flash, redirect, render_template, request
from flask import url_for as address
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.jobs.files import remove_files
from app.lib.paging import page_number
from app.persons import words
from app.persons.actions import erasing
from app.persons.actions import requests as actions
from app.persons.forms import AnswerForm, CorrectForm, ErasureForm, form_for
from app.persons.letters import send_answer
from app.persons.models import Wish
from app.persons.queries import requests as queries
from app.persons.queries.requests import Asked
from app.persons.routes.door import blueprint, keeper_tabs, reckoned, unknown_years, wished
from app.ui.forms import Form
from app.ui.i18n import gettext as _

FOR_SOMEBODY = "/people/<int(max=2147483647):person_id>/requests/<wish>"
NUMBER = "/people/requests/<int(max=2147483647):request_id>"


@blueprint.get("/people/requests")
def requests() -> ResponseReturnValue:
    """What people of my units ask about their data; what is due first on top."""
    paths, answered = _paths(), request.args.get("answered") == "1"
    who = request.args.get("who", "").strip()[:20]
    page = queries.inbox(paths, page_number(request.args.get("page")), answered=answered)
    return render_template(
        "persons/requests.html",
        page=page,
        reckoned=reckoned,
        answered=answered,
        who=who,
        found=queries.found(paths, who),
        unknown_years=unknown_years(),
        tabs=keeper_tabs("persons.requests"),
        words=words,
    )


@blueprint.get(NUMBER)
def one_request(request_id: int) -> ResponseReturnValue:
    """One request and what can be done about it."""
    return _request_page(_asked(request_id), AnswerForm(formdata=None))


@blueprint.post(f"{NUMBER}/acknowledgement")
def acknowledge(request_id: int) -> ResponseReturnValue:
    """Tell that it was received."""
    asked, form = _asked(request_id), Form()
    if form.validate_on_submit():
        actions.acknowledge(current_user, asked.request, form.op_id.data)
        send_answer(asked, received=True)
        flash(_("Đã báo cho người yêu cầu là đã nhận."), "done")
    return redirect(address("persons.one_request", request_id=request_id), 303)


@blueprint.post(f"{NUMBER}/answer")
def answer(request_id: int) -> ResponseReturnValue:
    """Answer it: done, or not and why."""
    asked, form = _asked(request_id), AnswerForm()
    if not form.validate_on_submit():
        return _request_page(asked, form)
    try:
        words_said = (form.outcome.data, form.answer.data)
        actions.answer(current_user, asked.request, *words_said, form.op_id.data)
    except actions.AlreadyAnswered:
        return _too_late(request_id)
    send_answer(asked)
    flash(_("Đã trả lời yêu cầu số %(number)s.", number=request_id), "done")
    return redirect(address("persons.requests"), 303)


@blueprint.route(f"{NUMBER}/correction", methods=["GET", "POST"])
def correct(request_id: int) -> ResponseReturnValue:
    """Put name, birth date or phone right: what stands now beside what will stand."""
    asked = _open(request_id, Wish.CORRECT)
    now = {name: getattr(asked.person, name) for name in (*words.FACTS, "birth_precision")}
    form = CorrectForm()
    form.show(asked.request.wanted or now)
    if not form.validate_on_submit():
        facts = {"asked": asked, "form": form, "now": now, "words": words}
        return render_template("persons/correct.html", **facts), 400 if form.errors else 200
    said = (form.facts, form.answer.data, form.op_id.data)
    try:
        actions.correct(current_user, asked.request, *said)
    except actions.AlreadyAnswered:
        return _too_late(request_id)
    send_answer(asked)
    flash(_("Đã sửa và trả lời yêu cầu số %(number)s.", number=request_id), "done")
    return redirect(address("persons.requests"), 303)


@blueprint.route(f"{NUMBER}/erasure", methods=["GET", "POST"])
def erase(request_id: int) -> ResponseReturnValue:
    """Erase what is kept about somebody: what goes, what stands, and no way back."""
    asked, form = _open(request_id, Wish.ERASE), ErasureForm()
    role = queries.holds_role(asked.person.id)
    if role or not form.validate_on_submit():
        page = render_template("persons/erase.html", asked=asked, form=form, role=role)
        return page, 400 if form.errors else 200
    # while there is an address to send it to
    send_answer(asked, erased=True)
    try:
        jobs = erasing.erase(current_user, asked.request, form.op_id.data)
    except actions.AlreadyAnswered:
        return _too_late(request_id)
    _remove_afterwards(jobs)
    flash(_("Đã xóa dữ liệu theo yêu cầu số %(number)s.", number=request_id), "done")
    return redirect(address("persons.requests"), 303)


@blueprint.route(FOR_SOMEBODY, methods=["GET", "POST"])
def ask_for(person_id: int, wish: str) -> ResponseReturnValue:
    """File a request for somebody who asks by word of mouth or on paper."""
    wish = wished(wish)
    person, channel = queries.may_ask_for(current_user, person_id) or abort(404)
    back = address("persons.requests" if channel == "office" else "field.home")
    form = form_for(wish, person)
    if form.validate_on_submit():
        asked = actions.file_request(
            current_user, person.id, wish, channel, form.said, form.op_id.data
        )
        flash(_("Đã ghi yêu cầu số %(number)s.", number=asked.id), "done")
        return redirect(back, 303)
    facts = {"wish": wish, "words": words, "person": person, "back": back}
    page = render_template("persons/ask.html", form=form, **facts)
    return page, 400 if form.errors else 200


def _paths() -> tuple[str, ...]:
    return queries.paths_of(current_user)


def _asked(request_id: int) -> Asked:
    return queries.one_of(_paths(), request_id) or abort(404)


def _open(request_id: int, wish: Wish) -> Asked:
    """A request of this kind that is not answered yet; 404 for any other."""
    asked = _asked(request_id)
    if asked.request.kind != wish or (asked.request.outcome and request.method == "GET"):
        abort(404)
    return asked


def _request_page(asked: Asked, form: AnswerForm) -> ResponseReturnValue:
    page = render_template(
        "persons/request.html", asked=asked, form=form, reckoned=reckoned, words=words
    )
    return page, 400 if form.errors else 200


def _too_late(request_id: int) -> ResponseReturnValue:
    flash(_("Yêu cầu này đã có người trả lời."), "warn")
    return redirect(address("persons.one_request", request_id=request_id), 303)


def _remove_afterwards(jobs: list[int]) -> None:
    # only what is committed is gone for good
    @after_this_request
    def remove(response: Response) -> Response:
        if response.status_code < 400:
            remove_files(jobs)
        return response
