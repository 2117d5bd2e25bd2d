"""A history by sittings: what one person saved in one go is one line."""

from datetime import datetime, timedelta

from flask.testing import FlaskClient

from app.authoring.draft_queries import RevisionLine
from app.authoring.models import DraftFile, Revision
from app.authoring.sittings import sittings
from app.lib import clock
from tests.authoring.conftest import page_of
from tests.authoring.test_editor import save

NOON = datetime(2026, 11, 23, 12, tzinfo=clock.now().tzinfo)


def line(number: int | None, minute: int, person: int | None = 1, file_id: int = 1) -> RevisionLine:
    """A text of a history, saved so many minutes after noon."""
    at = NOON + timedelta(minutes=minute)
    revision = Revision(number=number, at=at, person_id=person, file_id=file_id, text="")
    return RevisionLine(revision, "Lê Hồng Sơn", 1)


def shown(*lines: RevisionLine) -> list[tuple[int | None, int]]:
    """(number of the last text, how many) of each sitting; lines are given oldest first."""
    return [(one.line.revision.number, one.count) for one in sittings(reversed(lines))]


def test_one_person_without_a_pause_is_one() -> None:
    lines = [line(number, 9 * number) for number in (1, 2, 3)]
    assert shown(*lines) == [(3, 3)]
    assert sittings(reversed(lines))[0].since == NOON + timedelta(minutes=9)


def test_a_pause_parts() -> None:
    assert shown(line(1, 0), line(2, 1), line(3, 12)) == [(3, 1), (2, 2)]


def test_another_person_parts() -> None:
    assert shown(line(1, 0), line(2, 1, person=2), line(3, 2)) == [(3, 1), (2, 1), (1, 1)]


def test_what_came_from_the_disk_or_was_set_aside_stands_alone() -> None:
    assert shown(line(0, 0, person=None), line(1, 1), line(None, 2), line(2, 3)) == [
        (2, 1),
        (None, 1),
        (1, 1),
        (0, 1),
    ]


def test_another_draft_parts() -> None:
    assert shown(line(1, 0), line(2, 1, file_id=2)) == [(2, 1), (1, 1)]


def test_the_page_shows_sittings_or_each(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    for number in range(3):
        save(as_trainer, lesson, f"Chữ {number}\n", base=number)
    page = as_trainer.get(f"{page_of(lesson)}/history").text
    assert page.count("past-item") == 2 and "3 lần lưu" in page and "Bản đầu" in page
    page = as_trainer.get(f"{page_of(lesson)}/history?tung=1").text
    assert page.count("past-item") == 4 and "Bản thứ 2" in page
