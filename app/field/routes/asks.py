"""Questions of the people of a helper's units: what is not clear, and an answer."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.content.shelf import shelf
from app.field import queries
from app.field.forms.work import AnswerForm
from app.field.routes.door import blueprint, paths
from app.learning.asks import AskLine, answer, ask_of, asks_of
from app.lib.paging import page_number
from app.ui.i18n import gettext as _

PAGE_SIZE = 20
ASK = "/field/asks/<int(max=2147483647):ask_id>"


@blueprint.get("/field/asks")
def asks() -> ResponseReturnValue:
    """Questions without an answer, or those answered last."""
    answered = request.args.get("answered") == "1"
    number = page_number(request.args.get("page"))
    page = asks_of(paths(), number, PAGE_SIZE, answered=answered)
    return render_template(
        "field/asks.html",
        page=page,
        answered=answered,
        own=queries.own_ids(current_user.id, [line.person_id for line in page.items]),
        titles=shelf.course,
    )


@blueprint.route(ASK, methods=["GET", "POST"])
def one_ask(ask_id: int) -> ResponseReturnValue:
    """One question, and the box for an answer."""
    line = ask_of(ask_id, paths()) or abort(404)
    form = AnswerForm()
    if form.validate_on_submit():
        if answer(current_user, ask_id, form.text.data, form.op_id.data):
            flash(_("Đã gửi câu trả lời."), "done")
        else:
            flash(_("Câu này đã có người khác trả lời trước."))
        return redirect(url_for("field.asks"), 303)
    return _page(line, form), 400 if form.errors else 200


def _page(line: AskLine, form: AnswerForm) -> str:
    course = shelf.course(line.course_slug)
    return render_template(
        "field/ask.html",
        line=line,
        form=form,
        is_own=bool(queries.own_ids(current_user.id, [line.person_id])),
        course=course,
        step=course.present(line.step_slug) if course else None,
    )
