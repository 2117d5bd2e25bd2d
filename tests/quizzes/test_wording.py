"""Times as they are said."""

from datetime import UTC, datetime

import pytest

from app.lib import clock
from app.quizzes.wording import clock_words

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 2, 10, tzinfo=UTC), "9 giờ 10 phút"),
        (datetime(2026, 11, 23, 7, 5, tzinfo=UTC), "14 giờ 05 phút"),
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), "14 giờ"),
        (datetime(2026, 11, 23, 2, 59, 1, tzinfo=UTC), "10 giờ"),
        (datetime(2026, 11, 23, 16, 59, 30, tzinfo=UTC), "0 giờ ngày mai"),
        (datetime(2026, 11, 24, 1, 30, tzinfo=UTC), "8 giờ 30 phút ngày mai"),
        (datetime(2026, 12, 5, 1, 30, tzinfo=UTC), "8 giờ 30 phút ngày 05/12/2026"),
    ],
)
def test_a_moment_is_said_as_one_says_it(moment: datetime, words: str) -> None:
    with clock.frozen(NINE):
        assert clock_words(moment) == words
