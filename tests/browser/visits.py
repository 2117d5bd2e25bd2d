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
# pictures of the page as it stands that were asked for and did not come
BROKEN = """() => [...document.images]
  .filter((image) => image.complete && !image.naturalWidth).map((image) => image.currentSrc)"""


class Visits:
    """Lends pages and remembers every complaint.

    A browser opened anew costs more than what most tests look at, so a page comes back after
    its test and is lent again, without cookies, to the next one that wants the same shape.
    """

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser = browser
        self._site = site
        self._idle: list[tuple[str, Page]] = []
        self._lent: list[tuple[str, Page]] = []
        self._expected: list[str] = []
        self._complaints: list[str] = []
        self._pictures: list[str] = []

    def open(self, shape: dict[str, Any], who: Who | None = None, **more: Any) -> Page:
        """A page of this shape, in which `who` (or nobody) is signed in, until the test ends."""
        shape = {**shape, **more}
        key = repr(sorted(shape.items()))
        found = next((entry for entry in self._idle if entry[0] == key), None)
        if found:
            self._idle.remove(found)
            # what it still does, such as saving, it does as who it was
            found[1].goto("about:blank")
        page = found[1] if found else self._new_context(shape).new_page()
        self._lent.append((key, page))
        page.context.clear_cookies()
        page.set_viewport_size(shape["viewport"])
        self.sign_in(page, who)
        return page

    def open_cold(self, shape: dict[str, Any], who: Who | None = None) -> Page:
        """A page in a browser that keeps nothing from before."""
        page = self._new_context(shape).new_page()
        self._lent.append(("", page))
        self.sign_in(page, who)
        return page

    def sign_in(self, page: Page, who: Who | None) -> None:
        """Give the browser of this page the session of a person, if there is one."""
        if who:
            page.context.add_cookies([self._site.session_cookie(who)])

    def expect(self, *patterns: str) -> None:
        """Complaints that match one of these (regular expressions) are part of the test."""
        self._expected += patterns

    def settle(self) -> None:
        """Take the pages back; AssertionError names what the browsers complained about."""
        self._complaints += self._broken_pictures()
        for key, page in self._lent:
            if key:
                self._idle.append((key, page))
            else:
                page.context.close()
        self._lent.clear()
        unexpected = list(self._unexpected())
        self._complaints.clear()
        self._pictures.clear()
        self._expected.clear()
        assert not unexpected, "\n".join(unexpected)

    def _new_context(self, shape: dict[str, Any]) -> BrowserContext:
        context = self._browser.new_context(
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            **{"base_url": self._site.url, **shape},
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda said: self._console(said.type, said.text))
        context.on("weberror", lambda error: self._complaints.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("request", self._requested)
        return context

    def _unexpected(self) -> Iterable[str]:
        for complaint in self._complaints:
            if not any(re.search(pattern, complaint) for pattern in self._expected):
                yield complaint

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self._complaints.append(f"console {kind}: {text}")

    def _failed(self, request: Request) -> None:
        # a download, or a page left before it came, is no fault
        if request.failure == "net::ERR_ABORTED":
            return
        if request.failure == "net::ERR_FAILED" and request.resource_type == "image":
            # by way of the worker, what was left behind is told in the same words as a fault
            self._pictures.append(request.url)
            return
        self._complaints.append(f"request failed: {request.url} {request.failure}")

    def _broken_pictures(self) -> Iterable[str]:
        for _, page in self._lent:
            shown = [] if page.is_closed() or not self._pictures else page.evaluate(BROKEN)
            yield from (f"picture failed: {url}" for url in shown if url in self._pictures)

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self._site.url, "data:", "about:", "blob:")):
            self._complaints.append(f"asks outside: {request.url}")
