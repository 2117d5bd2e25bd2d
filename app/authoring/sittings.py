"""A file's history as its writers remember it: by sittings, not by every saving of the machine."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.authoring.draft_queries import PER_PAGE, RevisionLine
from app.lib.paging import Page, offset

PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class Sitting:
    """Texts that one person saved one after the other without a long pause: the last of them,
    how many there are, and when the first was saved."""

    line: RevisionLine
    count: int
    since: datetime

    def takes(self, line: RevisionLine) -> bool:
        """Whether an older text belongs to this sitting."""
        first, older = self.line.revision, line.revision
        one_after_another = (
            first.number is not None
            and older.number == first.number - self.count
            and older.file_id == first.file_id
        )
        return (
            one_after_another
            and older.person_id is not None
            and older.person_id == first.person_id
            and self.since - older.at <= PAUSE
        )


def sittings(lines: Iterable[RevisionLine]) -> list[Sitting]:
    """The sittings of a history that is given newest first; texts set aside stand alone."""
    found: list[Sitting] = []
    for line in lines:
        if found and found[-1].takes(line):
            last = found[-1]
            found[-1] = replace(last, count=last.count + 1, since=line.revision.at)
        else:
            found.append(Sitting(line, 1, line.revision.at))
    return found


def page_of(lines: Iterable[RevisionLine], number: int) -> Page[Sitting]:
    """One page of the sittings of a history."""
    found, start = sittings(lines), offset(number, PER_PAGE)
    return Page(found[start : start + PER_PAGE], number, PER_PAGE, len(found))


def each(page: Page[RevisionLine]) -> Page[Sitting]:
    """A page of a history with every text by itself."""
    alone = [Sitting(line, 1, line.revision.at) for line in page.items]
    return Page(alone, page.number, page.size, page.total)
