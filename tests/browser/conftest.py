"""A real server and a real browser: Chromium walks through the site as people do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.cast import Cast, assembled
from tests.browser.eyes import Eyes
from tests.browser.limit import FOR_A_TEST, FOR_ITS_WORLD, within
from tests.browser.site import Site, served
from tests.browser.visits import DESK, PATIENCE, PHONE, Visits
from tests.browser.world import prepared_instance

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """The world of a test is there in time."""
    with within(FOR_ITS_WORLD):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """No test waits for ever."""
    with within(FOR_A_TEST):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Nor does what cleans up after it."""
    with within(FOR_A_TEST):
        return (yield)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the demo world, served on a loopback port; CSRF is on as in production."""
    with served(prepared_instance(tmp_path_factory)) as site:
        yield site


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Browser]:
    """Debian's Chromium, which asks nobody outside for anything."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lending(browser: Browser, site: Site) -> Visits:
    """The pages of this process, lent to one test after the other."""
    return Visits(browser, site)


@pytest.fixture
def visits(lending: Visits) -> Iterator[Visits]:
    """Opens pages for as many people as a test wants; any complaint of a browser fails it."""
    yield lending
    lending.settle()


@pytest.fixture(scope="session")
def cast(site: Site) -> Cast:
    """People at every stage of learning, and one for each role."""
    return assembled(site)


@pytest.fixture
def eyes(visits: Visits, cast: Cast) -> Eyes:
    """Looks at pages as somebody of the cast."""
    return Eyes(visits, cast)


@pytest.fixture
def phone(visits: Visits) -> Page:
    """A small phone in the hand of somebody who is not signed in."""
    return visits.open(PHONE)


@pytest.fixture
def desk(visits: Visits) -> Page:
    """A computer at which nobody is signed in."""
    return visits.open(DESK)


@pytest.fixture
def phone_without_javascript(visits: Visits) -> Page:
    """A small phone whose browser runs no scripts."""
    shape: dict[str, Any] = {**PHONE, "java_script_enabled": False}
    return visits.open(shape)
