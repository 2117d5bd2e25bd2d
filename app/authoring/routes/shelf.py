"""The shelf: every course and what is wrong with its files, one course, its questions."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.authoring import studio
from app.authoring.bank_page import BankPage
from app.authoring.items import FLAG_NAMES, FLAG_WORDS, bank
from app.authoring.routes.door import blueprint, courses_folder, look_at_files
from app.authoring.studio import Entry
from app.content.problems import Problem
from app.content.shelf import shelf
from app.lib.paging import page_number
from app.units.queries import today


@blueprint.get("/studio")
def courses() -> ResponseReturnValue:
    """Every course on disk: what learners get of it, and whether its files are in order."""
    look_at_files()
    return render_template(
        "authoring/courses.html",
        entries=studio.entries(shelf.library),
        problems=studio.programme_problems(shelf.library),
    )


@blueprint.get("/studio/<slug>")
def course(slug: str) -> ResponseReturnValue:
    """One course: what to mend in its files, its outline, ways to preview and statistics."""
    look_at_files()
    entry = studio.entry(shelf.library, slug) or abort(404)
    return render_template(
        "authoring/course.html",
        entry=entry,
        course=entry.course,
        problems=_problems(entry),
        programme=shelf.programme,
    )


@blueprint.get("/studio/<slug>/questions")
def questions(slug: str) -> ResponseReturnValue:
    """The questions of the course's tests by skill, and how learners do at each."""
    course = shelf.library.course(slug) or abort(404)
    asked = request.args
    shown = BankPage(
        course,
        bank(course),
        asked.get("ky-nang"),
        asked.get("nhan-xet"),
        page_number(asked.get("trang")),
    )
    return render_template(
        "authoring/questions.html",
        course=course,
        bank=shown.bank,
        shown=shown,
        page=shown.page,
        flag_words=FLAG_WORDS,
        flag_names=FLAG_NAMES,
    )


def _problems(entry: Entry) -> tuple[Problem, ...]:
    return studio.all_problems(entry, courses_folder(), shelf.programme.model_dump_json(), today())
