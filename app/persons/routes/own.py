"""One's own data: what is kept, as a file, what one agreed to, what one asks about it."""

import json

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

from app.accounts import consents, notices
from app.accounts.ages import is_child
from app.accounts.queries import people
from app.persons import own_paper, own_words, words
from app.persons.actions import own as actions
from app.persons.actions import requests as asking
from app.persons.forms import form_for
from app.persons.own import Own, collected
from app.persons.queries import requests as queries
from app.persons.routes.door import blueprint, reckoned, wished
from app.ui.forms import Form, operation_sent
from app.ui.i18n import gettext as _


@blueprint.get("/account/data")
def my_data() -> ResponseReturnValue:
    """What is kept about me, what I agreed to, what I asked."""
    mine = consents.in_force(current_user.id)
    page = render_template(
        "persons/my_data.html",
        own=collected(current_user.id),
        columns=own_words.COLUMNS,
        shown=own_words.shown,
        notices=[(notices.current(one), mine.get(one)) for one in notices.PURPOSES],
        requests=[reckoned(one) for one in queries.own(current_user.id)],
        words=words,
    )
    return Response(page, headers={"Cache-Control": "no-store"})


@blueprint.post("/account/data/file")
def own_file() -> ResponseReturnValue:
    """The same as a file: "json" for machines, "pdf" to read."""
    extension, op_id = request.form.get("format"), operation_sent()
    if extension not in ("json", "pdf"):
        abort(400)
    own = collected(current_user.id)
    actions.note_file(current_user, extension, op_id)
    response = Response(mimetype=f"application/{extension}")
    response.headers["Content-Disposition"] = f"attachment; filename=du-lieu-cua-toi.{extension}"
    response.headers["Cache-Control"] = "no-store"

    # after the commit: a long paper must not hold the database's write lock
    @after_this_request
    def write(answer: Response) -> Response:
        answer.set_data(_written(own, extension))
        return answer

    return response


@blueprint.post("/account/data/consents/<purpose>")
def agree(purpose: str) -> ResponseReturnValue:
    """I say yes to a purpose; for a child somebody grown up does."""
    _known(purpose)
    person = people([current_user.id])[0]
    if is_child(person.birth_date, person.birth_precision):
        return _with_a_guardian(purpose)
    if Form().validate_on_submit():
        consents.answer(current_user, [purpose], operation_sent())
        flash(_("Đã ghi lời đồng ý: %(purpose)s.", purpose=words.PURPOSES[purpose]), "done")
    return redirect(url_for("persons.my_data"), 303)


@blueprint.post("/account/data/consents/<purpose>/end")
def withdraw(purpose: str) -> ResponseReturnValue:
    """I take a yes back."""
    _known(purpose)
    if Form().validate_on_submit():
        actions.withdraw(current_user, purpose, operation_sent())
        flash(_("Đã rút lời đồng ý: %(purpose)s.", purpose=words.PURPOSES[purpose]), "done")
    return redirect(url_for("persons.my_data"), 303)


@blueprint.get("/privacy/notices/<purpose>/<version>")
def notice(purpose: str, version: str) -> ResponseReturnValue:
    """A text that people were asked to agree to, as it stood then."""
    found = notices.find(purpose, version) or abort(404)
    return render_template("persons/notice.html", notice=found)


@blueprint.route("/account/data/requests/<wish>", methods=["GET", "POST"])
def ask(wish: str) -> ResponseReturnValue:
    """I ask something about my data."""
    wish = wished(wish)
    form = form_for(wish, people([current_user.id])[0])
    if form.validate_on_submit():
        asked = asking.file_request(
            current_user, current_user.id, wish, "self", form.said, form.op_id.data
        )
        flash(_("Đã gửi yêu cầu số %(number)s.", number=asked.id), "done")
        return redirect(url_for("persons.my_data"), 303)
    page = render_template("persons/ask.html", form=form, wish=wish, words=words, person=None)
    return page, 400 if form.errors else 200


def _known(purpose: str) -> None:
    if purpose not in notices.PURPOSES:
        abort(404)


def _with_a_guardian(purpose: str) -> ResponseReturnValue:
    if purpose == notices.LEARNING:
        return redirect(url_for("accounts.consent", next=url_for("persons.my_data")), 303)
    flash(_("Chưa đủ 16 tuổi thì nhờ người lớn nói với cán bộ xã, phường."), "warn")
    return redirect(url_for("persons.my_data"), 303)


def _written(own: Own, extension: str) -> str | bytes:
    if extension == "pdf":
        return own_paper.as_pdf(own)
    return json.dumps(own.as_json(), ensure_ascii=False, indent=2)
