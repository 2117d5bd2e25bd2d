"""Landing page, catalogue, course pages, files of courses, pages about the site."""

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask import send_file as send
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.accounts.models import Role
from app.catalogue import results, visitor
from app.catalogue.outline import arranged, lesson_minutes, outline
from app.catalogue.welcome import welcome
from app.certificates.queries import in_force, lines_of_course
from app.content.models import Course
from app.content.programme import Group
from app.content.shelf import shelf
from app.content.source import tag_of
from app.learning.assignments import due as due_of
from app.learning.queries import Progress, progress, progress_of_all
from app.lib.paging import Page, offset, page_number
from app.ui.i18n import gettext as _
from app.ui.kept import Kept
from app.units.queries import team_near

blueprint = Blueprint("catalogue", __name__, template_folder="templates")

COURSES_ON_LANDING = 3
COURSES_PER_PAGE = 24
RESULTS_PER_PAGE = 20
LONGEST_QUERY = 80
ONE_YEAR = "public, max-age=31536000, immutable"
_ADDRESSES = results.Addresses(
    lambda slug: url_for("catalogue.course", slug=slug),
    lambda slug, step: url_for("lessons.step", slug=slug, step_slug=step),
)
_landings = Kept[Markup]()
SEES_DRAFTS = frozenset({Role.TRAINER, Role.ADMIN})


@blueprint.get("/")
def landing() -> ResponseReturnValue:
    """The first page, in the words of the visitor's group."""
    group = visitor.visitor_group()
    signed_in = current_user.is_authenticated
    body = _landings.get(
        (group.id if group else "", signed_in),
        (shelf.programme, *shelf.published()),
        lambda: _landing_body(group, signed_in),
    )
    page = render_template("catalogue/landing.html", title=welcome(group).title, body=body)
    return visitor.remember(make_response(page))


@blueprint.get("/courses")
def courses() -> ResponseReturnValue:
    """The catalogue; the courses made for the visitor's group stand first."""
    group = visitor.visitor_group()
    listed, own = arranged(shelf.published(), group)
    number = page_number(request.args.get("trang"))
    start = offset(number, COURSES_PER_PAGE)
    shown = listed[start : start + COURSES_PER_PAGE]
    page = render_template(
        "catalogue/courses.html",
        group=group,
        title=_(group.title) if group else "",
        for_whom=_in_sentence(group) if group else "",
        groups=visitor.choices("catalogue.courses"),
        own=shown[: max(0, own - start)],
        others=shown[max(0, own - start) :],
        page=Page(shown, number, COURSES_PER_PAGE, len(listed)),
        taken=_taken(listed),
    )
    return visitor.remember(make_response(page))


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Courses, lessons and words that hold what was typed, with marks or without."""
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    hits = results.search(query, visitor.visitor_group())
    number = page_number(request.args.get("trang"))
    start = offset(number, RESULTS_PER_PAGE)
    lines = results.shown(hits[start : start + RESULTS_PER_PAGE], query, _ADDRESSES)
    page = Page(lines, number, RESULTS_PER_PAGE, len(hits))
    return render_template("catalogue/search.html", query=query, page=page, starts=results.STARTS)


@blueprint.get("/search/suggestions")
def suggestions() -> ResponseReturnValue:
    """The first few results as one types: a fragment of a page."""
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    hits = results.search(query, visitor.visitor_group())[: results.SUGGESTIONS]
    lines = results.shown(hits, query, _ADDRESSES)
    return render_template("catalogue/suggestions.html", query=query, lines=lines)


@blueprint.get("/courses/<slug>")
def course(slug: str) -> ResponseReturnValue:
    """What a course teaches, how long it takes, what is done and what is left."""
    found = shelf.course(slug) or abort(404)
    mine = award = due = None
    earned = False
    if current_user.is_authenticated:
        mine = progress(current_user.id, found)
        award = in_force(current_user.id, slug)
        due = due_of(current_user.id, slug)
        earned = mine.complete and not award and not lines_of_course(current_user.id, slug)
    return render_template(
        "catalogue/course.html",
        course=found,
        progress=mine,
        award=award,
        earned=earned,
        due=due,
        address=shelf.programme.address(found.audience),
        audience=_audience(found),
        minutes=lesson_minutes(found),
        outline=outline(
            found, mine, lambda step: url_for("lessons.step", slug=slug, step_slug=step.slug)
        ),
    )


@blueprint.get("/courses/<slug>/media/<path:path>")
def media(slug: str, path: str) -> ResponseReturnValue:
    """A picture or other file of a course; kept for ever when the address names its content."""
    found, wanted = shelf.library.course(slug), request.args.get("v", "")
    file = shelf.library.media(slug, path, wanted) if found and _may_see(found) else None
    if found is None or file is None:
        abort(404)
    response: Response = send(file, conditional=True)
    exact = found.published and wanted == tag_of(file)
    response.headers["Cache-Control"] = ONE_YEAR if exact else "no-cache"
    return response


@blueprint.get("/help", endpoint="help")
def help_page() -> ResponseReturnValue:
    """How to learn here and whom to ask."""
    known = current_user.is_authenticated
    home, team = team_near(current_user.id) if known else (None, [])
    return render_template("catalogue/help.html", home=home, team=team)


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Which personal data are kept, why, how long, and a person's rights."""
    return render_template("catalogue/privacy.html")


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """What works for whom, and where to report what does not."""
    return render_template("catalogue/accessibility.html")


def _landing_body(group: Group | None, signed_in: bool) -> Markup:
    courses, own = arranged(shelf.published(), group)
    body = render_template(
        "catalogue/landing_body.html",
        group=group,
        title=_(group.title) if group else "",
        groups=visitor.choices("catalogue.landing"),
        welcome=welcome(group),
        courses=courses[: max(own, COURSES_ON_LANDING)],
        own=own,
        signed_in=signed_in,
    )
    return Markup(body)


def _audience(course: Course) -> str:
    """The first of the groups that a course is made for, as a sentence goes on with it."""
    groups = (group for group in shelf.programme.groups if group.id in course.audience)
    return next(map(_in_sentence, groups), "")


def _in_sentence(group: Group) -> str:
    title = _(group.title)
    return title[0].lower() + title[1:]


def _taken(courses: list[Course]) -> dict[str, Progress]:
    if not current_user.is_authenticated:
        return {}
    mine = progress_of_all(current_user.id, tuple(courses))
    return {one.course.slug: one for one in mine}


def _may_see(course: Course) -> bool:
    return course.published or (
        current_user.is_authenticated and bool(current_user.roles & SEES_DRAFTS)
    )
