"""What is kept about a person, on A4: for those who want it in their hands."""

from contextvars import Context
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, current_app

from app.accounts.second_step import settings
from app.certificates import press
from app.lib.dates import local_time, long_date
from app.lib.vietnamese import nfc
from app.persons.own import Own
from app.persons.own_words import COLUMNS, shown

STYLESHEET = Path(__file__).parent / "paper" / "own.css"
SIZES = {press.TIMES: "12pt", press.COMPLETE: "10.2pt"}

# fonts of its own: a long paper must not make certificates wait
_lock = Lock()


def as_pdf(own: Own) -> bytes:
    """The paper as PDF; needs an app context. It is in Vietnamese, whatever the page is in."""
    app: Any = current_app
    # outside the request, where words are said in the reader's language
    html = Context().run(_written, app._get_current_object(), own)
    with _lock:
        return _printed(nfc(html))


def _written(app: Flask, own: Own) -> str:
    with app.app_context():
        return app.jinja_env.get_template("persons/own_paper.html").render(
            own=own,
            columns=COLUMNS,
            shown=shown,
            day=long_date(local_time(own.at).date()),
            issuer=settings().site_name,
        )


def _printed(html: str) -> bytes:
    # a second and 50 MB: only processes that print pay for it
    from weasyprint import HTML

    document = HTML(string=html, url_fetcher=_fetcher())
    pdf: bytes = document.write_pdf(font_config=_fonts(), stylesheets=[_stylesheet()])
    return pdf


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


@cache
def _stylesheet() -> Any:
    from weasyprint import CSS

    family = press.letters()
    root = f'html {{ font: {SIZES[family]} "{family}", "{press.COMPLETE}", serif }}'
    text = root + STYLESHEET.read_text("utf-8")
    return CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher())
