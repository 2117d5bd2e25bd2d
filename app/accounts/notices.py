"""What people are asked to agree to: one text for each purpose, every version kept.

The texts stand in `data/notices.yaml`: what somebody agreed to can be shown years later.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from app.lib import clock
from app.lib.dates import local_date

FILE = Path(__file__).parent / "data" / "notices.yaml"
LEARNING, LETTERS = PURPOSES = ("learning", "letters")


@dataclass(frozen=True)
class Notice:
    """One version of the text for a purpose, in use from a day on until the next one."""

    purpose: str
    version: str
    since: date
    title: str
    text: str


def current(purpose: str) -> Notice:
    """The text that is asked today. Raises KeyError for an unknown purpose."""
    today = local_date(clock.now())
    versions = [one for one in _all() if one.purpose == purpose]
    if not versions:
        raise KeyError(purpose)
    # before the first day of the first version that one is shown all the same
    return next((one for one in reversed(versions) if one.since <= today), versions[0])


def find(purpose: str, version: str) -> Notice | None:
    """The text that somebody agreed to, or None."""
    return next((one for one in _all() if (one.purpose, one.version) == (purpose, version)), None)


@cache
def _all() -> tuple[Notice, ...]:
    """Every text, oldest first. Raises ValueError for a file that contradicts itself."""
    entries = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
    found = sorted((Notice(**entry) for entry in entries), key=lambda one: one.since)
    if len({(one.purpose, one.version) for one in found}) < len(found):
        raise ValueError(f"{FILE.name}: một mục đích có hai bản cùng tên")
    if {one.purpose for one in found} != set(PURPOSES):
        raise ValueError(f"{FILE.name}: phải có đủ các mục đích {', '.join(PURPOSES)}")
    return tuple(found)
