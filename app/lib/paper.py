"""Long papers as PDF: HTML of our own onto A4, by an engine kept warm for each kind of paper."""

from collections.abc import Callable
from functools import cached_property
from threading import Lock
from typing import Any

from app.lib.vietnamese import nfc


class Printer:
    """Prints one kind of paper, one after the other; nothing is fetched but `data:`.

    Fonts of its own: a long paper must not make those of another kind wait. `styles` gives the
    CSS and is asked once, with the first paper.
    """

    def __init__(self, styles: Callable[[], str]) -> None:
        self._styles = styles
        # pango and its font configuration are not made for two threads at once
        self._lock = Lock()

    def print(self, html: str) -> bytes:
        """The paper as PDF, its words in composed form. Raises OSError without pango."""
        # a second and 50 MB: only processes that print pay for it
        from weasyprint import HTML

        with self._lock:
            document = HTML(string=nfc(html), url_fetcher=self._fetcher)
            pdf: bytes = document.write_pdf(font_config=self._fonts, stylesheets=[self._sheet])
        return pdf

    @cached_property
    def _fonts(self) -> Any:
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()

    @cached_property
    def _fetcher(self) -> Any:
        from weasyprint.urls import URLFetcher

        return URLFetcher(allowed_protocols=("data",), allow_redirects=False)

    @cached_property
    def _sheet(self) -> Any:
        from weasyprint import CSS

        return CSS(string=self._styles(), font_config=self._fonts, url_fetcher=self._fetcher)
