"""What a reader leaves in lessons: the place they read at, notes, bookmarks."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.profiles import profile
from app.content.models import Course, Step
from app.content.shelf import shelf
from app.lessons.actions import put_bookmark, read_on, save_note, take_bookmark
from app.lessons.forms import MarkForm, NoteForm, PlaceForm
from app.lessons.queries import Mine, asks_about, mine, notebook
from app.lessons.routes.door import blueprint, find_lesson, find_step
from app.lib.paging import page_number
from app.ui.filters import vn_date
from app.ui.i18n import gettext as _

SAVED = "saved"


@blueprint.get("/learn/notes")
def my_notes() -> ResponseReturnValue:
    """Every lesson in which the reader wrote, marked or asked something, the latest first."""
    page = notebook(current_user.id, page_number(request.args.get("trang")))
    courses = {leaf.course_slug: shelf.course(leaf.course_slug) for leaf in page.items}
    return render_template(
        "lessons/my_notes.html",
        page=page,
        courses=courses,
        page_address=lambda number: url_for("lessons.my_notes", trang=number),
    )


@blueprint.get("/courses/<slug>/<step_slug>/mine.json")
def mine_json(slug: str, step_slug: str) -> ResponseReturnValue:
    """What the reader left in this lesson, for the script of its page.

    `note` is null while a helper looks on: those words are for nobody else.
    """
    course, found = find_step(slug, step_slug)
    own = mine(current_user.id, course, found)
    if current_user.helper:
        own = Mine(own.paragraph)
    return {
        "profile": profile(current_user.id),
        "paragraph": own.paragraph,
        "note": None if current_user.helper else own.note,
        "noteIds": own.note_ids,
        "bookmarkIds": own.bookmark_ids,
        "asks": [
            {
                "text": one.text,
                "asked": vn_date(one.asked_at),
                "answer": one.answer,
                "helper": one.answered_by or "",
            }
            for one in asks_about(current_user.id, course, found)
        ],
    }


@blueprint.post("/courses/<slug>/<step_slug>/place")
def keep_place(slug: str, step_slug: str) -> ResponseReturnValue:
    """The reader's browser says how far they have read."""
    course, lesson = find_lesson(slug, step_slug)
    form = PlaceForm()
    if not form.validate():
        abort(400)
    read_on(current_user, course, lesson, form.paragraph.data)
    return "", 204


@blueprint.route("/courses/<slug>/<step_slug>/notes", methods=["GET", "POST"])
def notes(slug: str, step_slug: str) -> ResponseReturnValue:
    """The reader's own words beside a step, and whether it is marked."""
    course, found = find_step(slug, step_slug)
    form = NoteForm()
    if form.validate_on_submit():
        text, replaced = form.text.data or "", form.replaced
        save_note(current_user, course, found, text, form.op_id.data, replaced)
        return _saved(course, found, _("Đã lưu ghi chép."))
    own = mine(current_user.id, course, found)
    if not form.is_submitted():
        form.text.data, form.replaces.data = own.note, " ".join(own.note_ids)
    page = render_template("lessons/notes.html", course=course, step=found, form=form, mine=own)
    return page, 400 if form.is_submitted() else 200


@blueprint.post("/courses/<slug>/<step_slug>/bookmark")
def bookmark(slug: str, step_slug: str) -> ResponseReturnValue:
    """Mark a step to find it again, or take the mark off (`on` is 0)."""
    course, found = find_step(slug, step_slug)
    form = MarkForm()
    if not form.validate():
        abort(400)
    if request.form.get("on") == "0":
        take_bookmark(current_user, course, found, form.op_id.data, form.replaced)
        return _saved(course, found, _("Đã bỏ đánh dấu."))
    put_bookmark(current_user, course, found, form.op_id.data)
    return _saved(course, found, _("Đã đánh dấu bài này."))


def _saved(course: Course, found: Step, words: str) -> ResponseReturnValue:
    if request.headers.get("X-Fragment") == SAVED:
        return "", 204
    flash(words, "done")
    return redirect(url_for("lessons.notes", slug=course.slug, step_slug=found.slug), 303)
