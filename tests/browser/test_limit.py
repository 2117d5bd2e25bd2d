"""A test that waits for ever ends in time, and says where it waited."""

import subprocess
import sys

from app.config import ROOT
from tests.browser.limit import within

WAITS = """
import threading
from tests.browser.limit import within
with within(0.3):
    threading.Event().wait()
"""


def test_what_never_ends_is_ended_and_says_where() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WAITS], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 1
    assert "Timeout" in run.stderr and "in wait" in run.stderr


def test_what_ends_in_time_goes_on() -> None:
    with within(30):
        done = True
    assert done
