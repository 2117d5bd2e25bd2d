"""The room's blueprint, and how its routes find what an address names."""

from flask import Blueprint, abort

from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf

blueprint = Blueprint("lessons", __name__, template_folder="../templates")


def find_step(slug: str, step_slug: str) -> tuple[Course, Step]:
    """The step of this name; one that was renamed is found by its former name too."""
    course = shelf.course(slug) or abort(404)
    return course, course.present(step_slug) or abort(404)


def find_lesson(slug: str, step_slug: str) -> tuple[Course, Step]:
    """A lesson only: a test is never credited or answered through this room."""
    course, found = find_step(slug, step_slug)
    if found.kind is not StepKind.LESSON:
        abort(404)
    return course, found
