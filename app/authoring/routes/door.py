"""The blueprint, and what several addresses of the studio need."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Blueprint, abort, current_app, flash, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.authoring import draft_queries as queries
from app.authoring.actions.workflow import Place
from app.authoring.models import Draft
from app.authoring.problems import StudioProblem
from app.content.shelf import shelf
from app.ui.i18n import said

blueprint = Blueprint("authoring", __name__, template_folder="../templates")

# larger numbers are nobody's, and no database column takes them
FILE = "/studio/<slug>/draft/<int(max=2147483647):file_id>"


def look_at_files() -> None:
    """What was saved a moment ago shows at once, whether or not the folder is watched."""
    shelf.library.refresh()


def courses_folder() -> Path:
    """Where the courses lie on disk."""
    folder: Path = current_app.extensions["settings"].courses
    return folder


def place() -> Place:
    """Where courses lie, and the programme in force."""
    return Place(courses_folder(), shelf.programme)


def own_course(slug: str) -> None:
    """404 for courses that the person signed in does not write."""
    if not queries.may_write(current_user, slug):
        abort(404)


def own_draft(slug: str) -> Draft:
    """The open draft of a course that the person signed in writes; else 404."""
    own_course(slug)
    return queries.open_draft(slug) or abort(404)


@contextmanager
def attempt(words: str) -> Iterator[None]:
    """Carry out an act, and say that it was done, or why it was not."""
    try:
        yield
    except StudioProblem as problem:
        flash(said(problem), "warn")
    else:
        flash(words, "done")


def to_draft(slug: str, anchor: str | None = None) -> Response:
    """Back to the draft's page."""
    return redirect(url_for("authoring.draft", slug=slug, _anchor=anchor), 303)
