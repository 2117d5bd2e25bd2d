"""The shelf: every course and what is wrong with its files, one course, its questions."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring import draft_queries as queries
from app.authoring import studio
from app.authoring.bank_page import BankPage
from app.authoring.items import FLAG_NAMES, FLAG_WORDS, bank
from app.authoring.own_shelf import shelf_page
from app.authoring.routes.door import (
    blueprint,
    courses_folder,
    look_at_files,
    own_course,
    to_draft,
)
from app.authoring.studio import Entry
from app.content.problems import Problem
from app.content.shelf import shelf
from app.lib.paging import page_number
from app.units.queries import today


@blueprint.get("/studio")
def courses() -> ResponseReturnValue:
    """One's own courses: what learners get of each, whether its files are in order, its draft."""
    look_at_files()
    slugs = queries.own_slugs(current_user)
    drafts = queries.open_by_slug(slugs)
    entries = [one for one in studio.entries(shelf.library) if slugs is None or one.slug in slugs]
    new = drafts.keys() - {entry.slug for entry in entries}
    texts = queries.overviews(drafts[slug].id for slug in new) if new else {}
    return render_template(
        "authoring/courses.html",
        page=shelf_page(entries, drafts, texts, page_number(request.args.get("trang"))),
        all_of_them=slugs is None,
        problems=studio.programme_problems(shelf.library),
    )


@blueprint.get("/studio/<slug>")
def course(slug: str) -> ResponseReturnValue:
    """One course: what to mend in its files, its outline, ways to preview and statistics."""
    own_course(slug)
    look_at_files()
    entry, draft = studio.entry(shelf.library, slug), queries.open_draft(slug)
    if entry is None:
        return to_draft(slug) if draft else abort(404)
    return render_template(
        "authoring/course.html",
        entry=entry,
        course=entry.course,
        draft=draft,
        problems=_problems(entry),
        programme=shelf.programme,
    )


@blueprint.get("/studio/<slug>/questions")
def questions(slug: str) -> ResponseReturnValue:
    """The questions of the course's tests by skill, and how learners do at each."""
    own_course(slug)
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
