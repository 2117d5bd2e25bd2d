"""Pages in the browser, watched: what it complains about fails the test."""

import re
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.browser.site import Site, Who

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
}
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 700}}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PATIENCE = 20_000


class Visits:
    """Opens pages and remembers every complaint; `expect` names those that belong to the test."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser = browser
        self._site = site
        self._contexts: list[BrowserContext] = []
        self._expected: list[str] = []
        self.complaints: list[str] = []

    def open(self, shape: dict[str, Any], who: Who | None = None, **more: Any) -> Page:
        """A page in a browser of its own, of this shape; `who` is signed in there."""
        context = self._browser.new_context(
            base_url=self._site.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            **{**shape, **more},
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda said: self._console(said.type, said.text))
        context.on("weberror", lambda error: self._complain(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("request", self._requested)
        page = context.new_page()
        self.sign_in(page, who)
        return page

    def sign_in(self, page: Page, who: Who | None) -> None:
        """Give the browser of this page the session of a person, if there is one."""
        if who:
            page.context.add_cookies([self._site.session_cookie(who)])

    def expect(self, *patterns: str) -> None:
        """Complaints that match one of these (regular expressions) are part of the test."""
        self._expected += patterns

    def judge(self) -> None:
        """AssertionError names what the browsers complained about since the last time."""
        unexpected = list(self._unexpected())
        self.complaints.clear()
        self._expected.clear()
        assert not unexpected, "\n".join(unexpected)

    def end(self) -> None:
        """Close every browser, then judge."""
        for context in self._contexts:
            context.close()
        self.judge()

    def _unexpected(self) -> Iterable[str]:
        for complaint in self.complaints:
            if not any(re.search(pattern, complaint) for pattern in self._expected):
                yield complaint

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self._complain(f"console {kind}: {text}")

    def _failed(self, request: Request) -> None:
        # a download, or a page left before it came, is no fault
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"request failed: {request.url} {request.failure}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self._site.url, "data:", "about:", "blob:")):
            self._complain(f"asks outside: {request.url}")

    def _complain(self, words: str) -> None:
        self.complaints.append(words)
