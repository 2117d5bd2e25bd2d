"""The board as of a day: the units and the counts of then, in every link."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from app.extensions import db
from app.lib.dates import short_date
from app.units import planning
from app.units.carrying_out import carry_out
from app.units.models import Unit
from app.units.planning import Act, Named
from app.units.queries import today
from tests.acts import rows
from tests.board.acts import attained, text_of

BEFORE = today() - timedelta(days=11)


@pytest.fixture
def merged(commune: Unit, other_commune: Unit) -> Unit:
    """Ten days ago the two communes became one; people were counted in both before."""
    attained(commune, persons=2)
    attained(other_commune, persons=3)
    act = Act("12/QĐ", today() - timedelta(days=10))
    carry_out(planning.merge([commune, other_commune], Named("M", "Xã Mới", "Xã"), act), None)
    db.session.commit()
    new: Unit = rows(Unit, code="M")[0]
    return new


@pytest.mark.usefixtures("merged")
def test_by_todays_structure_or_as_it_was(as_officer: FlaskClient) -> None:
    page = text_of(as_officer, "/board/nguoi-truong-thanh")
    assert "Xã Mới" in page and "Xã La Êê" not in page
    then = text_of(as_officer, f"/board/nguoi-truong-thanh?ngay={BEFORE}")
    assert "Xã La Êê" in then and "Phường Bàn Thạch" in then and "Xã Mới" not in then
    assert f"tính đến ngày {short_date(BEFORE)}" in then


@pytest.mark.usefixtures("merged")
def test_the_total_is_the_same_either_way(as_officer: FlaskClient) -> None:
    for address in ("/board", f"/board?ngay={BEFORE}"):
        assert "<strong>5 người</strong> đã đạt" in text_of(as_officer, address)


def test_who_was_counted_later_is_not_in_it(as_officer: FlaskClient, commune: Unit) -> None:
    attained(commune, persons=4)
    page = text_of(as_officer, f"/board?ngay={date(2026, 10, 31)}")
    assert "<strong>0 người</strong> đã đạt" in page


@pytest.mark.usefixtures("merged")
def test_every_link_keeps_the_day(as_officer: FlaskClient, commune: Unit) -> None:
    page = as_officer.get(f"/board?ngay={BEFORE}").text
    assert f"/board/nguoi-truong-thanh?ngay={BEFORE}&amp;don-vi=" in page
    page = as_officer.get(f"/board/nguoi-truong-thanh?ngay={BEFORE}").text
    assert f"/board?ngay={BEFORE}&amp;don-vi={commune.id}" in page
    inside = text_of(as_officer, f"/board?ngay={BEFORE}&don-vi={commune.id}")
    assert "<strong>2 người</strong> đã đạt" in inside and "Về hôm nay" in inside


def test_a_unit_that_was_not_there_yet_says_so(as_officer: FlaskClient, merged: Unit) -> None:
    page = text_of(as_officer, f"/board?ngay={BEFORE}&don-vi={merged.id}")
    assert "Ngày ấy chưa có đơn vị này" in page


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize("typed", ["hôm qua", "2025", "31/02/2026", "2999-01-01", "%00", "9" * 400])
def test_a_day_that_is_none_is_told(as_officer: FlaskClient, typed: str) -> None:
    page = text_of(as_officer, f"/board?ngay={typed}")
    assert "Hãy ghi một ngày đã qua" in page and f"tính đến ngày {short_date(today())}" in page


@pytest.mark.usefixtures("merged")
def test_today_and_the_vietnamese_way_of_writing(as_officer: FlaskClient) -> None:
    assert "Hãy ghi một ngày" not in text_of(as_officer, f"/board?ngay={today()}")
    page = text_of(as_officer, f"/board/nguoi-truong-thanh?ngay={short_date(BEFORE)}")
    assert "Xã La Êê" in page


@pytest.mark.usefixtures("merged")
def test_a_denominator_is_typed_for_today(as_officer: FlaskClient, commune: Unit) -> None:
    page = as_officer.get(f"/board/nguoi-truong-thanh/denominator?ngay={BEFORE}")
    assert page.status_code == 200
