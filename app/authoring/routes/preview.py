"""A step as learners see it, before it is published: as it lies on disk, or as the draft has it."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from app.authoring import draft_queries as queries
from app.authoring.pool import pool
from app.authoring.routes.door import blueprint, courses_folder, own_course
from app.authoring.seen_as import seen_as
from app.authoring.working_copy import loaded
from app.content.grading import grade
from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.lessons import device
from app.lessons.practice import answer_given
from app.lessons.sheet import Answered, again, body, body_of_draft
from app.ui.i18n import gettext as _
from app.ui.transaction import reads_only
from app.units.queries import today

DRAFT = "soan"


@dataclass(frozen=True)
class View:
    """How somebody looks: `draft`: at the draft; ids of a group and of a kind of machine, "" for
    all of them."""

    draft: bool
    group: str
    machine: str

    @staticmethod
    def asked() -> "View":
        """As the address asks."""
        group = request.args.get("nhom", "")
        known = group in shelf.programme.group_titles
        return View(request.args.get("ban") == DRAFT, group if known else "", device.chosen())

    @property
    def query(self) -> dict[str, str]:
        """What takes this way of looking along to another page."""
        asked = {"ban": DRAFT if self.draft else "", "nhom": self.group, "may": self.machine}
        return {name: value for name, value in asked.items() if value}


@blueprint.route("/studio/<slug>/preview/<step_slug>", methods=["GET", "POST"])
@reads_only
def preview(slug: str, step_slug: str) -> ResponseReturnValue:
    """A step as learners see it, drafts too; of a test the whole pool with its answers."""
    own_course(slug)
    view = View.asked()
    course = _course(slug, view) or abort(404)
    step = course.step(step_slug) or abort(404)
    if step.kind is StepKind.LESSON:
        return _lesson(course, step, view)
    if request.method == "POST":
        abort(405, valid_methods=["GET"])
    return render_template(
        "authoring/pool.html",
        course=course,
        step=step,
        pool=pool(course, step),
        view=view,
        back=_back(slug, view),
    )


def _course(slug: str, view: View) -> Course | None:
    if not view.draft:
        return shelf.library.course(slug)
    draft = queries.open_draft(slug)
    if draft is None:
        return None
    return loaded(queries.contents(draft), courses_folder(), shelf.programme, today()).attempt


def _lesson(course: Course, step: Step, view: View) -> ResponseReturnValue:
    answered = _answered(step) if request.method == "POST" else None
    if answered and request.headers.get("X-Fragment") == "verdict":
        return _in_studio(course, view, _verdict(course, step, answered))
    place, total = course.position(step.slug)
    whole = body_of_draft(course, step) if view.draft and not answered else None
    html = seen_as(str(whole or body(course, step, answered)), view.group, view.machine)
    return render_template(
        "authoring/lesson.html",
        course=course,
        step=step,
        place=place,
        total=total,
        following=course.next_after(step.slug),
        before=course.steps[place - 2] if place > 1 else None,
        address=shelf.programme.address(course.audience),
        body=_in_studio(course, view, html),
        device=view.machine,
        progress=None,
        done=False,
        view=view,
        groups=[(group.id, group.title) for group in shelf.programme.groups],
        machines=[("android", "Android"), ("iphone", "iPhone"), ("may-tinh", _("Máy tính"))],
        back=_back(course.slug, view),
    )


def _back(slug: str, view: View) -> str:
    return url_for("authoring.draft" if view.draft else "authoring.course", slug=slug)


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


def _in_studio(course: Course, view: View, html: str) -> Markup:
    """A lesson's HTML with its links and forms kept inside the preview: drafts have no other."""
    steps = "|".join(re.escape(step.slug) for step in course.steps)
    home = rf"/courses/{re.escape(course.slug)}"

    def kept(link: re.Match[str]) -> str:
        query = "&amp;".join(part for part in (link[4], escape(urlencode(view.query))) if part)
        asked = f"?{query}" if query else ""
        return f'{link[1]}="{link[2]}/studio/{course.slug}/preview/{link[3]}{asked}'

    page = rf'(href|action)="([^"?#]*){home}/({steps})(?:/practice)?(?:\?([^"#]*))?(?=["#])'
    html = re.sub(page, kept, html)
    if view.draft:
        media = url_for("authoring.draft_media", slug=course.slug, path="")
        html = re.sub(rf'(src|href)="[^"?#]*{home}/media/', rf'\1="{media}', html)
    return Markup(html)
