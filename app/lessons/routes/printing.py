"""A lesson on paper: in large print for whoever reads it, as a script for those who teach it."""

from collections.abc import Callable
from pathlib import Path

from flask import Response, abort, current_app, request
from flask import send_file as send
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from app.content.models import Course, Step, StepKind
from app.lessons import class_script, device, large_print
from app.lessons.kept_files import KeptFiles, whole_file
from app.lessons.routes.door import blueprint, find_step
from app.lessons.typeset import CannotPrint
from app.ui.i18n import language

# seconds
COME_BACK = 20


@blueprint.get("/courses/<slug>/<step_slug>/sheet.pdf")
def large_print_sheet(slug: str, step_slug: str) -> ResponseReturnValue:
    """The step in large print on A4 or A5 (`?size=`), for the machine chosen on its page."""
    course, step = _printable(slug, step_slug)
    size = request.args.get("size", large_print.SIZES[0])
    if size not in large_print.SIZES:
        abort(404)
    machine = device.shown(device.devices_of(step))
    name = ".".join(filter(None, (step.slug, machine, size, language(), "pdf")))
    return _sent(
        course,
        name,
        lambda: large_print.render_sheet(course, step, size, machine, _base_url()),
        f"{step.slug}-chu-to-{size}.pdf",
    )


@blueprint.get("/courses/<slug>/<step_slug>/script.pdf")
def script(slug: str, step_slug: str) -> ResponseReturnValue:
    """What a trainer says, shows and asks in a class about this step, with answers."""
    course, step = _printable(slug, step_slug)
    name = ".".join((step.slug, "lop", language(), "pdf"))
    return _sent(
        course,
        name,
        lambda: class_script.render_script(course, step, _base_url()),
        f"{step.slug}-kich-ban-lop.pdf",
    )


def _printable(slug: str, step_slug: str) -> tuple[Course, Step]:
    course, step = find_step(slug, step_slug)
    if step.kind is StepKind.TEST:
        abort(404)
    return course, step


def _sent(
    course: Course, name: str, render: Callable[[], bytes], download: str
) -> ResponseReturnValue:
    """The paper under this name, printed now if nobody asked before; 503 when it cannot be."""
    files: KeptFiles = current_app.extensions["papers"]

    def make(path: Path) -> None:
        with whole_file(path) as temporary:
            temporary.write_bytes(render())

    try:
        file = files.made(course, name, make)
    except (CannotPrint, OSError) as problem:
        raise ServiceUnavailable(retry_after=COME_BACK) from problem
    response: Response = send(
        file, mimetype="application/pdf", conditional=True, download_name=download
    )
    # the machine may stand in a cookie, and the address names no version
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _base_url() -> str:
    address: str = current_app.extensions["settings"].base_url
    return address
