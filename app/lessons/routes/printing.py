"""A lesson on paper: in large print for whoever reads it, as a script for those who teach it."""

from collections.abc import Callable
from pathlib import Path

from flask import Response, abort, request
from flask import send_file as send
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from app.content.models import Course, Step, StepKind
from app.lessons import device, papers
from app.lessons.large_print import SIZES
from app.lessons.routes.door import blueprint, find_step
from app.lessons.typeset import CannotPrint

# seconds
COME_BACK = 20


@blueprint.get("/courses/<slug>/<step_slug>/sheet.pdf")
def large_print_sheet(slug: str, step_slug: str) -> ResponseReturnValue:
    """The step in large print on A4 or A5 (`?size=`), for the machine chosen on its page."""
    course, step = _printable(slug, step_slug)
    size = request.args.get("size", SIZES[0])
    if size not in SIZES:
        abort(404)
    machine = device.shown(device.devices_of(step))
    return _sent(
        lambda: papers.sheet(course, step, size, machine), f"{step.slug}-chu-to-{size}.pdf"
    )


@blueprint.get("/courses/<slug>/<step_slug>/script.pdf")
def script(slug: str, step_slug: str) -> ResponseReturnValue:
    """What a trainer says, shows and asks in a class about this step, with answers."""
    course, step = _printable(slug, step_slug)
    return _sent(lambda: papers.script(course, step), f"{step.slug}-kich-ban-lop.pdf")


def _printable(slug: str, step_slug: str) -> tuple[Course, Step]:
    course, step = find_step(slug, step_slug)
    if step.kind is StepKind.TEST:
        abort(404)
    return course, step


def _sent(paper: Callable[[], Path], name: str) -> ResponseReturnValue:
    """The paper to be opened or kept under this name; 503 while it cannot be printed."""
    try:
        file = paper()
    except CannotPrint as problem:
        raise ServiceUnavailable(retry_after=COME_BACK) from problem
    response: Response = send(file, mimetype="application/pdf", conditional=True)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    # the machine may stand in a cookie, and the address names no version
    response.headers["Cache-Control"] = "private, no-cache"
    return response
