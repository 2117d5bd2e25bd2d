"""The papers of this installation: printed when somebody first asks, kept per course version."""

from collections.abc import Callable
from pathlib import Path

from flask import current_app

from app.content.models import Course, Step
from app.lessons import class_script, large_print
from app.lessons.kept_files import KeptFiles, whole_file
from app.lessons.typeset import CannotPrint
from app.ui.i18n import language


def sheet(course: Course, step: Step, size: str, machine: str) -> Path:
    """The large-print sheet of a step, as `large_print.render_sheet`. Raises CannotPrint."""
    name = ".".join(filter(None, (step.slug, machine, size, language(), "pdf")))
    return _kept(
        course,
        name,
        lambda: large_print.render_sheet(course, step, size, machine, _base_url()),
    )


def script(course: Course, step: Step) -> Path:
    """The script of a class about a step. Raises CannotPrint."""
    name = ".".join((step.slug, "lop", language(), "pdf"))
    return _kept(course, name, lambda: class_script.render_script(course, step, _base_url()))


def _kept(course: Course, name: str, render: Callable[[], bytes]) -> Path:
    files: KeptFiles = current_app.extensions["papers"]

    def make(path: Path) -> None:
        with whole_file(path) as temporary:
            temporary.write_bytes(render())

    try:
        return files.made(course, name, make)
    except OSError as problem:
        raise CannotPrint(str(problem)) from problem


def _base_url() -> str:
    address: str = current_app.extensions["settings"].base_url
    return address
