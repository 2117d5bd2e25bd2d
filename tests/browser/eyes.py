"""Looking at pages as somebody of the cast: axe, narrow and wide, and sideways scrolling."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.browser.cast import Cast
from tests.browser.visits import NARROW, Visits

NARROW_AND_WIDE = ((320, 700), (1280, 900))
SCROLLS = "() => document.documentElement.scrollWidth > innerWidth"
# what sticks out, to name the culprit
CULPRITS = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(-3).map((e) => e.outerHTML.slice(0, 120))"""
# only what is wrong comes back: all that axe looked at would be half a second of JSON a page
# a table's later rows are like those before, and a hundred communes take ten seconds
RUN = """(rules) => axe.run({exclude: [['tbody > tr:nth-child(n+25)']]},
  {resultTypes: ['violations'], ...(rules && {runOnly: rules})}).then((result) =>
  result.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id} ${node.target} ${node.html.slice(0, 160)} ${node.failureSummary}`)))"""
SCRIPT = Axe().axe_script


class Eyes:
    """A page as somebody sees it; `status`: what the server answered last."""

    status = 0

    def __init__(self, visits: Visits, cast: Cast) -> None:
        self._visits = visits
        self._cast = cast

    def page(self, viewer: str, **cookies: str) -> Page:
        """The page of this viewer; "nobody" is not signed in."""
        page = self._visits.open(NARROW, self._cast.people.get(viewer))
        for name, value in cookies.items():
            origin = {"domain": "127.0.0.1", "path": "/"}
            page.context.add_cookies([{"name": name, "value": value, **origin}])
        page.on("response", self._answered)
        return page

    def go(self, page: Page, address: str) -> None:
        """Go to an address; what stands in braces is named by the cast."""
        width, height = NARROW_AND_WIDE[0]
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address.format(**self._cast.values, **self._cast.states))

    def expect_status(self, status: int) -> None:
        """The next pages answer with this status, and a browser may say so."""
        self._visits.expect(rf"status of {status}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status


def findings(page: Page, state: str = "") -> list[str]:
    """One line per finding on the page as it stands, narrow and wide; empty when all is well."""
    page.evaluate(SCRIPT)
    found = []
    for width, height in NARROW_AND_WIDE:
        page.set_viewport_size({"width": width, "height": height})
        where = f"{page.url} {state} @{width}"
        if page.evaluate(SCROLLS):
            found.append(f"{where}: scrolls sideways {page.evaluate(CULPRITS)}")
        found += [f"{where}: {line}" for line in page.evaluate(RUN)]
    return found


def pale_words(page: Page) -> list[str]:
    """One line per element whose words stand out too little; the width of the page matters not."""
    page.evaluate(SCRIPT)
    found: list[str] = page.evaluate(RUN, ["color-contrast"])
    return found
