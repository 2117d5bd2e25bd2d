import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.phones import Phone, PhoneProblem, masked, normalise, parse

mobiles = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "0905123456",
        "0905.123.456",
        "0905 123 456",
        "0905-123-456",
        "(0905) 123 456",
        "+84905123456",
        "+84 905 123 456",
        "+84 (0)905 123 456",
        "84905123456",
        "0084 905123456",
        "'0905123456",
        "\u202a0905123456\u202c",
        "0905\u00a0123\u00a0456",
    ],
)
def test_every_spelling_is_one_number(typed):
    assert parse(typed) == Phone("0905123456", repaired=False)


def test_a_lost_zero_is_put_back_and_said():
    assert parse("905123456") == Phone("0905123456", repaired=True)
    assert parse("843123456") == Phone("0843123456", repaired=True)


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("01628123456", "0328123456"),
        ("01698123456", "0398123456"),
        ("01208123456", "0708123456"),
        ("0121 812 3456", "0798123456"),
        ("01238123456", "0838123456"),
        ("01868123456", "0568123456"),
        ("+84 199 8123456", "0598123456"),
    ],
)
def test_a_number_from_before_2018_becomes_the_one_of_today(old, today):
    assert parse(old) == Phone(today, repaired=True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Chưa có"),
        (" - ", "Chưa có"),
        ("không có", "chữ hoặc dấu lạ"),
        ("0905123456; 0914123456", "chữ hoặc dấu lạ"),
        ("٠٩٠٥١٢٣٤٥٦", "chữ hoặc dấu lạ"),
        ("02363822041", "máy bàn"),
        ("+855 12 345 678", "nước ngoài"),
        ("090512345", "có 9 chữ số"),
        ("09051234567", "có 11 chữ số"),
        ("01608123456", "có 11 chữ số"),
        ("0405123456", "không phải số di động"),
    ],
)
def test_what_is_no_mobile_number_is_refused_with_the_reason(typed, told):
    with pytest.raises(PhoneProblem, match=told):
        parse(typed)


@given(mobiles, st.sampled_from(["{}", "+84{}", "84{}", "0084{}", "+84 0{}"]))
def test_all_numbers_survive_all_spellings(number, spelling):
    typed = number if spelling == "{}" else spelling.format(number[1:])
    assert parse(typed) == Phone(number, repaired=False)


@given(mobiles)
def test_all_numbers_survive_a_spreadsheet(number):
    assert parse(str(int(number))) == Phone(number, repaired=True)


@given(st.text())
def test_anything_else_is_a_number_or_a_problem(text):
    try:
        number = normalise(text)
    except PhoneProblem:
        return
    assert normalise(number) == number


def test_the_middle_is_hidden():
    assert masked("0905123456") == "09•• ••• 456"
