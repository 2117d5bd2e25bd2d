from datetime import date

import pytest

from app.lib.personal_numbers import (
    PersonalNumber,
    PersonalNumberProblem,
    masked,
    mismatches,
    parse,
)


def test_the_number_tells_place_sex_and_year():
    assert parse("049 185 001 234") == PersonalNumber("049185001234", False, 1985, "female", "049")
    assert parse("048206001234") == PersonalNumber("048206001234", False, 2006, "male", "048")
    assert parse("048300001234").birth_year == 2000


def test_zeros_lost_in_a_spreadsheet_are_put_back_and_said():
    assert parse("49085001234") == PersonalNumber("049085001234", True, 1985, "male", "049")
    assert parse("1185001234") == PersonalNumber("001185001234", True, 1985, "female", "001")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Chưa có"),
        ("201234567", "chứng minh nhân dân cũ"),
        ("049o85001234", "chữ hoặc dấu lạ"),
        ("04908500123", "có 11 chữ số"),
        ("0490850012345", "có 13 chữ số"),
        ("049485001234", "chữ số thứ tư"),
        ("000085001234", "không đúng cấu tạo"),
    ],
)
def test_what_is_no_personal_number_is_refused_with_the_reason(typed, told):
    with pytest.raises(PersonalNumberProblem, match=told):
        parse(typed)


def test_agreement_gives_no_warning():
    assert mismatches("049185001234", date(1985, 3, 5), "female") == []
    assert mismatches("049185001234", None) == []


def test_year_and_sex_that_disagree_give_a_warning_each():
    year, sex = mismatches("049185001234", date(1958, 3, 5), "male")
    assert "1985" in year
    assert "1958" in year
    assert "nữ" in sex


def test_only_the_end_is_shown():
    assert masked("049185001234") == "••• ••• ••• 234"
