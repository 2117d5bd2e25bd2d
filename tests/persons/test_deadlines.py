"""Until when a request is acknowledged and answered; holidays are facts that an office edits."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.lib import clock
from app.persons.deadlines import deadlines
from app.persons.models import Wish
from app.persons.office_files import WrongFile
from app.persons.processing import register


@pytest.fixture
def own_files(app: Flask, settings: Settings) -> Iterator[Path]:
    """The instance folder; what the test puts there goes again."""
    before = set(settings.instance.iterdir())
    yield settings.instance
    for path in set(settings.instance.iterdir()) - before:
        path.unlink()
    app.extensions.pop("office_files", None)


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        (Wish.VIEW, date(2026, 9, 16)),
        (Wish.COPY, date(2026, 9, 16)),
        (Wish.CORRECT, date(2026, 9, 16)),
        (Wish.WITHDRAW, date(2026, 9, 23)),
        (Wish.RESTRICT, date(2026, 9, 23)),
        (Wish.OBJECT, date(2026, 9, 23)),
        (Wish.ERASE, date(2026, 9, 30)),
    ],
)
def test_the_days_of_the_law_without_holidays(app: Flask, wish: Wish, answer: date) -> None:
    # Friday; 31 August, 1 and 2 September are holidays
    assert deadlines(wish, date(2026, 8, 28)) == (date(2026, 9, 4), answer)


def test_the_lunar_new_year_of_2026_is_known(app: Flask) -> None:
    assert deadlines(Wish.VIEW, date(2026, 2, 13))[0] == date(2026, 2, 24)


def test_an_office_has_its_own_holidays(app: Flask, own_files: Path) -> None:
    text = 'yearly: ["04-30"]\nyears: {2027: {source: "Thông báo 1", days_off: [2027-02-08]}}\n'
    (own_files / "holidays.yaml").write_text(text)
    assert deadlines(Wish.VIEW, date(2027, 2, 5))[0] == date(2027, 2, 10)
    (own_files / "holidays.yaml").write_text(text.replace("2027-02-08", "2027-02-09"))
    assert deadlines(Wish.VIEW, date(2027, 2, 5))[0] == date(2027, 2, 10)
    (own_files / "holidays.yaml").write_text(text.replace(", days_off: [2027-02-08]", ""))
    assert deadlines(Wish.VIEW, date(2027, 2, 5))[0] == date(2027, 2, 9)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("yearly: [04-30\n", "không đọc được"),
        ('yearly: ["30/4"]\nyears: {}\n', "phải viết như 04-30"),
        ('yearly: ["02-30"]\nyears: {}\n', "yearly"),
        ("yearly: []\nyears: {2027: {days: []}}\n", "years > 2027"),
    ],
)
def test_a_wrong_file_says_where(app: Flask, own_files: Path, text: str, told: str) -> None:
    (own_files / "holidays.yaml").write_text(text)
    with pytest.raises(WrongFile, match=told):
        deadlines(Wish.VIEW, date(2027, 2, 5))


def test_a_year_without_holidays_is_reported(as_officer: FlaskClient) -> None:
    with clock.frozen(datetime(2026, 12, 20, 3, tzinfo=UTC)):
        assert "lịch nghỉ lễ, tết năm 2027" in as_officer.get("/people/requests").text
    with clock.frozen(datetime(2026, 6, 20, 3, tzinfo=UTC)):
        assert "Chưa có lịch nghỉ" not in as_officer.get("/people/requests").text


def test_the_register_of_processing_is_a_page(
    as_admin: FlaskClient, as_officer: FlaskClient, client: FlaskClient
) -> None:
    page = as_admin.get("/admin/processing").text
    assert all(one.name in page for one in register().activities)
    assert "Chưa ai của cơ quan đối chiếu" in page
    assert as_officer.get("/admin/processing").status_code == 404
    assert "/login" in client.get("/admin/processing").location


def test_an_office_writes_its_own_register(as_admin: FlaskClient, own_files: Path) -> None:
    (own_files / "processing.yaml").write_text(
        "controller: {name: UBND phường Bàn Thạch, contact: Chị Lan, authority: A05}\n"
        "checked_on: 2026-11-05\nactivities: []\n"
    )
    page = as_admin.get("/admin/processing").text
    assert "UBND phường Bàn Thạch" in page
    assert "05/11/2026" in page
