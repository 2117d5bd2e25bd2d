"""The studio: courses and their problems, previews, statistics of questions."""

import re
from pathlib import Path

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.authoring import studio
from app.authoring.actions import importing
from app.authoring.bank_page import BankPage
from app.authoring.forms import ImportForm
from app.authoring.items import FLAG_NAMES, FLAG_WORDS, bank
from app.authoring.pool import pool
from app.authoring.studio import Entry
from app.content.adoption import Adopted
from app.content.grading import grade
from app.content.import_report import ImportRefused
from app.content.models import Course, Step, StepKind
from app.content.problems import Problem
from app.content.shelf import shelf
from app.lessons import device
from app.lessons.practice import answer_given
from app.lessons.sheet import Answered, again, body
from app.lib.paging import page_number
from app.ui.transaction import reads_only
from app.units.queries import today

blueprint = Blueprint("authoring", __name__, template_folder="templates")

FILES_SHOWN = 300


@blueprint.get("/studio")
def courses() -> ResponseReturnValue:
    """Every course on disk: what learners get of it, and whether its files are in order."""
    _look_at_files()
    return render_template(
        "authoring/courses.html",
        entries=studio.entries(shelf.library),
        problems=studio.programme_problems(shelf.library),
    )


@blueprint.get("/studio/import")
def import_form() -> ResponseReturnValue:
    """Choose a course made elsewhere to bring in."""
    return _import_page(ImportForm())


@blueprint.post("/studio/import")
def import_course() -> ResponseReturnValue:
    """Bring a course in as a draft, and tell what became of each file."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _import_page(form)
    upload = importing.Upload(form.file.data.filename[:120], form.file.data.read(), form.slug.data)
    try:
        found = importing.import_course(form.op_id.data, current_user, upload, _folder())
    except ImportRefused as refusal:
        form.file.errors = [str(refusal)]
        return _import_page(form)
    return _imported(found)


@blueprint.get("/studio/<slug>")
def course(slug: str) -> ResponseReturnValue:
    """One course: what to mend in its files, its outline, ways to preview and statistics."""
    _look_at_files()
    entry = studio.entry(shelf.library, slug) or abort(404)
    return render_template(
        "authoring/course.html",
        entry=entry,
        course=entry.course,
        problems=_problems(entry),
        programme=shelf.programme,
    )


@blueprint.route("/studio/<slug>/preview/<step_slug>", methods=["GET", "POST"])
@reads_only
def preview(slug: str, step_slug: str) -> ResponseReturnValue:
    """A step as learners see it, drafts too; of a test the whole pool with its answers."""
    course, step = _step(slug, step_slug)
    if step.kind is StepKind.LESSON:
        return _lesson(course, step)
    if request.method == "POST":
        abort(405, valid_methods=["GET"])
    return render_template("authoring/pool.html", course=course, step=step, pool=pool(course, step))


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


def _look_at_files() -> None:
    """What was saved a moment ago shows at once, whether or not the folder is watched."""
    shelf.library.refresh()


def _import_page(form: ImportForm) -> ResponseReturnValue:
    megabytes = current_app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024)
    page = render_template(
        "authoring/import.html", form=form, most=importing.IN_A_BROWSER, megabytes=megabytes
    )
    return page, 400 if form.errors else 200


def _imported(found: Adopted | str) -> ResponseReturnValue:
    _look_at_files()
    if isinstance(found, str):
        return redirect(url_for("authoring.course", slug=found), 303)
    lines = found.report.lines
    return render_template(
        "authoring/imported.html",
        adopted=found,
        lines=lines[:FILES_SHOWN],
        more=max(len(lines) - FILES_SHOWN, 0),
    )


def _folder() -> Path:
    folder: Path = current_app.extensions["settings"].courses
    return folder


def _problems(entry: Entry) -> tuple[Problem, ...]:
    return studio.all_problems(entry, _folder(), shelf.programme.model_dump_json(), today())


def _step(slug: str, step_slug: str) -> tuple[Course, Step]:
    course = shelf.library.course(slug) or abort(404)
    return course, course.step(step_slug) or abort(404)


def _lesson(course: Course, step: Step) -> ResponseReturnValue:
    answered = _answered(step) if request.method == "POST" else None
    if answered and request.headers.get("X-Fragment") == "verdict":
        return _in_studio(course, Markup(_verdict(course, step, answered)))
    place, total = course.position(step.slug)
    return render_template(
        "authoring/lesson.html",
        course=course,
        step=step,
        place=place,
        total=total,
        following=course.next_after(step.slug),
        before=course.steps[place - 2] if place > 1 else None,
        address=shelf.programme.address(course.audience),
        body=_in_studio(course, body(course, step, answered)),
        device=device.chosen(),
        progress=None,
        done=False,
    )


def _answered(step: Step) -> Answered:
    question = step.question(request.args.get("question", "")) or abort(404)
    given = request.form.getlist(f"q-{question.id}")
    verdict = grade(question, given) if answer_given(question, given) else None
    return Answered(question, given, verdict)


def _verdict(course: Course, step: Step, answered: Answered) -> str:
    return render_template(
        "lessons/verdict.html",
        course=course,
        question=answered.question,
        grade=answered.grade,
        again=again(course, step, answered.question),
    )


def _in_studio(course: Course, html: Markup) -> Markup:
    """A lesson's HTML with its links and forms kept inside the preview: drafts have no other."""
    steps = "|".join(re.escape(step.slug) for step in course.steps)
    page = rf"/courses/{re.escape(course.slug)}/({steps})(?:/practice)?"
    address = rf'(href|action)="([^"]*){page}(?=["?#])'
    return Markup(re.sub(address, rf'\1="\2/studio/{course.slug}/preview/\3', str(html)))
