"""The large-print sheet of a lesson or a practical: the same words on A4 or A5, no answers."""

from flask import render_template

from app.content.models import Course, Step
from app.lessons.device import DEVICES
from app.lessons.on_paper import address_facts, blind_question, pieces
from app.lessons.typeset import print_pdf

SIZES = ("a4", "a5")


def render_sheet(course: Course, step: Step, size: str, machine: str, base_url: str) -> bytes:
    """The sheet as PDF; needs an app context.

    `size` is one of SIZES; `machine` one of DEVICES, or "" for passages of all kinds of machine,
    each under its name. Raises CannotPrint.
    """
    html = render_template(
        "lessons/large_print.html",
        **address_facts(course, step, base_url),
        pieces=pieces(course, step, blind_question),
        size=size,
    )
    page = f"@page {{ size: {size.upper()} }}" + only_for(machine)
    return print_pdf(html, f"{size}.css", base_url, page)


def only_for(machine: str) -> str:
    """Rules that hide passages for other machines than this one; "" hides none."""
    if machine not in DEVICES:
        return ""
    return f'[data-device]:not([data-device="{machine}"]) {{ display: none }}'
