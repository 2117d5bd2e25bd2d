"""A limit in time for each test: one that would wait for ever ends, and says where it waited.

A page's own patience (tests.browser.visits) ends what a browser is asked to find. What a script
of a test waits for, such as a service worker that never comes, has no patience of its own.
"""

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# the slowest test takes 40 seconds; the first one of a process also loads the demo world
FOR_A_TEST, FOR_ITS_WORLD = 180, 300


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Inside the block no more than this many seconds may pass, or the process ends.

    It says where every thread stood. Raising instead could land inside the driver of the
    browser and break every test that follows; a new process takes over from a lost one.
    """
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
