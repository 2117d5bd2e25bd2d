"""From HTML to PDF for papers of lessons: our own course files as pictures, nothing from outside.

One font configuration and one lock for the process; certificates have their own and do not wait.
"""

import hashlib
import mimetypes
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from app.config import Settings
from app.content.shelf import shelf
from app.lib.vietnamese import nfc
from app.ui.i18n import TRANSLATIONS

PAPER = Path(__file__).parent / "paper"

# pango and its font configuration are not made for two threads at once
_lock = Lock()


def maker_of_papers(settings: Settings) -> str:
    """8 hex digits that differ whenever the same lesson may come out otherwise on paper."""
    whole = hashlib.sha256()
    room = Path(__file__).parent
    for pattern in ("*.py", "paper/*.css", "templates/lessons/*.html"):
        for source in sorted(room.glob(pattern)):
            whole.update(source.read_bytes())
    for catalogue in sorted(TRANSLATIONS.rglob("*.po")):
        whole.update(catalogue.read_bytes())
    for words in (settings.base_url, settings.site_name, settings.hotline, version("weasyprint")):
        whole.update(words.encode() + b"\0")
    return whole.hexdigest()[:8]


class CannotPrint(Exception):
    """The paper could not be made; nothing was kept."""


def print_pdf(html: str, stylesheet: str, base_url: str, extra: str = "") -> bytes:
    """A document as tagged PDF; links are made whole with `base_url`.

    `stylesheet` is the name of a file of PAPER, `extra` are rules on top of it. The same document
    gives the same bytes. Raises CannotPrint when pango is not installed.
    """
    try:
        with _lock:
            return _printed(nfc(html), stylesheet, base_url, extra)
    except OSError as problem:
        raise CannotPrint(str(problem)) from problem


def course_file(url: str, base_url: str) -> Path | None:
    """The file of a course that an address on our own site names, or None."""
    own = base_url.rstrip("/") + "/courses/"
    if not url.startswith(own):
        return None
    parts = urlsplit(url[len(own) :])
    slug, _, relative = unquote(parts.path).partition("/media/")
    wanted = parts.query.removeprefix("v=") if parts.query.startswith("v=") else ""
    return shelf.library.media(slug, relative, wanted)


def _printed(html: str, stylesheet: str, base_url: str, extra: str) -> bytes:
    # a second and 50 MB: only processes that print pay for it
    from weasyprint import CSS, HTML

    fetcher = _fetcher(base_url)
    sheets = [_stylesheet(stylesheet)]
    if extra:
        sheets.append(CSS(string=extra, font_config=_fonts(), url_fetcher=fetcher))
    document = HTML(string=html, base_url=base_url.rstrip("/") + "/", url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        font_config=_fonts(), stylesheets=sheets, pdf_variant="pdf/ua-1"
    )
    return pdf


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _stylesheet(name: str) -> Any:
    from weasyprint import CSS

    text = (PAPER / "lesson.css").read_text("utf-8") + (PAPER / name).read_text("utf-8")
    return CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher(""))


@cache
def _fetcher(base_url: str) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """data: and the files of our courses; any other address is refused unfetched."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            file = course_file(url, base_url) if base_url else None
            if file is None:
                raise ValueError("not a file of our courses")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OwnFiles(allowed_protocols=("data",), allow_redirects=False)
