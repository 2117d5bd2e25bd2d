from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.dates import (
    DateProblem,
    local_date,
    local_time,
    long_date,
    long_month,
    parse_vietnamese_date,
    short_date,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "05/3/1961",
        "5-3-1961",
        "05.03.1961",
        " 05 / 03 / 1961 ",
        "1961-03-05",
        "1961-03-05 00:00:00",
        "1961-03-05T00:00:00.000",
        "ngày 05 tháng 3 năm 1961",
        "Ngày 5 tháng 03 năm 1961",
        "'05/03/1961",
        "22345 ",
        22345,
        22345.0,
        22345.75,
        date(1961, 3, 5),
        datetime(1961, 3, 5),  # noqa: DTZ001 - spreadsheets give moments without a zone
    ],
)
def test_a_day_is_read_in_every_spelling(written):
    assert parse_vietnamese_date(written) == (date(1961, 3, 5), "day")


@pytest.mark.parametrize("written", ["1961 ", 1961, 1961.0])
def test_a_year_alone_is_a_year(written):
    assert parse_vietnamese_date(written) == (date(1961, 1, 1), "year")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "Chưa có ngày tháng"),
        ("05.03.61", "bốn chữ số"),
        ("5/3/61", "bốn chữ số"),
        ("03/25/1961", "ngày trước, tháng sau"),
        ("31/02/1961", "không có ngày này"),
        ("05/03/1861", "Năm 1861"),
        ("05/03/2961", "Năm 2961"),
        ("3/1961", "không phải ngày tháng"),
        ("hôm qua", "không phải ngày tháng"),
        ("1850", "không phải ngày tháng"),
        (61, "không phải ngày tháng"),
        (1961.5, "không phải ngày tháng"),
        (-1, "không phải ngày tháng"),
        (True, "không phải ngày tháng"),
        (float("nan"), "không phải ngày tháng"),
        (1e300, "không phải ngày tháng"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(written, told):
    with pytest.raises(DateProblem, match=told):
        parse_vietnamese_date(written)


@given(days)
def test_what_is_written_is_read_again(day):
    assert parse_vietnamese_date(short_date(day)) == (day, "day")
    assert parse_vietnamese_date(long_date(day)) == (day, "day")
    assert parse_vietnamese_date(day.isoformat()) == (day, "day")


@given(st.text())
def test_any_text_is_a_date_or_a_problem(text):
    try:
        day, _ = parse_vietnamese_date(text)
    except DateProblem:
        return
    assert 1900 <= day.year <= 2100


def test_papers_write_days_and_the_first_two_months_in_two_digits():
    assert long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert long_date(date(2026, 1, 12)) == "ngày 12 tháng 01 năm 2026"
    assert long_date(date(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026"
    assert long_date(date(2026, 12, 31)) == "ngày 31 tháng 12 năm 2026"
    assert long_month(date(2026, 2, 5)) == "tháng 02 năm 2026"


def test_lists_write_two_digits_or_the_year_alone():
    assert short_date(date(2026, 2, 5)) == "05/02/2026"
    assert short_date(date(1961, 1, 1), "year") == "1961"


def test_the_day_is_the_one_in_viet_nam():
    evening_in_utc = datetime(2026, 10, 9, 17, 30, tzinfo=UTC)
    assert local_date(evening_in_utc) == date(2026, 10, 10)
    assert local_date(evening_in_utc.replace(tzinfo=None)) == date(2026, 10, 10)
    assert local_time(evening_in_utc).isoformat() == "2026-10-10T00:30:00+07:00"
    assert parse_vietnamese_date(evening_in_utc) == (date(2026, 10, 10), "day")
