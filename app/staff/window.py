"""What stands on HR's first page: how many are in each state, one page of the list, as of when."""

from datetime import datetime
from typing import NamedTuple

from app.lib.paging import Page
from app.lib.vietnamese import fold
from app.staff import queries, standing
from app.staff.queries import StaffRow, State, Wanted


class Window(NamedTuple):
    """The counts by state, one page of the list, and since when they stand (None: of now);
    `more`: so many names hold the words that not all were looked at."""

    counts: dict[State, int]
    page: Page[StaffRow]
    as_of: datetime | None
    more: bool = False


def window(wanted: Wanted, number: int) -> Window:
    """What is seen of a list; for a crowd from the standings that are kept, where there are any."""
    made = standing.made() if wanted.crowded else None
    if made is None:
        counts = queries.summary(wanted)
        return Window(counts, queries.page(wanted, number, counts), None)
    found = standing.groups(wanted)
    counts = standing.summary(found)
    if fold(wanted.words):
        page, more = standing.search(wanted, number)
        return Window(counts, page, made.made_at, more)
    return Window(counts, standing.page(wanted, number, found), made.made_at)


def number_of(wanted: Wanted) -> int:
    """How many people the list has, about; words do not count."""
    kept = wanted.crowded and standing.made() is not None
    counts = standing.summary(standing.groups(wanted)) if kept else queries.summary(wanted)
    return queries.number_in(counts, wanted.state)
