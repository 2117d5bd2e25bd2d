"""Writing a lesson in the studio, in one line each."""

import re

from playwright.sync_api import Locator, Page, expect

from app.authoring.models import DraftFile
from tests.acts import rows
from tests.browser.site import Site

COURSE = "c4-nguoi-dan"
SAVED = re.compile("Đã lưu lúc")


def written_by(page: Page, step: str) -> Page:
    """The editor of a step, opened from the page of the course."""
    page.goto(f"/studio/{COURSE}")
    page.locator(f'form[action$="/steps/{step}/writing"] button').click()
    expect(page.locator(".studio-line").first).to_be_attached()
    return page


def source(page: Page) -> Locator:
    """Where one writes."""
    return page.locator("[data-source]")


def state(page: Page) -> Locator:
    """What the page says of the text: written, saved, not sent."""
    return page.locator(".studio-state")


def add(page: Page, text: str) -> None:
    """Type a passage after the first one of the text."""
    source(page).evaluate(
        "(area) => { const end = area.value.indexOf('\\n\\n');"
        " area.focus(); area.setSelectionRange(end, end); }"
    )
    page.keyboard.insert_text(f"\n\n{text}")


def kept(site: Site, page: Page) -> str:
    """The text of the file that this page edits, as the server has it."""
    return kept_at(site, page.url)


def kept_at(site: Site, address: str) -> str:
    """The text of the file that is edited at this address."""
    with site.app.app_context():
        text: str = rows(DraftFile, id=int(address.rsplit("/", 1)[1]))[0].text
        return text


def choose(page: Page, tool: str, choice: str) -> None:
    """Press a button above the text, and a choice in its dialog."""
    page.locator(f"[data-tool={tool}]").click()
    page.locator(f"dialog[data-pick={tool}] {choice}").click()
