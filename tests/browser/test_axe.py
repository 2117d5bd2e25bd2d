"""axe finds nothing on any page, for anybody, narrow or wide; no page scrolls sideways."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.permissions import PERMISSIONS
from tests.browser.cast import Cast
from tests.browser.eyes import Eyes, findings, pale_words
from tests.browser.site import Site

VIEWERS = ("nobody", "learner", "helper", "hr", "trainer", "officer", "registrar", "admin")
# files and answers for machines
NO_PAGES = {
    "ui.static",
    "catalogue.media",
    "catalogue.suggestions",
    "authoring.draft_media",
    "jobs.file",
    "jobs.state",
    "lessons.mine_json",
    "lessons.speech",
    "lessons.large_print_sheet",
    "lessons.script",
    "certificates.pdf",
    "certificates.check_json",
    "staff.sample",
    "sync.mine",
    "sync.summary",
    "sync.take_home",
    "sync.equipment",
    "sync.worker",
    "sync.manifest",
    "ops.health",
    "ops.metrics",
}
# beside a learner only: test_helper_mode looks at them
IN_COMPANY = {"field.now", "field.test", "field.practical"}
# with a key of one's own only: test_shared_phone looks at a card's page
BY_KEY = {"accounts.card", "accounts.reset", "accounts.confirm_letters", "home.end_letters"}
# one's own upload only: test_axe_states looks at it
UPLOADED = {"staff.looked"}
# a request that asks for just that: test_axe_states looks at them
ASKED_FOR = {"persons.correct", "persons.erase"}
# a test is no lesson
SPECIAL = {"quizzes.intro": {"step_slug": "kiem-tra-cuoi-khoa"}}
MAIN_PAGES = (
    "/",
    "/courses/{slug}",
    "/courses/{slug}/{step_slug}",
    "/attempts/{attempt_id}/{number}",
    "{passed}",
)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_every_page_of(viewer: str, site: Site, cast: Cast, eyes: Eyes) -> None:
    page = eyes.page(viewer)
    found = []
    for address in addresses(site.app, cast, viewer):
        eyes.go(page, address)
        assert eyes.status == 200, address
        found += findings(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_every_ground_and_contrast(theme: str, contrast: str, eyes: Eyes) -> None:
    display = f"text:large.contrast:{contrast}.theme:{theme}"
    page = eyes.page("learner", display=display)
    for address in MAIN_PAGES:
        eyes.go(page, address)
        assert page.locator("html").get_attribute("data-theme") == theme
        assert not (found := pale_words(page)), f"{address}: {found}"


def addresses(app: Flask, cast: Cast, viewer: str) -> Iterator[str]:
    """All pages that this viewer is the first to see."""
    for rule in app.url_map.iter_rules():
        is_page = (
            "GET" in (rule.methods or ())
            and rule.endpoint in PERMISSIONS
            and rule.endpoint not in NO_PAGES | IN_COMPANY | BY_KEY | UPLOADED | ASKED_FOR
        )
        if is_page and viewer_of(rule.endpoint) == viewer:
            values = {name: cast.values[name] for name in rule.arguments}
            values |= SPECIAL.get(rule.endpoint, {})
            with app.test_request_context():
                yield app.url_for(rule.endpoint, **values)


def viewer_of(endpoint: str) -> str:
    """Who looks at this page."""
    permission = PERMISSIONS[endpoint]
    if permission.anyone:
        return "nobody"
    if permission.roles is None:
        return "learner"
    return next(viewer for viewer in VIEWERS if viewer in permission.roles)
