"""What the worker does for whole records again and again.

People come in by many doors (a roster, registering, a helper, other platforms), and none of
these rooms knows this one. So it looks by itself: within a minute at those who came, once a day
at everybody, because a birth date or a phone may be corrected later.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from app.accounts.models import Person
from app.extensions import db
from app.lib import clock
from app.persons.actions.merging import gather
from app.persons.actions.twins import look

# what was begun so long ago may be committed only now, with so many numbers given out since
LATE, LATE_NUMBERS = timedelta(minutes=15), 30_000
DAY = timedelta(days=1)


class Chores:
    """What one worker has looked at; one that begins anew looks at everybody."""

    def __init__(self) -> None:
        self._newest = 0
        self._looked_at: datetime | None = None
        self._whole_at: datetime | None = None

    def act(self) -> Iterator[int]:
        """Propose twins, move late rows of merged records; yields how many there were."""
        now, newest = clock.now(), db.session.scalar(select(func.max(Person.id))) or 0
        if self._whole_at is None or self._looked_at is None or now - self._whole_at >= DAY:
            yield look()
            yield gather()
            self._whole_at = now
        else:
            if newest > self._newest:
                yield look(_came(self._newest - LATE_NUMBERS, self._looked_at - LATE))
            yield gather(since=now - DAY)
        self._newest, self._looked_at = newest, now


def _came(after: int, since: datetime) -> Select[tuple[int]]:
    return select(Person.id).where(Person.id > after, Person.created_at > since)
