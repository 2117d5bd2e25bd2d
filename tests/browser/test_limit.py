"""A test that waits for ever fails in time, and the browser serves the next one."""

import threading

import pytest
from playwright.sync_api import Page

from tests.browser.limit import within

FOR_EVER = "new Promise(() => {})"


def test_a_script_that_never_ends(phone: Page) -> None:
    phone.goto("/login")
    with pytest.raises(pytest.fail.Exception, match="not done after"), within(0.5, "a script"):
        phone.evaluate(FOR_EVER)
    phone.goto("/courses")
    assert phone.url.endswith("/courses")


def test_a_thread_that_never_ends() -> None:
    with pytest.raises(pytest.fail.Exception, match="not done after"), within(0.2, "a thread"):
        threading.Event().wait()
