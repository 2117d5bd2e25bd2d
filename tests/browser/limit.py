"""A limit in time for each test: one that would wait for ever fails, and says where it waited.

A page's own patience (tests.browser.visits) ends what a browser is asked to find. What a script
of a test waits for, such as a service worker that never comes, has no patience of its own.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

# the slowest test takes 40 seconds; the first one of a process also loads the demo world
FOR_A_TEST, FOR_ITS_WORLD = 180, 300


@contextmanager
def within(seconds: float, what: str) -> Iterator[None]:
    """Inside the block no more than this many seconds may pass, or the test fails."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"{what}: not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
