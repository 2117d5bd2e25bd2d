"""What is kept about a person, on A4: for those who want it in their hands."""

from contextvars import Context
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from app.accounts.second_step import settings
from app.certificates import press
from app.lib.dates import local_time, long_date
from app.lib.paper import Printer
from app.persons.own import Own
from app.persons.own_words import COLUMNS, shown

STYLESHEET = Path(__file__).parent / "paper" / "own.css"
SIZES = {press.TIMES: "12pt", press.COMPLETE: "10.2pt"}

_printer = Printer(lambda: press.root_rule(SIZES) + STYLESHEET.read_text("utf-8"))


def as_pdf(own: Own) -> bytes:
    """The paper as PDF; needs an app context. It is in Vietnamese, whatever the page is in."""
    app: Any = current_app
    # outside the request, where words are said in the reader's language
    html = Context().run(_written, app._get_current_object(), own)
    return _printer.print(html)


def _written(app: Flask, own: Own) -> str:
    with app.app_context():
        return app.jinja_env.get_template("persons/own_paper.html").render(
            own=own,
            columns=COLUMNS,
            shown=shown,
            day=long_date(local_time(own.at).date()),
            issuer=settings().site_name,
        )
